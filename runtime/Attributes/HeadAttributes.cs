namespace RnnGen;

/// <summary>Base of the attributes of heads: a dense layer with the activation and the loss that belong together.</summary>
/// <param name="size">Numbers that the head puts out per step. At least 1.</param>
public abstract class HeadAttribute(int size) : LayerAttribute(size)
{
    /// <summary>Whether the head has a bias. <see langword="true"/> by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// What the head's mean loss is multiplied by where a model has several heads: finite, at least 0, 1 by default. Such a model's loss is the
    /// weighted sum of its heads' means over a window.
    /// </summary>
    public double Weight { get; set; } = 1;
}

/// <summary>
/// A head that chooses one of several classes: dense layer, softmax, and the cross-entropy loss in nats. Its targets are
/// integers in <c>0 .. size - 1</c>; a negative target is ignored.
/// </summary>
/// <param name="size">Number of classes. At least 1.</param>
public sealed class SoftmaxAttribute(int size) : HeadAttribute(size);

/// <summary>
/// A head of independent yes-or-no answers: dense layer, logistic function, and the binary cross-entropy loss in nats. Its
/// targets are numbers in <c>0 .. 1</c>, one per output.
/// </summary>
/// <param name="size">Number of answers. At least 1.</param>
public sealed class SigmoidAttribute(int size) : HeadAttribute(size);

/// <summary>
/// A head for regression: dense layer and the squared-error loss, whose mean over all elements is PyTorch's <c>MSELoss</c>. Its
/// targets are numbers, one per output.
/// </summary>
/// <param name="size">Numbers per step. At least 1.</param>
public sealed class LinearAttribute(int size) : HeadAttribute(size);
