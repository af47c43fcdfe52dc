namespace RnnGen;

/// <summary>
/// A minGRU layer (Feng et al. 2024, "Were RNNs All We Needed?"): <c>z = σ(W_iz·x + b_iz)</c>, <c>n = W_in·x + b_in</c>,
/// <c>h' = (1 - z) ∘ h + z ∘ n</c>. No matrix reads the state. If input and state are of the same size, it has a third of the weights of a GRU.
/// The checkpoint has <c>weight_ih_l0</c> and <c>bias_ih_l0</c>, with the rows of the gates in the order z, n. The state is <c>h</c>.
/// </summary>
/// <remarks>
/// <see cref="RecurrentAttribute.RecurrentDropout"/> has no effect on this layer, and is an error. The gates of the paper have no biases:
/// <c>Bias = false</c>.
/// </remarks>
/// <param name="hiddenSize">Number of units, the size of the hidden state. At least 1.</param>
public sealed class MinGruAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize);
