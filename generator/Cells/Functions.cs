using RnnGen.Generator.Model;

namespace RnnGen.Generator.Cells;

/// <summary>The functions of ONNX's list as equations, with the defaults of its operators.</summary>
internal static class Functions
{
    public static bool TakesAlpha(ActivationKind kind) => Default(kind).Alpha is not null;

    public static bool TakesBeta(ActivationKind kind) => Default(kind).Beta is not null;

    public static Expression Of(FunctionSpec function, Expression x)
    {
        double alpha = function.Alpha ?? Default(function.Kind).Alpha ?? 0;
        double beta = function.Beta ?? Default(function.Kind).Beta ?? 0;
        return function.Kind switch
        {
            ActivationKind.Tanh => Apply(ElementFunction.Tanh, x),
            ActivationKind.Sigmoid => Apply(ElementFunction.Sigmoid, x),
            ActivationKind.Relu => Apply(ElementFunction.Relu, x),
            ActivationKind.Affine => (x * alpha) + beta,
            ActivationKind.LeakyRelu => Apply(ElementFunction.LeakyRelu(alpha), x),
            ActivationKind.ThresholdedRelu => Apply(ElementFunction.ThresholdedRelu(alpha), x),
            ActivationKind.ScaledTanh => Apply(ElementFunction.Tanh, x * beta) * alpha,
            ActivationKind.HardSigmoid => Apply(ElementFunction.Clip(0, 1), (x * alpha) + beta),
            ActivationKind.Elu => Apply(ElementFunction.Elu(alpha), x),
            ActivationKind.Softsign => Apply(ElementFunction.Softsign, x),
            _ => Apply(ElementFunction.Softplus, x),
        };
    }

    private static (double? Alpha, double? Beta) Default(ActivationKind kind) => kind switch
    {
        ActivationKind.Affine => (1, 0),
        ActivationKind.LeakyRelu => (0.01, null),
        ActivationKind.ThresholdedRelu => (1, null),
        ActivationKind.ScaledTanh => (1, 1),
        ActivationKind.HardSigmoid => (0.2, 0.5),
        ActivationKind.Elu => (1, null),
        _ => (null, null),
    };

    private static Expression Apply(ElementFunction function, Expression x) => x.Graph.Apply(function, x);
}
