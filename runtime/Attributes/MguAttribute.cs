namespace RnnGen;

/// <summary>
/// A minimal gated unit layer (Zhou et al. 2016): <c>f = σ(W_if·x + b_if + W_hf·h + b_hf)</c>,
/// <c>n = tanh(W_in·x + b_in + W_hn·(f ∘ h) + b_hn)</c>, <c>h' = (1 - f) ∘ h + f ∘ n</c>. It has two thirds of a GRU's weights.
/// The checkpoint names its tensors as PyTorch does a GRU's, rows of the gates in the order f, n. Its state is <c>h</c>.
/// </summary>
/// <param name="hiddenSize">Units of the layer, the size of its hidden state. At least 1.</param>
public sealed class MguAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>The function of the gate; <see cref="Activation.Sigmoid"/> by default.</summary>
    public Activation GateActivation { get; set; } = Activation.Sigmoid;

    /// <summary>The alpha of <see cref="GateActivation"/>; not a number, as it stands, for the function's default.</summary>
    public float GateAlpha { get; set; } = float.NaN;

    /// <summary>The beta of <see cref="GateActivation"/>; not a number, as it stands, for the function's default.</summary>
    public float GateBeta { get; set; } = float.NaN;

    /// <summary>The function of the candidate n; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation CandidateActivation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="CandidateActivation"/>; not a number, as it stands, for the function's default.</summary>
    public float CandidateAlpha { get; set; } = float.NaN;

    /// <summary>The beta of <see cref="CandidateActivation"/>; not a number, as it stands, for the function's default.</summary>
    public float CandidateBeta { get; set; } = float.NaN;
}
