namespace RnnGen;

/// <summary>
/// The named tensors of a file, whatever its format: what other programs trained, to be placed in a model. The package RnnGen.Formats reads the
/// formats of PyTorch, NumPy, Keras, ONNX and others.
/// </summary>
public sealed class TensorFile
{
    private readonly Dictionary<string, FileTensor> _byName;

    /// <summary>Makes a file of tensors that are in memory.</summary>
    /// <param name="format">What the file is, for messages, such as <c>NumPy archive</c>.</param>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="tensors">Its tensors, in its order.</param>
    /// <param name="texts">Texts that it has besides, such as the configuration of a network.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name.</exception>
    public TensorFile(string format, string path, IEnumerable<FileTensor> tensors, IReadOnlyDictionary<string, string>? texts = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        Format = format;
        Path = path;
        Tensors = [.. tensors];
        Texts = texts ?? new Dictionary<string, string>();
        _byName = new Dictionary<string, FileTensor>(Tensors.Count, StringComparer.Ordinal);
        foreach (FileTensor tensor in Tensors)
        {
            if (!_byName.TryAdd(tensor.Name, tensor))
            {
                throw new ArgumentException($"Two tensors have the name '{tensor.Name}'.", nameof(tensors));
            }
        }
    }

    /// <summary>What the file is, such as <c>NumPy archive</c>.</summary>
    public string Format { get; }

    /// <summary>The file; <c>(stream)</c> or <c>(bytes)</c> where there is none.</summary>
    public string Path { get; }

    /// <summary>The tensors in the order of the file.</summary>
    public IReadOnlyList<FileTensor> Tensors { get; }

    /// <summary>Texts that the file has besides, by name, such as the metadata of a safetensors file or the configuration of a Keras model.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; }

    /// <summary>Whether the texts are the metadata of a model.</summary>
    internal bool HasMetadata { get; init; }

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">Its name, exactly as the file has it.</param>
    /// <returns>The tensor, or null if the file has none of that name.</returns>
    public FileTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The format, the path, and a line for each tensor.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join("\n  ", [$"{Format}, {Path}", .. Tensors.Select(tensor => tensor.ToString())]);
}
