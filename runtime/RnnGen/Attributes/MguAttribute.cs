namespace RnnGen;

/// <summary>
/// A minimal gated unit layer (Zhou et al. 2016): <c>z = σ(W_iz·x + b_iz + W_hz·h + b_hz)</c>,
/// <c>n = tanh(W_in·x + b_in + W_hn·(z ∘ h) + b_hn)</c>, <c>h' = (1 - z) ∘ h + z ∘ n</c>. The paper calls its gate f, and n h̃. The layer has two
/// thirds of the weights of a GRU. The checkpoint has the same tensors as that of a GRU, with the rows of the gates in the order z, n. The state is <c>h</c>.
/// </summary>
/// <param name="hiddenSize">Number of units, the size of the hidden state. At least 1.</param>
public sealed class MguAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>The function of the gate; <see cref="Activation.Sigmoid"/> by default.</summary>
    public Activation GateActivation { get; set; } = Activation.Sigmoid;

    /// <summary>The alpha of <see cref="GateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double GateAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="GateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double GateBeta { get; set; } = double.NaN;

    /// <summary>The function of the candidate n; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation CandidateActivation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="CandidateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double CandidateAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="CandidateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double CandidateBeta { get; set; } = double.NaN;
}
