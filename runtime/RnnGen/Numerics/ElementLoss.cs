using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Numerics;

/// <summary>A loss that is a sum over elements, each with its own target.</summary>
internal interface IElementLoss
{
    /// <summary>Whether there are hits and misses.</summary>
    static abstract bool Decides { get; }

    /// <summary>The losses of a vector of values, and their derivatives with respect to these.</summary>
    /// <param name="values">The outputs of a layer, before the activation.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="weights">The weights of positive targets, for a loss that has them.</param>
    /// <param name="gradients">Receives the derivatives.</param>
    /// <returns>The losses: the lower half of the vector and the upper one.</returns>
    (Vector<double> Lower, Vector<double> Upper) Of(Vector<float> values, Vector<float> targets, Vector<float> weights, out Vector<float> gradients);

    /// <summary>The same for a single value.</summary>
    /// <param name="value">The output of a layer, before the activation.</param>
    /// <param name="target">The target.</param>
    /// <param name="weight">The weight of a positive target.</param>
    /// <param name="gradient">Receives the derivative.</param>
    /// <returns>The loss.</returns>
    double Of(float value, float target, float weight, out float gradient);

    /// <summary>All bits set where the value is on the target's side of a threshold.</summary>
    /// <param name="values">The outputs of a layer, before the activation.</param>
    /// <param name="targets">The targets.</param>
    Vector<int> Hits(Vector<float> values, Vector<float> targets);

    /// <summary>The same for a single value.</summary>
    /// <param name="value">The output of a layer, before the activation.</param>
    /// <param name="target">The target.</param>
    bool IsHit(float value, float target);
}

/// <summary>Computes a loss over a row, the same bits with vectors of every width. A target that is NaN is ignored: no loss, no gradient, not counted.</summary>
internal static class ElementLoss
{
    /// <param name="values">The outputs of a layer, before the activation.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="values"/>.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="weights">The weights of positive targets; empty if all are 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Score Run<TLoss>(
        ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets, TLoss loss, ReadOnlySpan<float> weights = default)
        where TLoss : struct, IElementLoss
    {
        int whole = values.Length / SixteenSums.Block * SixteenSums.Block;
        double sum = 0;
        int count = 0;
        int correct = 0;
        if (whole > 0)
        {
            Span<double> sums = stackalloc double[SixteenSums.Block];
            Vector<int> counts = Vector<int>.Zero;
            Vector<int> hits = Vector<int>.Zero;
            for (int first = 0; first < SixteenSums.Block; first += Vector<float>.Count)
            {
                Vector<double> lowerSums = Vector<double>.Zero;
                Vector<double> upperSums = Vector<double>.Zero;
                for (int k = first; k < whole; k += SixteenSums.Block)
                {
                    var value = new Vector<float>(values[k..]);
                    var target = new Vector<float>(targets[k..]);
                    Vector<float> weight = weights.IsEmpty ? Vector<float>.One : new Vector<float>(weights[k..]);
                    Vector<int> isTarget = Vector.Equals(target, target);
                    (Vector<double> lower, Vector<double> upper) = loss.Of(value, target, weight, out Vector<float> gradient);
                    (gradient & Vector.AsVectorSingle(isTarget)).CopyTo(gradients[k..]);
                    Vector.Widen(isTarget, out Vector<long> isLower, out Vector<long> isUpper);
                    lowerSums += lower & Vector.AsVectorDouble(isLower);
                    upperSums += upper & Vector.AsVectorDouble(isUpper);
                    counts -= isTarget;
                    hits -= loss.Hits(value, target) & isTarget;
                }

                lowerSums.CopyTo(sums[first..]);
                upperSums.CopyTo(sums[(first + Vector<double>.Count)..]);
            }

            sum = SixteenSums.Total(sums);
            count = Vector.Sum(counts);
            correct = Vector.Sum(hits);
        }

        for (int k = whole; k < values.Length; k++)
        {
            float value = values[k];
            float target = targets[k];
            if (float.IsNaN(target))
            {
                gradients[k] = 0;
                continue;
            }

            sum += loss.Of(value, target, weights.IsEmpty ? 1 : weights[k], out gradients[k]);
            count++;
            correct += loss.IsHit(value, target) ? 1 : 0;
        }

        return new Score(sum, count, correct) { Decisions = TLoss.Decides ? count : 0 };
    }
}
