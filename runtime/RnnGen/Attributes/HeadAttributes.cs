namespace RnnGen;

/// <summary>Base class of the attributes of heads: a dense layer with an activation and the loss that belongs to it.</summary>
/// <param name="size">Number of outputs per step. At least 1.</param>
public abstract class HeadAttribute(int size) : LayerAttribute(size)
{
    /// <summary>Whether the head has a bias. <see langword="true"/> by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// The factor of the head's mean loss in a model with several heads: finite, at least 0, 1 by default. The loss of such a model is the weighted sum of
    /// the mean losses of its heads over a window.
    /// </summary>
    public double Weight { get; set; } = 1;
}

/// <summary>
/// A head that chooses one of several classes: dense layer, softmax, and cross-entropy loss in nats. Targets are
/// integers in <c>0 .. size - 1</c>, one per step. A negative target is ignored: it has no loss and no gradient, and is not counted.
/// </summary>
/// <param name="size">Number of classes. At least 1.</param>
public sealed class SoftmaxAttribute(int size) : HeadAttribute(size)
{
    /// <summary>
    /// The factors of the losses of the classes, one per class, finite and at least 0: <c>ClassWeights = [1, 2.5]</c>. The mean loss is divided
    /// by the sum of the targets' weights, as in PyTorch's <c>CrossEntropyLoss(weight=...)</c>. Empty by default: all are 1.
    /// </summary>
    public double[] ClassWeights { get; set; } = [];

    /// <summary>
    /// The name of an embedding of the model whose table also serves as the head's weights (Press and Wolf 2017): <c>Tied = nameof(Words)</c>.
    /// The head must have as many classes as the vocabulary has tokens, and as many inputs as a vector of the embedding has elements. There is one shared
    /// parameter, the embedding's <c>weight</c>, which receives the gradients of both uses. The head has only its bias, also in checkpoints. Null by default.
    /// </summary>
    public string? Tied { get; set; }
}

/// <summary>
/// A head of independent yes-or-no outputs: dense layer, logistic function, and binary cross-entropy loss in nats. Targets
/// are numbers in <c>0 .. 1</c>, one per output; those between are the probability of a yes. A target that is NaN is ignored: it has no loss and no gradient, and is not
/// counted. <c>Fit</c> refuses other targets when it begins; <c>Train</c>, <c>Accumulate</c> and <c>Backward</c> do not look: their loss has no minimum, and the logits
/// grow without end.
/// </summary>
/// <param name="size">Number of outputs per step. At least 1.</param>
public sealed class SigmoidAttribute(int size) : HeadAttribute(size)
{
    /// <summary>
    /// The factors of the losses of positive targets, one per output, finite and at least 0: <c>PositiveWeights = [10]</c>. The mean
    /// loss is divided by the number of targets, as in PyTorch's <c>BCEWithLogitsLoss(pos_weight=...)</c>. Empty by default: all are 1.
    /// </summary>
    public double[] PositiveWeights { get; set; } = [];
}

/// <summary>
/// A head for regression: dense layer and squared error, or another <see cref="Loss"/>. Targets
/// are numbers, one per output. A target that is NaN is ignored: it has no loss and no gradient, and is not counted.
/// </summary>
/// <param name="size">Number of outputs per step. At least 1.</param>
public sealed class LinearAttribute(int size) : HeadAttribute(size)
{
    /// <summary>The loss. The squared error by default.</summary>
    public Loss Loss { get; set; }

    /// <summary>The distance at which <see cref="RnnGen.Loss.Huber"/> changes from quadratic to linear: finite and greater than 0, 1 by default.</summary>
    public double Delta { get; set; } = 1;
}

/// <summary>The loss of a head for regression, averaged over all outputs.</summary>
public enum Loss
{
    /// <summary>Squared error, (y - t)²: PyTorch's <c>MSELoss</c>.</summary>
    SquaredError,

    /// <summary>Absolute error, |y - t|: PyTorch's <c>L1Loss</c>, less sensitive to outliers. Its derivative at 0 is 0.</summary>
    AbsoluteError,

    /// <summary>½ (y - t)² up to the distance delta, and delta · (|y - t| - ½ delta) beyond it: PyTorch's <c>HuberLoss</c> (Huber 1964).</summary>
    Huber,
}
