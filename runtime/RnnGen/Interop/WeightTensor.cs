namespace RnnGen;

/// <summary>An array of weights of another program: its shape and its elements. Arrays and the tensors of files convert to it implicitly.</summary>
public sealed class WeightTensor
{
    private readonly int[] _shape;

    /// <summary>Wraps values; they are not copied.</summary>
    /// <param name="values">The elements, the last dimension fastest.</param>
    /// <param name="shape">The shape; without one, the values are a vector, and fit any shape of as many elements.</param>
    /// <exception cref="ArgumentException">The shape has another number of elements, or a negative dimension.</exception>
    public WeightTensor(ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape)
    {
        _shape = shape.IsEmpty ? [values.Length] : shape.ToArray();
        Values = values;
        Int128 count = 1;
        foreach (int size in _shape)
        {
            count = size < 0 || count < 0 ? -1 : Int128.Min(count * size, int.MaxValue);
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"Expected elements for shape {ShapeText}, found {values.Length}.", nameof(values));
        }
    }

    /// <summary>The shape.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>The elements, the last dimension fastest.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>A part of the first dimension without that dimension, such as one direction of ONNX's W. It shares the values.</summary>
    /// <param name="index">The index in the first dimension.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first dimension is smaller.</exception>
    public WeightTensor this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _shape[0]);
            int size = Values.Length / _shape[0];
            return new WeightTensor(Values.Slice(index * size, size), _shape.Length > 1 ? _shape.AsSpan(1) : [1]);
        }
    }

    /// <summary>Wraps a vector; it is not copied.</summary>
    /// <param name="values">The vector.</param>
    public static implicit operator WeightTensor(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new WeightTensor(values);
    }

    /// <summary>Wraps the tensor of a file; its values are not copied.</summary>
    /// <param name="tensor">The tensor.</param>
    public static implicit operator WeightTensor(FileTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new WeightTensor(tensor.Values, [.. tensor.Shape]);
    }

    /// <summary>The shape, such as <c>[32, 8]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ShapeText;

    internal string ShapeText => $"[{string.Join(", ", _shape)}]";
}
