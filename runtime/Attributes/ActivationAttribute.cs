namespace RnnGen;

/// <summary>An element-wise activation as a layer of its own.</summary>
/// <param name="activation">The function.</param>
public sealed class ActivationAttribute(Activation activation) : LayerAttribute(0)
{
    /// <summary>The function.</summary>
    public Activation Activation { get; } = activation;
}
