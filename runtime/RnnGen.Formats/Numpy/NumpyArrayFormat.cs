namespace RnnGen.Formats;

/// <summary>A file with one array (<c>.npy</c>), as <c>numpy.save</c> writes it. The tensor has the name <c>arr_0</c>, as a nameless one has in an archive.</summary>
internal sealed class NumpyArrayFormat : TensorFileFormat
{
    private const string TensorName = "arr_0";

    /// <inheritdoc/>
    public override string Name => "NumPy array";

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlyMemory<byte> file) => file.Span.StartsWith(NumpyHeader.Magic);

    /// <inheritdoc/>
    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        using MemoryStream stream = FileBytes.Open(file);
        var reader = new NumpyReader(path, TensorName, stream, file.Length, offset: 0);
        return reader.ReadText() is string text
            ? new TensorFile(Name, path, [], new Dictionary<string, string> { [TensorName] = text })
            : new TensorFile(Name, path, [reader.ReadTensor()]);
    }
}
