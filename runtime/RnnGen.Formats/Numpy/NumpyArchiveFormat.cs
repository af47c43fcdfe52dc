namespace RnnGen.Formats;

/// <summary>
/// An archive of arrays (<c>.npz</c>), as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write it. Arrays of text are texts, one line for each element;
/// other files in the archive are ignored.
/// </summary>
internal sealed class NumpyArchiveFormat : TensorFileFormat
{
    /// <summary>The ending of the names of arrays in an archive.</summary>
    public const string Extension = ".npy";

    /// <inheritdoc/>
    public override string Name => "NumPy archive";

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlyMemory<byte> file)
    {
        IReadOnlyList<string> names = ZipDirectory.Names(file);
        return names.Any(IsArray) || (names.Count == 0 && ZipDirectory.IsZip(file.Span));
    }

    /// <inheritdoc/>
    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var archive = ZipArchiveFile.Read(path, file);
        var tensors = new List<FileTensor>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ZipMember member in archive.Members.Where(member => IsArray(member.Name)))
        {
            string name = member.Name[..^Extension.Length];
            archive.Check(member);
            using Stream stream = ZipArchiveFile.Open(member);
            var reader = new NumpyReader(path, name, stream, member.Size, member.IsStored ? member.Offset : null);
            if (reader.ReadText() is string text)
            {
                texts.Add(name, text);
            }
            else
            {
                tensors.Add(reader.ReadTensor());
            }
        }

        return new TensorFile(Name, path, tensors, texts);
    }

    private static bool IsArray(string name) => name.EndsWith(Extension, StringComparison.Ordinal);
}
