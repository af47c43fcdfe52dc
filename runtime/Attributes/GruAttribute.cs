namespace RnnGen;

/// <summary>
/// A gated recurrent unit layer, with PyTorch's <c>nn.GRU</c> equations and gate order r, z, n. Its state is <c>h</c>.
/// </summary>
/// <param name="hiddenSize">Units of the layer, the size of its hidden state. At least 1.</param>
public sealed class GruAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>
    /// Where the reset gate acts. <see langword="true"/> (the default, and PyTorch's only form): on the projected state,
    /// <c>n = tanh(W_in·x + b_in + r ∘ (W_hn·h + b_hn))</c>. <see langword="false"/> (the default of ONNX, and the form of the
    /// original paper, Cho et al. 2014): on the state itself, <c>n = tanh(W_in·x + b_in + W_hn·(r ∘ h) + b_hn)</c>.
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
