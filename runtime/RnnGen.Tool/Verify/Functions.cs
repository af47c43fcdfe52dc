using RnnGen.Tool.Import;

namespace RnnGen.Tool.Verify;

/// <summary>The functions of ONNX's list in double, with its defaults.</summary>
internal static class Functions
{
    /// <summary>A function.</summary>
    public static Func<double, double> Of(Function function)
    {
        double alpha = function.Alpha ?? function.Kind switch { Activation.LeakyRelu => 0.01, Activation.HardSigmoid => 0.2, _ => 1 };
        double beta = function.Beta ?? function.Kind switch { Activation.HardSigmoid => 0.5, Activation.ScaledTanh => 1, _ => 0 };
        return function.Kind switch
        {
            Activation.Tanh => Math.Tanh,
            Activation.Sigmoid => x => 1 / (1 + Math.Exp(-x)),
            Activation.Relu => x => Math.Max(x, 0),
            Activation.Affine => x => (alpha * x) + beta,
            Activation.LeakyRelu => x => x > 0 ? x : alpha * x,
            Activation.ThresholdedRelu => x => x > alpha ? x : 0,
            Activation.ScaledTanh => x => alpha * Math.Tanh(beta * x),
            Activation.HardSigmoid => x => Math.Clamp((alpha * x) + beta, 0, 1),
            Activation.Elu => x => x > 0 ? x : alpha * (Math.Exp(x) - 1),
            Activation.Softsign => x => x / (1 + Math.Abs(x)),
            _ => x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        };
    }
}
