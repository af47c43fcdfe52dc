namespace RnnGen;

/// <summary>An element-wise function.</summary>
public enum Activation
{
    /// <summary>Hyperbolic tangent, in (-1, 1).</summary>
    Tanh,

    /// <summary>Logistic function 1 / (1 + e⁻ˣ), in (0, 1).</summary>
    Sigmoid,

    /// <summary>max(x, 0). Its derivative at 0 is 0.</summary>
    Relu,
}
