namespace RnnGen;

/// <summary>
/// A long short-term memory layer, with PyTorch's <c>nn.LSTM</c> equations and gate order i, f, g, o.
/// Its states are <c>h</c> and <c>c</c>.
/// </summary>
/// <param name="hiddenSize">Units of the layer, the size of its states. At least 1.</param>
public sealed class LstmAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize);
