namespace RnnGen.Formats.Json;

/// <summary>
/// JSON of RTNeural, AIDA-X and GuitarML, and a state dictionary of PyTorch that was written as JSON: see <see cref="JsonContent"/> for the names of
/// tensors and texts. Layouts are those of the program that trained the network.
/// </summary>
internal sealed class JsonFormat : TensorFileFormat
{
    public override string Name => "JSON of RTNeural, AIDA-X or GuitarML";

    public override bool Recognizes(ReadOnlyMemory<byte> file) => IsJson(file.Span);

    /// <summary>Whether a file begins like a JSON object.</summary>
    public static bool IsJson(ReadOnlySpan<byte> file)
    {
        // The first eight bytes of a safetensors file are a number whose lowest byte may be a brace; JSON has no zeros.
        ReadOnlySpan<byte> text = file.StartsWith("\uFEFF"u8) ? file[3..] : file;
        text = text.TrimStart(" \t\r\n"u8);
        return text is [(byte)'{', ..] && !file[..Math.Min(file.Length, 8)].Contains((byte)0);
    }

    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var source = new SourceFile(path, file);
        List<FileTensor> tensors = JsonContent.Read(source, out IReadOnlyDictionary<string, string> texts);
        return tensors.Any(tensor => tensor.Shape.Count > 0)
            ? new TensorFile(Name, path, tensors, texts)
            : throw source.Broken(null, $"expected JSON with layers and their weights, or with a state_dict, found no arrays of numbers.");
    }
}
