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
/// integers in <c>0 .. size - 1</c>; a negative target is ignored: it has no loss and no gradient, and does not count.
/// </summary>
/// <param name="size">Number of classes. At least 1.</param>
public sealed class SoftmaxAttribute(int size) : HeadAttribute(size)
{
    /// <summary>
    /// What the losses of the classes are multiplied by, one number per class, finite and at least 0: <c>ClassWeights = [1, 2.5]</c>. The mean
    /// is over the weights of the targets: PyTorch's <c>CrossEntropyLoss(weight=...)</c>. None by default.
    /// </summary>
    public double[] ClassWeights { get; set; } = [];

    /// <summary>
    /// Name of the model's embedding whose vectors are the weights of the classes, too (Press and Wolf 2017): <c>Tied = nameof(Words)</c>.
    /// The head must have as many classes as the vocabulary has tokens, and read as many numbers as a vector has. There is one
    /// parameter, the embedding's <c>weight</c>, which gets the gradients of both uses; the head only has its bias, also in checkpoints.
    /// </summary>
    public string? Tied { get; set; }
}

/// <summary>
/// A head of independent yes-or-no answers: dense layer, logistic function, and the binary cross-entropy loss in nats. Its
/// targets are numbers in <c>0 .. 1</c>, one per output; a target that is NaN is ignored: it has no loss and no gradient, and does not count.
/// </summary>
/// <param name="size">Number of answers. At least 1.</param>
public sealed class SigmoidAttribute(int size) : HeadAttribute(size)
{
    /// <summary>
    /// What the losses of positive targets are multiplied by, one number per output, finite and at least 0: <c>PositiveWeights = [10]</c>. The
    /// mean is over all targets alike: PyTorch's <c>BCEWithLogitsLoss(pos_weight=...)</c>. None by default.
    /// </summary>
    public double[] PositiveWeights { get; set; } = [];
}

/// <summary>
/// A head for regression: dense layer and, unless <see cref="Loss"/> says otherwise, the squared error. Its
/// targets are numbers, one per output; a target that is NaN is ignored: it has no loss and no gradient, and does not count.
/// </summary>
/// <param name="size">Numbers per step. At least 1.</param>
public sealed class LinearAttribute(int size) : HeadAttribute(size)
{
    /// <summary>The loss. The squared error by default.</summary>
    public Loss Loss { get; set; }

    /// <summary>Where <see cref="RnnGen.Loss.Huber"/> turns from a parabola into a line: more than 0 and finite, 1 by default.</summary>
    public double Delta { get; set; } = 1;
}

/// <summary>What a head for regression minimises: a mean over all numbers.</summary>
public enum Loss
{
    /// <summary>(y - t)², PyTorch's <c>MSELoss</c>.</summary>
    SquaredError,

    /// <summary>|y - t|, PyTorch's <c>L1Loss</c>: outliers count no more than their distance. Its derivative at 0 is 0.</summary>
    AbsoluteError,

    /// <summary>½ (y - t)² up to the distance delta, beyond it delta · (|y - t| - ½ delta): PyTorch's <c>HuberLoss</c> (Huber 1964).</summary>
    Huber,
}
