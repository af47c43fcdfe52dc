using System.ComponentModel;
using System.Globalization;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Loss and hits of a model on data. Scores of parts can be added. A mean over no targets is NaN.</summary>
/// <param name="LossSum">Sum of the losses.</param>
/// <param name="Count">
/// Number of targets, without ignored ones: classes for a softmax, single outputs for a sigmoid or regression, numbers for quantiles, steps for a mixture,
/// windows for CTC and several heads.
/// </param>
/// <param name="Correct">
/// Number of hits. Softmax: targets equal to the most probable class, the first one of equals, as in greedy decoding. Sigmoid: outputs on the same side
/// of one half as their targets, where one half itself belongs to the upper side. CTC: number of labels minus the edit distance of greedy decoding, which can
/// be negative. Mixture: hits of the yes-or-no outputs. Quantile: targets from the lowest to the highest quantile, if there are two. Other heads: always 0. Several heads: the sum over all of them.
/// </param>
public readonly record struct Score(double LossSum, long Count, long Correct)
{
    /// <summary>
    /// Sum of the weights of the targets, by which the losses are divided for the mean: equal to <see cref="Count"/>, unless a softmax has
    /// <see cref="SoftmaxAttribute.ClassWeights"/>.
    /// </summary>
    public double TargetWeight { get; init; } = Count;

    /// <summary>
    /// Number of hits and misses, by which <see cref="Correct"/> is divided: equal to <see cref="Count"/> for a softmax, sigmoid or quantiles, number of labels for CTC, of
    /// yes-or-no targets for a mixture, 0 for other heads; for several heads, the sum over all of them.
    /// </summary>
    public long Decisions { get; init; } = Count;

    /// <summary>The mean loss; NaN without targets.</summary>
    public double Loss => LossSum / TargetWeight;

    /// <summary>
    /// The proportion of hits, 0 to 1, for CTC also less; NaN if there are neither hits nor misses, as in regression. For quantiles, this is the coverage of the
    /// interval between the outer ones: between 0.1 and 0.9, it should be 0.8.
    /// </summary>
    public double Accuracy => (double)Correct / Decisions;

    /// <summary>
    /// The proportion of misses, 1 - <see cref="Accuracy"/>. For CTC, this is the label error rate: insertions, deletions and replacements that turn the labels
    /// into those of greedy decoding, divided by the number of labels. It can exceed 1.
    /// </summary>
    public double ErrorRate => 1 - Accuracy;

    /// <summary>The mean loss in bits, for losses in nats (cross-entropies): bits per character for a model of characters.</summary>
    public double BitsPerTarget => Loss / PortableMath.LnTwo;

    /// <summary>The score in one line, the same in every culture; the accuracy only where there is one.</summary>
    /// <returns>Such as <c>loss 1.234, accuracy 56.7 %, 1200 targets</c>.</returns>
    public override string ToString()
    {
        string accuracy = Decisions > 0 ? string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * Accuracy:0.0} %") : "";
        return string.Create(CultureInfo.InvariantCulture, $"loss {Loss:G4}{accuracy}, {Count} targets");
    }

    /// <summary>Adds the scores of two parts.</summary>
    /// <param name="a">The first score.</param>
    /// <param name="b">The second score.</param>
    /// <returns>The sum.</returns>
    public static Score operator +(Score a, Score b) =>
        new(a.LossSum + b.LossSum, a.Count + b.Count, a.Correct + b.Correct)
        {
            TargetWeight = a.TargetWeight + b.TargetWeight,
            Decisions = a.Decisions + b.Decisions,
        };

    /// <summary>Adds a head to the score of a window with several heads. The window counts as one target if any head has a target that counts.</summary>
    /// <param name="head">The score of the head over this window.</param>
    /// <param name="weight">The factor of its mean loss.</param>
    /// <returns>The score of the window.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Score WithHead(Score head, double weight) => head.TargetWeight > 0
        ? new Score(LossSum + (head.LossSum * head.Share(weight)), 1, Correct + head.Correct) { Decisions = Decisions + head.Decisions }
        : this;

    /// <summary>The contribution of one target of unit weight to the weighted mean of one head over a window.</summary>
    /// <param name="weight">The weight of the mean.</param>
    /// <returns>The weight divided by <see cref="TargetWeight"/>; 0 without targets.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Share(double weight) => TargetWeight > 0 ? weight / TargetWeight : 0;
}
