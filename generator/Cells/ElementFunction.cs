namespace RnnGen.Generator.Cells;

/// <summary>
/// The functions of one number, one row per function. Everything else (equations, the reference in double, the
/// kernels, the derivative) is derived from its row.
/// </summary>
/// <param name="symbol">Its name in equations.</param>
/// <param name="vectorMethod">The method of the runtime's <c>VectorMath</c>.</param>
/// <param name="evaluate">Its definition.</param>
/// <param name="derivative">Its derivative as an expression of its result or, if that is not sufficient, of its operand.</param>
/// <param name="arguments">Further arguments of the method.</param>
internal sealed class ElementFunction(
    string symbol, string vectorMethod, Func<double, double> evaluate, Func<Apply, Expression> derivative, params double[] arguments)
    : IEquatable<ElementFunction>
{
    public static readonly ElementFunction Tanh = new("tanh", "Tanh", Math.Tanh, y => 1 - (y * y)) { HasPreciseForm = true, HasShortForm = true };

    public static readonly ElementFunction Sigmoid = new("σ", "Sigmoid", x => 1 / (1 + Math.Exp(-x)), y => y - (y * y)) { HasPreciseForm = true, HasShortForm = true };

    /// <summary>1 for positive numbers, else 0: the derivative of relu.</summary>
    public static readonly ElementFunction Step = new("step", "Step", x => x > 0 ? 1 : 0, y => y.Graph.Constant(0));

    public static readonly ElementFunction Relu = new("relu", "Relu", x => x > 0 || double.IsNaN(x) ? x : 0, y => y.Graph.Apply(Step, y));

    /// <summary>1 / √x, for normalization.</summary>
    public static readonly ElementFunction ReciprocalSqrt = new("rsqrt", "ReciprocalSqrt", x => 1 / Math.Sqrt(x), y => y * y * y * -0.5);

    /// <summary>x / (1 + |x|), whose derivative is (1 - |y|)².</summary>
    public static readonly ElementFunction Softsign = new("softsign", "Softsign", x => x / (1 + Math.Abs(x)), y =>
    {
        Expression rest = 1 - (y.Graph.Apply(Relu, y) + y.Graph.Apply(Relu, 0 - y));
        return rest * rest;
    });

    public static readonly ElementFunction Softplus = new(
        "softplus", "Softplus", x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), y => y.Graph.Apply(Sigmoid, y.Operand))
    {
        HasPreciseForm = true,
    };

    public string Symbol { get; } = symbol;

    public string VectorMethod { get; } = vectorMethod;

    public Func<double, double> Evaluate { get; } = evaluate;

    public Func<Apply, Expression> Derivative { get; } = derivative;

    public IReadOnlyList<double> Arguments { get; } = arguments;

    /// <summary>Whether the runtime's <c>PreciseMath</c> also has the method.</summary>
    public bool HasPreciseForm { get; init; }

    /// <summary>Whether the runtime's <c>NarrowMath</c> also has the method.</summary>
    public bool HasShortForm { get; init; }

    /// <summary>x limited to low .. high. The derivative at the bounds is 0.</summary>
    public static ElementFunction Clip(double low, double high) => new(
        "clip", "Clip", x => double.IsNaN(x) ? x : Math.Min(high, Math.Max(low, x)), y => y.Graph.Apply(Between(low, high), y), low, high);

    /// <summary>x if it is positive, else alpha x.</summary>
    public static ElementFunction LeakyRelu(double alpha) => new(
        "leakyRelu", "LeakyRelu", x => x > 0 ? x : alpha * x, y => (y.Graph.Apply(Step, y.Operand) * (1 - alpha)) + alpha, alpha);

    /// <summary>x if it is greater than alpha, else 0.</summary>
    public static ElementFunction ThresholdedRelu(double alpha) => new(
        "thresholdedRelu", "ThresholdedRelu", x => x <= alpha ? 0 : x, y => y.Graph.Apply(Step, y.Operand - y.Graph.Constant(alpha)), alpha);

    /// <summary>x if it is positive, else alpha (eˣ - 1), whose derivative is y + alpha.</summary>
    public static ElementFunction Elu(double alpha) => new(
        "elu",
        "Elu",
        x => x > 0 ? x : alpha * (Math.Exp(x) - 1),
        y =>
        {
            Expression positive = y.Graph.Apply(Step, y.Operand);
            return positive + ((1 - positive) * (y + alpha));
        },
        alpha)
    {
        HasPreciseForm = true,
    };

    public bool Equals(ElementFunction? other) =>
        other is not null && VectorMethod == other.VectorMethod && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as ElementFunction);

    public override int GetHashCode() => Arguments.Aggregate(VectorMethod.GetHashCode(), (hash, argument) => (hash * 31) + argument.GetHashCode());

    /// <summary>1 between the bounds, else 0: the derivative of clip.</summary>
    private static ElementFunction Between(double low, double high) =>
        new("between", "Between", x => x > low && x < high ? 1 : 0, y => y.Graph.Constant(0), low, high);
}
