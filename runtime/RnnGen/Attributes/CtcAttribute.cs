namespace RnnGen;

/// <summary>
/// A head for labels whose alignment with the steps is unknown, such as the phonemes of an utterance: connectionist temporal classification (Graves et al.
/// 2006). A dense layer and a softmax give the probabilities y of all labels and of a blank at every step. The loss of a window is the negative log
/// likelihood of its labels, over all ways to align them, in nats.
/// </summary>
/// <remarks>
/// <para>
/// A path has one output per step: labels, each for one or more steps, and blanks between them, which two equal labels in a row need. With the labels
/// l_1 .. l_n, a_i(t) is the log probability of all paths up to step t that end with label i, b_i(t) of those that end with the blank behind it:
/// </para>
/// <code>
/// b_i(t) = log(exp b_i(t - 1) + exp a_i(t - 1)) + log y(t)[blank]
/// a_i(t) = log(exp a_i(t - 1) + exp b_i-1(t - 1) + [l_i ≠ l_i-1] exp a_i-1(t - 1)) + log y(t)[l_i]
/// loss   = -log(exp a_n(T) + exp b_n(T))
/// dz(t)  = y(t) - Σ P(path is at label k at step t | labels) onehot(k)
/// </code>
/// <para>
/// Targets are the labels of a window: classes as in PyTorch's <c>ctc_loss</c>, 1 .. labels or, with the blank last, 0 .. labels - 1. There may be none. A
/// negative number ends them. In a batch, each window has as many targets as steps: its labels, then negative numbers. A target that begins with a number
/// below -1 is ignored: it has no loss and no gradient, and is not counted. With several heads, an empty target leaves the head out, and -1 stands for no labels.
/// </para>
/// <para>
/// n labels, of which r are equal to the label before them, need a window of n + r steps. For a target that does not fit, see <see cref="ZeroInfinity"/>.
/// </para>
/// <para>
/// Each window counts as one target. <see cref="Score.Accuracy"/> is that of greedy decoding, 1 - <see cref="Score.ErrorRate"/>. The first call of
/// <c>Evaluate</c> with a state or batch allocates the memory that its loss needs. A tape has room for a target with one label per step, 8 bytes x steps².
/// </para>
/// </remarks>
/// <param name="labels">Number of labels without the blank. At least 1. The head has one output more.</param>
public sealed class CtcAttribute(int labels) : HeadAttribute(labels + 1)
{
    /// <summary>Which output is the blank: the first one by default, as in PyTorch.</summary>
    public CtcBlank Blank { get; set; }

    /// <summary>What the loss of a window is. By default, it is divided by the number of labels, as in PyTorch.</summary>
    public CtcReduction Reduction { get; set; }

    /// <summary>
    /// Whether a target that does not fit its window is ignored: it has no loss and no gradient, and is not counted. PyTorch's <c>zero_infinity</c> counts it as 0.
    /// <see langword="false"/> by default: it is an <see cref="ArgumentException"/>.
    /// </summary>
    public bool ZeroInfinity { get; set; }
}

/// <summary>Which output of a <see cref="CtcAttribute"/> is the blank.</summary>
public enum CtcBlank
{
    /// <summary>Output 0; labels are 1, 2, ...: PyTorch's default.</summary>
    First,

    /// <summary>The last output; labels are 0, 1, ...: as in TensorFlow and Keras.</summary>
    Last,
}

/// <summary>What the loss of a window of a <see cref="CtcAttribute"/> is. Mean losses are over windows.</summary>
public enum CtcReduction
{
    /// <summary>The negative log likelihood divided by the number of labels, or by 1 if there are none: PyTorch's <c>reduction="mean"</c>.</summary>
    Mean,

    /// <summary>The negative log likelihood: <see cref="Score.LossSum"/> is PyTorch's <c>reduction="sum"</c>.</summary>
    Sum,
}
