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

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">Its name, exactly as the file has it.</param>
    /// <returns>The tensor, or null if the file has none of that name.</returns>
    public FileTensor? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>A tensor of a file.</summary>
public sealed class FileTensor
{
    /// <summary>Makes a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="elementType">Its element type in the file, in the spelling of safetensors: <c>F32</c>, <c>F16</c>, <c>BF16</c>, <c>F64</c>, <c>I8</c>, <c>I64</c>, ...</param>
    /// <param name="shape">Its shape; empty for a scalar.</param>
    /// <param name="values">Its elements, the last dimension fastest.</param>
    /// <exception cref="ArgumentException">The shape has another number of elements, or a negative dimension.</exception>
    public FileTensor(string name, string elementType, IReadOnlyList<int> shape, ReadOnlyMemory<float> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(elementType);
        ArgumentNullException.ThrowIfNull(shape);
        Name = name;
        ElementType = elementType;
        Shape = [.. shape];
        Values = values;
        long count = 1;
        foreach (int size in Shape)
        {
            count = size < 0 ? -1 : Math.Min(count * size, int.MaxValue);
            if (count < 0)
            {
                break;
            }
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"Expected elements for shape [{string.Join(", ", Shape)}], found {values.Length}.", nameof(values));
        }
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The element type in the file, in the spelling of safetensors, such as <c>F32</c>.</summary>
    public string ElementType { get; }

    /// <summary>The shape; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements as floats, the last dimension fastest. Those of 32-bit floats have the bits of the file; others are rounded to the nearest float.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
