namespace RnnGen;

/// <summary>
/// A head that predicts a distribution of points: a mixture of Gaussians (mixture density network, Bishop 1994; Graves 2013), and yes-or-no outputs beside it,
/// such as a lifted pen. The loss of a step is the negative log likelihood of its target, in nats. <see cref="MixtureSampler"/> draws points.
/// </summary>
/// <remarks>
/// <para>The sums z of a dense layer become the parameters of the mixture, the outputs. They stand one behind the other, each for all components:</para>
/// <code>
/// π = softmax(z)     [components]                weights
/// μ = z              [components x dimensions]   means
/// σ = exp(z)         [components x dimensions]   standard deviations
/// ρ = tanh(z)        [components]                correlations, with Covariance.Full
/// p = 1/(1 + exp -z) [Binary]                    probabilities of yes
///
/// loss = -log Σ π_k N(x; μ_k, σ_k, ρ_k) - Σ t log p + (1 - t) log(1 - p)
/// N(x; μ, σ)    = Π exp(-u² / 2) / (σ √2π), u = (x - μ) / σ
/// N(x; μ, σ, ρ) = exp(-(u_1² + u_2² - 2 ρ u_1 u_2) / 2 (1 - ρ²)) / (2π σ_1 σ_2 √(1 - ρ²))
/// </code>
/// <para>
/// Targets are [steps x (dimensions + Binary)]: the point, then a number in 0 .. 1 for each yes-or-no output. If a coordinate is NaN, the point is ignored, and
/// a yes-or-no target that is NaN is ignored. Each step counts as one target, unless all of it is ignored; hits are those of the yes-or-no outputs.
/// </para>
/// <para>Losses and gradients are computed in double precision from the logarithms: neither tiny nor huge deviations, nor points far from all means, lose them.</para>
/// </remarks>
/// <param name="components">Number of Gaussians. At least 1.</param>
/// <param name="dimensions">Number of coordinates of a point. At least 1.</param>
public sealed class MixtureAttribute(int components, int dimensions) : HeadAttribute(size: 0)
{
    /// <summary>Number of Gaussians.</summary>
    public int Components { get; } = components;

    /// <summary>Number of coordinates of a point.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>Whether the coordinates of a component are correlated, which only two can be. By default, they are not.</summary>
    public Covariance Covariance { get; set; }

    /// <summary>Number of yes-or-no outputs, 0 to 1000; 0 by default.</summary>
    public int Binary { get; set; }

    /// <summary>Number of outputs per step: the parameters of the mixture and the yes-or-no outputs.</summary>
    public override int Size => Head.Size;

    /// <summary>Where each parameter is among the outputs.</summary>
    internal CompilerServices.MixtureHead Head => new(Components, Dimensions, Covariance, Binary);
}

/// <summary>The covariance of a component of a <see cref="MixtureAttribute"/>.</summary>
public enum Covariance
{
    /// <summary>Each coordinate has its own standard deviation.</summary>
    Diagonal,

    /// <summary>Two standard deviations and a correlation, for two dimensions.</summary>
    Full,
}
