using System.Runtime.InteropServices;

namespace RnnGen.Checkpoints;

/// <summary>One tensor of a file.</summary>
internal sealed class SafetensorsTensor
{
    /// <summary>The most dimensions of an array: the limit of NumPy and PyTorch.</summary>
    public const int MostDimensions = 64;

    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _data;

    public SafetensorsTensor(string path, string name, string elementType, long[] shape, long offset, ReadOnlyMemory<byte> data)
    {
        _path = path;
        _data = data;
        Name = name;
        Dtype = elementType;
        Shape = shape;
        Offset = offset;
    }

    public string Name { get; }

    /// <summary>The element type as in the file, such as <c>F32</c>.</summary>
    public string Dtype { get; }

    public long[] Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _data.Length / ElementType.SizeOf(Dtype);

    /// <summary>Where the data start in the file.</summary>
    public long Offset { get; }

    /// <summary>The bytes of the file: little-endian, row by row.</summary>
    public ReadOnlySpan<byte> Data => _data.Span;

    /// <summary>
    /// The elements of a tensor of floats: those of the file if alignment and byte order allow it, else a copy.
    /// </summary>
    /// <exception cref="CheckpointException">They are of another type.</exception>
    public ReadOnlySpan<float> Floats()
    {
        if (BitConverter.IsLittleEndian && Offset % sizeof(float) == 0)
        {
            CheckType(ElementType.Float);
            return MemoryMarshal.Cast<byte, float>(Data);
        }

        var copy = new float[Count];
        CopyTo(copy.AsSpan());
        return copy;
    }

    /// <summary>The shape as that of an array.</summary>
    /// <exception cref="CheckpointException">There are too many dimensions, or one is too large.</exception>
    public int[] ArrayShape()
    {
        var shape = new int[Math.Min(Shape.Length, MostDimensions)];
        bool fits = shape.Length == Shape.Length;
        for (int k = 0; k < shape.Length; k++)
        {
            shape[k] = unchecked((int)Shape[k]);
            fits &= shape[k] == Shape[k];
        }

        return fits ? shape
            : throw Wrong(CheckpointReason.Shape, $"expected at most {MostDimensions} dimensions, each below 2^31, found [{string.Join(", ", Shape)}].");
    }

    /// <summary>Checks type and shape.</summary>
    /// <exception cref="CheckpointException">The type or the shape differs.</exception>
    public void Check(string type, params ReadOnlySpan<int> shape)
    {
        CheckType(type);
        bool isSame = Shape.Length == shape.Length;
        for (int k = 0; isSame && k < shape.Length; k++)
        {
            isSame = Shape[k] == shape[k];
        }

        if (!isSame)
        {
            throw Wrong(CheckpointReason.Shape, $"expected shape [{string.Join(", ", shape.ToArray())}], found [{string.Join(", ", Shape)}].");
        }
    }

    /// <summary>Copies the elements in the byte order of the machine.</summary>
    /// <exception cref="CheckpointException">The type or the number of elements differs.</exception>
    public void CopyTo<T>(Span<T> destination)
        where T : unmanaged
    {
        CheckType(ElementType.NameOf<T>());
        if (Count != destination.Length)
        {
            throw Wrong(CheckpointReason.Shape, $"expected {destination.Length} elements, found {Count}.");
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(destination);
        Data.CopyTo(bytes);
        ByteOrder.ToOrFromLittleEndian(bytes, ElementType.SizeOf(Dtype));
    }

    /// <summary>The exception for a valid tensor that is not the expected one.</summary>
    public CheckpointException Wrong(CheckpointReason reason, FormattableString problem) => new(reason, _path, Name, Offset, problem);

    private void CheckType(string expected)
    {
        if (Dtype != expected)
        {
            throw Wrong(CheckpointReason.Type, $"expected elements of type {expected}, found {Dtype}.");
        }
    }
}
