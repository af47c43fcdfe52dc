namespace RnnGen;

/// <summary>
/// A vanilla recurrent layer (Elman 1990): <c>h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh)</c>, PyTorch's <c>nn.RNN</c>. The checkpoint has PyTorch's tensors.
/// The state is <c>h</c>.
/// </summary>
/// <param name="hiddenSize">Number of units, the size of the hidden state. At least 1.</param>
public sealed class RnnAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>The activation; <see cref="RnnGen.Activation.Tanh"/> by default.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="Activation"/>. NaN, the default, selects ONNX's default.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="Activation"/>. NaN, the default, selects ONNX's default.</summary>
    public double Beta { get; set; } = double.NaN;
}
