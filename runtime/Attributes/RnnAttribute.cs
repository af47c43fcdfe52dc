namespace RnnGen;

/// <summary>
/// A vanilla (Elman) recurrent layer: <c>h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh)</c>, as PyTorch's <c>nn.RNN</c>.
/// </summary>
/// <param name="hiddenSize">Units of the layer, the size of its hidden state. At least 1.</param>
public sealed class RnnAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>The activation; <see cref="RnnGen.Activation.Tanh"/> by default.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="Activation"/>. NaN, the default, selects ONNX's default.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>The beta of <see cref="Activation"/>. NaN, the default, selects ONNX's default.</summary>
    public double Beta { get; set; } = double.NaN;
}
