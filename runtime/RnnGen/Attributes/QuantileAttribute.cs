namespace RnnGen;

/// <summary>
/// A head that predicts quantiles of its targets: numbers that the target stays below with given probabilities (Koenker and Bassett 1978). Between the
/// outputs for 0.1 and 0.9 lie 80 % of the targets, if the model is right. Quantiles of one target never cross.
/// </summary>
/// <remarks>
/// <para>The sums z of a dense layer become the quantiles q, in ascending order, target by target:</para>
/// <code>
/// q_1 = z_1,  q_k = q_{k-1} + log(1 + exp z_k)
///
/// loss = mean over k of max(τ_k (t - q_k), (τ_k - 1) (t - q_k))     for each target t, with the levels τ
/// </code>
/// <para>
/// Targets are [steps x Targets]; NaN is ignored. With two levels or more, a hit is a target from the lowest to the highest quantile, so that
/// <see cref="Score.Accuracy"/> is the coverage of that interval.
/// </para>
/// </remarks>
/// <param name="levels">The levels τ: at least one, ascending, each greater than 0 and less than 1.</param>
[CLSCompliant(false)] // Its argument is an array.
public sealed class QuantileAttribute(params double[] levels) : HeadAttribute(size: 0)
{
    /// <summary>The levels.</summary>
    public double[] Levels { get; } = levels;

    /// <summary>Number of targets per step, each of which has a quantile for each level: 1 by default, at most 1,000,000.</summary>
    public int Targets { get; set; } = 1;

    /// <summary>Number of outputs per step: <see cref="Targets"/> times the number of levels.</summary>
    public override int Size => Targets * Levels.Length;
}
