using System.ComponentModel;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>Quantiles that cannot cross and the quantile loss, one row at a time: the equations of <see cref="QuantileAttribute"/>.</summary>
/// <param name="levels">τ.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct QuantileHead(ReadOnlySpan<float> levels) : IHead, IHeadLoss<float>
{
    private readonly ReadOnlySpan<float> _levels = levels;

    /// <summary>The quantiles.</summary>
    /// <param name="values">z.</param>
    /// <param name="outputs">Receives q, as long as <paramref name="values"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Activate(ReadOnlySpan<float> values, Span<float> outputs)
    {
        for (int first = 0; first < values.Length; first += _levels.Length)
        {
            double quantile = 0;
            for (int k = 0; k < _levels.Length; k++)
            {
                quantile = Next(quantile, values[first + k], k);
                outputs[first + k] = (float)quantile;
            }
        }
    }

    /// <summary>The sum of the losses of the targets, and its gradient.</summary>
    /// <param name="values">z.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="values"/>.</param>
    /// <param name="targets">t; NaN is ignored.</param>
    /// <returns>The score; hits are targets from the lowest to the highest quantile, if there are two.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Score Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        int count = 0;
        int covered = 0;
        for (int target = 0; target < targets.Length; target++)
        {
            int first = target * _levels.Length;
            Span<float> own = gradients.Slice(first, _levels.Length);
            if (float.IsNaN(targets[target]))
            {
                own.Clear();
                continue;
            }

            sum += Loss(values.Slice(first, _levels.Length), own, targets[target], out bool isCovered);
            count++;
            covered += isCovered ? 1 : 0;
        }

        return new Score(sum, count, covered) { Decisions = _levels.Length > 1 ? count : 0 };
    }

    /// <summary>The gradient of z from that of the quantiles: each quantile moves all above it.</summary>
    /// <param name="values">z.</param>
    /// <param name="outputGradients">dq.</param>
    /// <param name="gradients">Receives dz.</param>
    public void Backward(ReadOnlySpan<float> values, ReadOnlySpan<float> outputGradients, Span<float> gradients)
    {
        for (int first = 0; first < values.Length; first += _levels.Length)
        {
            double above = 0;
            for (int k = _levels.Length - 1; k >= 0; k--)
            {
                above += outputGradients[first + k];
                gradients[first + k] = (float)(above * Slope(values[first + k], k));
            }
        }
    }

    private double Loss(ReadOnlySpan<float> values, Span<float> gradients, float target, out bool isCovered)
    {
        double loss = 0;
        double above = 0;
        double quantile = 0;
        bool isAboveLowest = true;
        for (int k = 0; k < values.Length; k++)
        {
            quantile = Next(quantile, values[k], k);
            isAboveLowest &= k > 0 || target >= quantile;
            double slope = Slope(target, quantile, k);
            loss += slope * (quantile - target);
            above += slope;
        }

        isCovered = values.Length > 1 && isAboveLowest && target <= quantile;

        // A value is read before its gradient, which may be at the same place, is written.
        quantile = 0;
        for (int k = 0; k < values.Length; k++)
        {
            float value = values[k];
            quantile = Next(quantile, value, k);
            gradients[k] = (float)(above * Slope(value, k));
            above -= Slope(target, quantile, k);
        }

        return loss;
    }

    /// <summary>The derivative of the loss with respect to a quantile: at the target itself, that from below.</summary>
    private double Slope(float target, double quantile, int level) => ((quantile > target ? 1.0 : 0.0) - _levels[level]) / _levels.Length;

    /// <summary>The derivative of a quantile with respect to its value.</summary>
    private static double Slope(float value, int level) => level == 0 ? 1 : 1 / (1 + PortableMath.Exp(-(double)value));

    private static double Next(double before, float value, int level) =>
        level == 0 ? value : before + Math.Max(value, 0) + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs((double)value)));
}
