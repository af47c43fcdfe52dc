namespace RnnGen;

/// <summary>An element-wise activation as a layer of its own.</summary>
/// <param name="activation">The function.</param>
public sealed class ActivationAttribute(Activation activation) : LayerAttribute(0)
{
    /// <summary>The function.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>The alpha of <see cref="Activation"/>; not a number, as it stands, for the function's default.</summary>
    public float Alpha { get; set; } = float.NaN;

    /// <summary>The beta of <see cref="Activation"/>; not a number, as it stands, for the function's default.</summary>
    public float Beta { get; set; } = float.NaN;
}
