namespace RnnGen.Tool.Import;

/// <summary>A tensor between two nodes.</summary>
/// <param name="shape">Its shape.</param>
internal abstract class Value(int[] shape)
{
    /// <summary>The shape; empty for a scalar.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>The number of elements.</summary>
    public int Count { get; } = Shapes.Count(shape);

    /// <summary>A tensor of elements of this one.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="places">For each of its elements, the place of the element here.</param>
    public abstract Value Pick(int[] shape, int[] places);

    /// <summary>The same elements in another shape.</summary>
    public abstract Value Reshape(int[] shape);
}

/// <summary>A tensor that the file has, or that nodes compute from such tensors.</summary>
internal sealed class ConstantValue(int[] shape, double[] numbers, bool isInteger) : Value(shape)
{
    /// <summary>The elements, the last dimension fastest.</summary>
    public double[] Numbers { get; } = numbers;

    /// <summary>Whether the elements are whole numbers, or truth values.</summary>
    public bool IsInteger { get; } = isInteger;

    public override Value Pick(int[] shape, int[] places) => new ConstantValue(shape, Array.ConvertAll(places, place => Numbers[place]), IsInteger);

    public override Value Reshape(int[] shape) => new ConstantValue(shape, Numbers, IsInteger);
}

/// <summary>A tensor that depends on inputs: every element is one of a signal.</summary>
internal sealed class SignalValue(int[] shape, Element[] elements) : Value(shape)
{
    /// <summary>The elements, the last dimension fastest.</summary>
    public Element[] Elements { get; } = elements;

    /// <summary>All of a signal, position by position.</summary>
    public static SignalValue Of(Signal signal, int[] shape) => new(shape, [.. Enumerable.Range(0, Shapes.Count(shape)).Select(k => new Element(signal, k))]);

    public override Value Pick(int[] shape, int[] places) => new SignalValue(shape, Array.ConvertAll(places, place => Elements[place]));

    public override Value Reshape(int[] shape) => new SignalValue(shape, Elements);
}

/// <summary>A tensor that no class can compute. That is an error only if an output depends on it.</summary>
internal sealed class UnknownValue(ImportException reason) : Value([])
{
    /// <summary>Why.</summary>
    public ImportException Reason { get; } = reason;

    public override Value Pick(int[] shape, int[] places) => this;

    public override Value Reshape(int[] shape) => this;
}
