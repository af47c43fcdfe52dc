namespace RnnGen.Tool.Import;

/// <summary>Tokens turned into vectors.</summary>
internal sealed class EmbeddingSignal(string origin, Wire tokens, int positions, int vectors, int size, double[] table) : Signal(origin, size, positions)
{
    /// <summary>The tokens.</summary>
    public Wire Tokens { get; } = tokens;

    /// <summary>The number of tokens that there are.</summary>
    public int Vectors { get; } = vectors;

    /// <summary>The vectors, [Vectors, Width].</summary>
    public double[] Table { get; } = table;

    public override IEnumerable<Wire> Reads => [Tokens];
}

/// <summary>A matrix times what is read, plus a bias.</summary>
internal sealed class AffineSignal(string origin, Wire[] operand, int positions, double[] weights, double[] bias) : Signal(origin, bias.Length, positions)
{
    /// <summary>What the matrix is multiplied with.</summary>
    public Wire[] Operand { get; } = operand;

    /// <summary>The matrix, [Width, Operand.Length].</summary>
    public double[] Weights { get; } = weights;

    /// <summary>The bias, [Width].</summary>
    public double[] Bias { get; } = bias;

    public override IEnumerable<Wire> Reads => Operand;
}

/// <summary>Every column times a number, plus a number.</summary>
internal sealed class ScaleSignal(string origin, Wire[] operand, int positions, double[] factors, double[] terms) : Signal(origin, operand.Length, positions)
{
    /// <summary>What is scaled.</summary>
    public Wire[] Operand { get; } = operand;

    /// <summary>The factors, one per column.</summary>
    public double[] Factors { get; } = factors;

    /// <summary>What is added, one per column.</summary>
    public double[] Terms { get; } = terms;

    public override IEnumerable<Wire> Reads => Operand;
}

/// <summary>An element-wise function.</summary>
internal sealed class FunctionSignal(string origin, Function function, Wire[] operand, int positions) : Signal(origin, operand.Length, positions)
{
    /// <summary>The function.</summary>
    public Function Function { get; } = function;

    /// <summary>What it is applied to.</summary>
    public Wire[] Operand { get; } = operand;

    public override IEnumerable<Wire> Reads => Operand;
}

/// <summary>Layer normalization.</summary>
internal sealed class NormalizedSignal(string origin, Wire[] operand, int positions, double epsilon, double[] gains, double[] shifts) : Signal(origin, operand.Length, positions)
{
    /// <summary>What is normalized.</summary>
    public Wire[] Operand { get; } = operand;

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; } = epsilon;

    /// <summary>γ, one per column.</summary>
    public double[] Gains { get; } = gains;

    /// <summary>β, one per column.</summary>
    public double[] Shifts { get; } = shifts;

    public override IEnumerable<Wire> Reads => Operand;
}

/// <summary>Softmax over all columns.</summary>
internal sealed class SoftmaxSignal(string origin, Wire[] operand, int positions) : Signal(origin, operand.Length, positions)
{
    /// <summary>The logits.</summary>
    public Wire[] Operand { get; } = operand;

    public override IEnumerable<Wire> Reads => Operand;
}

/// <summary>An operation that is no layer by itself, but may be part of one: a product, a mean, a root, ...</summary>
/// <param name="origin">The node.</param>
/// <param name="operation">ONNX's name of the operation.</param>
/// <param name="width">The number of columns.</param>
/// <param name="positions">The number of positions.</param>
/// <param name="left">The first operand.</param>
/// <param name="right">The second operand; empty if it has one.</param>
internal sealed class OperationSignal(string origin, string operation, int width, int positions, Wire[] left, Wire[] right) : Signal(origin, width, positions)
{
    /// <summary>ONNX's name of the operation.</summary>
    public string Operation { get; } = operation;

    /// <summary>The first operand.</summary>
    public Wire[] Left { get; } = left;

    /// <summary>The second operand; empty if it has one.</summary>
    public Wire[] Right { get; } = right;

    public override IEnumerable<Wire> Reads => Left.Concat(Right);
}
