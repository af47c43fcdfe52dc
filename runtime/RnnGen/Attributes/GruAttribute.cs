namespace RnnGen;

/// <summary>
/// A gated recurrent unit layer, with PyTorch's <c>nn.GRU</c> equations: <c>r = σ(W_ir·x + b_ir + W_hr·h + b_hr)</c>,
/// <c>z = σ(W_iz·x + b_iz + W_hz·h + b_hz)</c>, <c>n = tanh(W_in·x + b_in + r ∘ (W_hn·h + b_hn))</c>, <c>h' = (1 - z) ∘ n + z ∘ h</c>. The checkpoint
/// has PyTorch's tensors, with the rows of the gates in the order r, z, n. The state is <c>h</c>.
/// </summary>
/// <param name="hiddenSize">Number of units, the size of the hidden state. At least 1.</param>
public sealed class GruAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>
    /// Where the reset gate acts. <see langword="true"/>, the default and PyTorch's only form: on the projected state,
    /// <c>n = tanh(W_in·x + b_in + r ∘ (W_hn·h + b_hn))</c>. <see langword="false"/>, ONNX's default and the form of the
    /// original paper (Cho et al. 2014): on the state itself, <c>n = tanh(W_in·x + b_in + W_hn·(r ∘ h) + b_hn)</c>.
    /// </summary>
    public bool LinearBeforeReset { get; set; } = true;

    /// <summary>The function of the gates, ONNX's f; <see cref="Activation.Sigmoid"/> by default.</summary>
    public Activation GateActivation { get; set; } = Activation.Sigmoid;

    /// <summary>The alpha of <see cref="GateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double GateAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="GateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double GateBeta { get; set; } = double.NaN;

    /// <summary>The function of the candidate n, ONNX's g; <see cref="Activation.Tanh"/> by default.</summary>
    public Activation CandidateActivation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="CandidateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double CandidateAlpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="CandidateActivation"/>. NaN, the default, selects ONNX's default.</summary>
    public double CandidateBeta { get; set; } = double.NaN;
}
