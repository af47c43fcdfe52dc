namespace RnnGen;

/// <summary>A fully connected layer, <c>y = W·x + b</c>, applied to every step; PyTorch's <c>nn.Linear</c>.</summary>
/// <param name="size">Number of outputs per step. At least 1.</param>
public sealed class DenseAttribute(int size) : LayerAttribute(size)
{
    /// <summary>Whether the layer has a bias. <see langword="true"/> by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// Whether the layer's input is added to its output, which must be of the same size: a residual connection (He et al. 2016). <see langword="false"/>
    /// by default.
    /// </summary>
    public bool Residual { get; set; }
}
