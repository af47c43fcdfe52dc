namespace RnnGen;

/// <summary>
/// An element-wise function: those of ONNX's recurrent operators. Alpha and beta are set where the function is chosen; where they are not,
/// they are the defaults of ONNX's operators, which stand here.
/// </summary>
public enum Activation
{
    /// <summary>Hyperbolic tangent, in (-1, 1).</summary>
    Tanh,

    /// <summary>Logistic function 1 / (1 + e⁻ˣ), in (0, 1).</summary>
    Sigmoid,

    /// <summary>max(x, 0). Its derivative at 0 is 0.</summary>
    Relu,

    /// <summary>alpha x + beta; alpha is 1, beta 0.</summary>
    Affine,

    /// <summary>x where it is positive, else alpha x; alpha is 0.01.</summary>
    LeakyRelu,

    /// <summary>x where it is above alpha, else 0; alpha is 1.</summary>
    ThresholdedRelu,

    /// <summary>alpha tanh(beta x); both are 1.</summary>
    ScaledTanh,

    /// <summary>alpha x + beta, but at least 0 and at most 1; alpha is 0.2, beta 0.5.</summary>
    HardSigmoid,

    /// <summary>x where it is positive, else alpha (eˣ - 1); alpha is 1.</summary>
    Elu,

    /// <summary>x / (1 + |x|), in (-1, 1).</summary>
    Softsign,

    /// <summary>log(1 + eˣ), positive.</summary>
    Softplus,
}
