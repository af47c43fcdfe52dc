using RnnGen.Checkpoints;

namespace RnnGen;

/// <summary>A tensor of a file.</summary>
public sealed class FileTensor
{
    private readonly ReadOnlyMemory<float> _values;
    private readonly SafetensorsTensor? _source;
    private float[]? _converted;

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
        _values = values;
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
            throw new ArgumentException($"Expected elements for shape {ShapeText.Of(Shape)}, found {values.Length}.", nameof(values));
        }
    }

    /// <summary>A tensor of a safetensors file. Its elements are converted when they are first read: a file may have more than is loaded.</summary>
    internal FileTensor(SafetensorsTensor source, int[] shape)
    {
        _source = source;
        Name = source.Name;
        ElementType = source.Dtype;
        Shape = shape;
        Offset = source.Offset;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The element type in the file, in the spelling of safetensors, such as <c>F32</c>.</summary>
    public string ElementType { get; }

    /// <summary>The shape; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements as floats, the last dimension fastest. Those of 32-bit floats have the bits of the file; others are rounded to the nearest float.</summary>
    public ReadOnlyMemory<float> Values => _source is null ? _values : _converted ??= Elements.ToFloats(ElementType, _source.Data);

    /// <summary>Name, element type and shape, such as <c>rnn.weight_hh_l0 F32 [36, 12]</c>. Of a long name, a part; control characters are escaped.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Printable.Name(Name)} {Printable.Name(ElementType)} {ShapeText.Of(Shape)}";

    /// <summary>Where the data start in the file, if that is known.</summary>
    internal long? Offset { get; }
}
