namespace RnnGen;

/// <summary>
/// A minGRU layer (Feng et al. 2024, "Were RNNs All We Needed?"): <c>z = σ(W_iz·x + b_iz)</c>, <c>n = W_in·x + b_in</c>,
/// <c>h' = (1 - z) ∘ h + z ∘ n</c>. No matrix reads the state, so that it has a third of a GRU's weights where input and state are of one size.
/// The checkpoint has <c>weight_ih_l0</c> and <c>bias_ih_l0</c>, rows of the gates in the order z, n. Its state is <c>h</c>.
/// </summary>
/// <remarks>
/// <see cref="RecurrentAttribute.RecurrentDropout"/> has nothing to drop here, and is an error. The paper's gates have no biases:
/// <c>Bias = false</c>.
/// </remarks>
/// <param name="hiddenSize">Units of the layer, the size of its hidden state. At least 1.</param>
public sealed class MinGruAttribute(int hiddenSize) : RecurrentAttribute(hiddenSize);
