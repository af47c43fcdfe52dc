namespace RnnGen;

/// <summary>
/// A vanilla (Elman) recurrent layer: <c>h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh)</c>, as PyTorch's <c>nn.RNN</c>.
/// </summary>
/// <param name="hiddenSize">Units of the layer, the size of its hidden state. At least 1.</param>
public sealed class RnnAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize)
{
    /// <summary>The activation; <see cref="RnnGen.Activation.Tanh"/> by default.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The alpha of <see cref="Activation"/>; not a number, as it stands, for the function's default.</summary>
    public float Alpha { get; set; } = float.NaN;

    /// <summary>The beta of <see cref="Activation"/>; not a number, as it stands, for the function's default.</summary>
    public float Beta { get; set; } = float.NaN;
}
