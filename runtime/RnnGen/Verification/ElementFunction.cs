namespace RnnGen.Verification;

/// <summary>An element-wise function of ONNX's list in double precision.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Alpha">Its alpha; NaN for the default.</param>
/// <param name="Beta">Its beta; NaN for the default.</param>
internal readonly record struct ElementFunction(Activation Kind, double Alpha = double.NaN, double Beta = double.NaN)
{
    public double Of(double x) => Kind switch
    {
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.Relu => Math.Max(x, 0),
        Activation.Affine => (Or(Alpha, 1) * x) + Or(Beta, 0),
        Activation.LeakyRelu => x > 0 ? x : Or(Alpha, 0.01) * x,
        Activation.ThresholdedRelu => x > Or(Alpha, 1) ? x : 0,
        Activation.ScaledTanh => Or(Alpha, 1) * Math.Tanh(Or(Beta, 1) * x),
        Activation.HardSigmoid => Math.Clamp((Or(Alpha, 0.2) * x) + Or(Beta, 0.5), 0, 1),
        Activation.Elu => x > 0 ? x : Or(Alpha, 1) * (Math.Exp(x) - 1),
        Activation.Softsign => x / (1 + Math.Abs(x)),
        Activation.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        _ => double.NaN,
    };

    /// <summary>As C# declares it, such as <c>HardSigmoid</c> with alpha 0.2.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Kind}{(double.IsNaN(Alpha) ? "" : $" with alpha {Alpha:0.######}")}{(double.IsNaN(Beta) ? "" : $" and beta {Beta}")}");

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Or(double value, double otherwise) => double.IsNaN(value) ? otherwise : value;
}
