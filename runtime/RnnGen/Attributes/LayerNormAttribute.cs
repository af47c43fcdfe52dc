namespace RnnGen;

/// <summary>
/// Layer normalization as a layer (Ba et al. 2016), applied to every step: <c>y = γ ∘ (x - mean) / √(variance + ε) + β</c>;
/// PyTorch's <c>nn.LayerNorm</c>. The checkpoint has γ as <c>weight</c> and β as <c>bias</c>; they are initialized to 1 and 0.
/// </summary>
public sealed class LayerNormAttribute() : LayerAttribute(0)
{
    /// <summary>Whether the layer has β. <see langword="true"/> by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>ε, what is added to the variance: finite and greater than 0. 1e-5 by default, as in PyTorch; Keras has 1e-3.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
