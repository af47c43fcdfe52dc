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
}
