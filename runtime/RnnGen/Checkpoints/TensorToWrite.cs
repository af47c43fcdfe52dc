using System.Runtime.InteropServices;

namespace RnnGen.Checkpoints;

/// <summary>A tensor to be written.</summary>
internal sealed class TensorToWrite
{
    private readonly Array _values;

    /// <summary>A tensor of floats.</summary>
    public TensorToWrite(string name, IReadOnlyList<int> shape, float[] values)
        : this(name, ElementType.Float, shape, values)
    {
    }

    /// <summary>A tensor of doubles.</summary>
    public TensorToWrite(string name, IReadOnlyList<int> shape, double[] values)
        : this(name, ElementType.Double, shape, values)
    {
    }

    /// <summary>A tensor of longs.</summary>
    public TensorToWrite(string name, IReadOnlyList<int> shape, long[] values)
        : this(name, ElementType.Long, shape, values)
    {
    }

    /// <summary>A tensor of any type, whose bytes are those of the file.</summary>
    public TensorToWrite(string name, string elementType, IReadOnlyList<int> shape, byte[] bytes)
        : this(name, elementType, shape, (Array)bytes)
    {
    }

    private TensorToWrite(string name, string elementType, IReadOnlyList<int> shape, Array values)
    {
        if (name == SafetensorsHeader.MetadataName)
        {
            throw new ArgumentException($"The format reserves the name '{name}'.", nameof(name));
        }

        long count = shape.Aggregate(1L, (product, size) => checked(product * size));
        if (shape.Any(size => size < 0) || count != (values is byte[] ? values.Length / ElementType.SizeOf(elementType) : values.Length))
        {
            throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(", ", shape)}] has {values.Length} elements.", nameof(values));
        }

        _values = values;
        Name = name;
        Dtype = elementType;
        Shape = shape;
    }

    public string Name { get; }

    public string Dtype { get; }

    public IReadOnlyList<int> Shape { get; }

    /// <summary>Length of the data, in bytes.</summary>
    public long Size => _values is byte[] bytes ? bytes.Length : (long)_values.Length * ElementType.SizeOf(Dtype);

    /// <summary>The data as in the file.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            if (_values is byte[] asTheyAre)
            {
                return asTheyAre;
            }

            ReadOnlySpan<byte> bytes = _values switch
            {
                float[] values => MemoryMarshal.AsBytes(values.AsSpan()),
                double[] values => MemoryMarshal.AsBytes(values.AsSpan()),
                _ => MemoryMarshal.AsBytes(((long[])_values).AsSpan()),
            };
            if (!BitConverter.IsLittleEndian)
            {
                byte[] copy = bytes.ToArray();
                ByteOrder.ToOrFromLittleEndian(copy, ElementType.SizeOf(Dtype));
                bytes = copy;
            }

            return bytes;
        }
    }
}
