namespace RnnGen;

/// <summary>An element-wise function as a layer, applied to every step.</summary>
/// <param name="activation">The function.</param>
public sealed class ActivationAttribute(Activation activation) : LayerAttribute(0)
{
    /// <summary>The function.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>The alpha of <see cref="Activation"/>. NaN, the default, selects ONNX's default.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="Activation"/>. NaN, the default, selects ONNX's default.</summary>
    public double Beta { get; set; } = double.NaN;
}
