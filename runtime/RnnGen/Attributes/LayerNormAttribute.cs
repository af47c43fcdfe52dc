namespace RnnGen;

/// <summary>
/// Layer normalization as a layer (Ba et al. 2016), applied to every step: <c>y = γ ∘ (x - mean) / √(variance + 1e-5) + β</c>;
/// PyTorch's <c>nn.LayerNorm</c>. The checkpoint has γ as <c>weight</c> and β as <c>bias</c>; they are initialized to 1 and 0.
/// </summary>
public sealed class LayerNormAttribute() : LayerAttribute(0)
{
    /// <summary>Whether the layer has β. <see langword="true"/> by default.</summary>
    public bool Bias { get; set; } = true;
}
