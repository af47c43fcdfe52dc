using RnnGen.Generator.Model;

namespace RnnGen.Generator.Cells;

/// <summary>The functions of ONNX's list as equations, with the defaults of its operators.</summary>
internal static class Functions
{
    public static bool TakesAlpha(ActivationKind kind) => RowOf(kind).Alpha is not null;

    public static bool TakesBeta(ActivationKind kind) => RowOf(kind).Beta is not null;

    public static Expression Of(FunctionSpec function, Expression x)
    {
        Row row = RowOf(function.Kind);
        return row.Of(x, function.Alpha ?? row.Alpha ?? 0, function.Beta ?? row.Beta ?? 0);
    }

    private static Row RowOf(ActivationKind kind) => kind switch
    {
        ActivationKind.Tanh => new(ElementFunction.Tanh),
        ActivationKind.Sigmoid => new(ElementFunction.Sigmoid),
        ActivationKind.Relu => new(ElementFunction.Relu),
        ActivationKind.Affine => new(1, 0, (x, alpha, beta) => (x * alpha) + beta),
        ActivationKind.LeakyRelu => new(0.01, null, (x, alpha, _) => Apply(ElementFunction.LeakyRelu(alpha), x)),
        ActivationKind.ThresholdedRelu => new(1, null, (x, alpha, _) => Apply(ElementFunction.ThresholdedRelu(alpha), x)),
        ActivationKind.ScaledTanh => new(1, 1, (x, alpha, beta) => Apply(ElementFunction.Tanh, x * beta) * alpha),
        ActivationKind.HardSigmoid => new(0.2, 0.5, (x, alpha, beta) => Apply(ElementFunction.Clip(0, 1), (x * alpha) + beta)),
        ActivationKind.Elu => new(1, null, (x, alpha, _) => Apply(ElementFunction.Elu(alpha), x)),
        ActivationKind.Softsign => new(ElementFunction.Softsign),
        ActivationKind.Softplus => new(ElementFunction.Softplus),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static Expression Apply(ElementFunction function, Expression x) => x.Graph.Apply(function, x);

    /// <param name="Alpha">The default of alpha; null if the function has no alpha.</param>
    /// <param name="Beta">The default of beta; null if the function has no beta.</param>
    /// <param name="Of">The function applied to a value, with alpha and beta.</param>
    private sealed record Row(double? Alpha, double? Beta, Func<Expression, double, double, Expression> Of)
    {
        public Row(ElementFunction function)
            : this(null, null, (x, _, _) => Apply(function, x))
        {
        }
    }
}
