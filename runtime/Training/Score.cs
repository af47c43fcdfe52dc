using System.ComponentModel;

namespace RnnGen;

/// <summary>How well a model does on data. Scores of parts add up to that of the whole. A mean over nothing is NaN, here as everywhere.</summary>
/// <param name="LossSum">Sum of the losses.</param>
/// <param name="Count">
/// Number of targets, those ignored left out: classes for a softmax, single outputs for the other heads, windows for several heads.
/// </param>
/// <param name="Correct">
/// Hits. Softmax: targets that are the class with the highest probability, of several such classes the first, which greedy decoding takes, too. Sigmoid:
/// outputs on the target's side of one half, where one half itself is on the upper side, of outputs and of targets. The other heads know no hits. Of several
/// heads, those of all.
/// </param>
public readonly record struct Score(double LossSum, long Count, long Correct)
{
    /// <summary>
    /// Sum of the targets' weights, what the mean loss is divided by: as many as <see cref="Count"/>, unless a softmax has
    /// <see cref="SoftmaxAttribute.ClassWeights"/>.
    /// </summary>
    public double TargetWeight { get; init; } = Count;

    /// <summary>
    /// Targets that are hit or missed, what <see cref="Correct"/> is divided by: as many as <see cref="Count"/> for a softmax or sigmoid, none for other heads;
    /// of several heads, those of all.
    /// </summary>
    public long Decisions { get; init; } = Count;

    /// <summary>The mean loss; NaN without a target.</summary>
    public double Loss => LossSum / TargetWeight;

    /// <summary>The share of hits, 0 to 1; NaN where nothing is hit or missed, as in a regression.</summary>
    public double Accuracy => (double)Correct / Decisions;

    /// <summary>The mean loss in bits, for losses in nats (cross-entropies): bits per character, of a model of characters.</summary>
    public double BitsPerTarget => Loss / Math.Log(2);

    /// <summary>The score of two parts together.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <returns>Their sum.</returns>
    public static Score operator +(Score a, Score b) =>
        new(a.LossSum + b.LossSum, a.Count + b.Count, a.Correct + b.Correct)
        {
            TargetWeight = a.TargetWeight + b.TargetWeight,
            Decisions = a.Decisions + b.Decisions,
        };

    /// <summary>The score of a window of several heads, to which one is added. The window is one target as soon as a head has one that counts.</summary>
    /// <param name="head">The score of the head over this window.</param>
    /// <param name="weight">What its mean loss is multiplied by.</param>
    /// <returns>The score of the window.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Score WithHead(Score head, double weight) => head.TargetWeight > 0
        ? new Score(LossSum + (head.LossSum * head.Share(weight)), 1, Correct + head.Correct) { Decisions = Decisions + head.Decisions }
        : this;

    /// <summary>What one target of unit weight counts in a weighted mean: one head of several, over a window.</summary>
    /// <param name="weight">The weight of the mean.</param>
    /// <returns>The weight over <see cref="TargetWeight"/>; 0 without a target.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public double Share(double weight) => TargetWeight > 0 ? weight / TargetWeight : 0;
}
