namespace RnnGen.Generator.Cells;

/// <summary>
/// A function of one number: one row per function, and everything that depends on it (equations, the reference in double, the
/// kernels, the derivative) reads the row.
/// </summary>
/// <param name="symbol">How equations write it.</param>
/// <param name="vectorMethod">The method of the runtime's <c>VectorMath</c>.</param>
/// <param name="evaluate">Its definition.</param>
/// <param name="derivative">Its derivative as an expression of its result.</param>
internal sealed class ElementFunction(string symbol, string vectorMethod, Func<double, double> evaluate, Func<Expression, Expression> derivative)
{
    public static readonly ElementFunction Tanh = new("tanh", "Tanh", Math.Tanh, y => 1 - (y * y));

    public static readonly ElementFunction Sigmoid = new("σ", "Sigmoid", x => 1 / (1 + Math.Exp(-x)), y => y - (y * y));

    /// <summary>1 for positive numbers, else 0: the derivative of relu.</summary>
    public static readonly ElementFunction Step = new("step", "Step", x => x > 0 ? 1 : 0, y => y.Graph.Constant(0));

    public static readonly ElementFunction Relu = new("relu", "Relu", x => x > 0 || double.IsNaN(x) ? x : 0, y => y.Graph.Apply(Step, y));

    /// <summary>1 / √x, for normalisation.</summary>
    public static readonly ElementFunction ReciprocalSqrt = new("rsqrt", "ReciprocalSqrt", x => 1 / Math.Sqrt(x), y => y * y * y * -0.5);

    public string Symbol { get; } = symbol;

    public string VectorMethod { get; } = vectorMethod;

    public Func<double, double> Evaluate { get; } = evaluate;

    public Func<Expression, Expression> Derivative { get; } = derivative;
}
