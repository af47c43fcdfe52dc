namespace RnnGen;

/// <summary>
/// An element-wise function of ONNX's recurrent operators. Alpha and beta are set where the function is chosen; their defaults, given here, are ONNX's.
/// </summary>
public enum Activation
{
    /// <summary>Hyperbolic tangent, in (-1, 1).</summary>
    Tanh,

    /// <summary>Logistic function, 1 / (1 + e⁻ˣ), in (0, 1).</summary>
    Sigmoid,

    /// <summary>max(x, 0). Its derivative at 0 is 0.</summary>
    Relu,

    /// <summary>alpha x + beta. By default, alpha is 1 and beta 0.</summary>
    Affine,

    /// <summary>x if it is positive, else alpha x. By default, alpha is 0.01.</summary>
    LeakyRelu,

    /// <summary>x if it is greater than alpha, else 0. By default, alpha is 1.</summary>
    ThresholdedRelu,

    /// <summary>alpha tanh(beta x). By default, both are 1.</summary>
    ScaledTanh,

    /// <summary>min(1, max(0, alpha x + beta)). By default, alpha is 0.2 and beta 0.5.</summary>
    HardSigmoid,

    /// <summary>x if it is positive, else alpha (eˣ - 1). By default, alpha is 1.</summary>
    Elu,

    /// <summary>x / (1 + |x|), in (-1, 1).</summary>
    Softsign,

    /// <summary>log(1 + eˣ), positive.</summary>
    Softplus,
}
