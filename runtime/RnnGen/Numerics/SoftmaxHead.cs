using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>Softmax and cross-entropy, one row of logits at a time. The relative error of exponentials is below 9e-8.</summary>
/// <param name="classWeights">w, one per class; empty for 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct SoftmaxHead(ReadOnlySpan<float> classWeights) : IHead, IHeadLoss<int>
{
    private readonly ReadOnlySpan<float> _classWeights = classWeights;

    /// <summary>p = exp(z - max z) / Σ exp(z - max z).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputs">p, as long as <paramref name="logits"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Activate(ReadOnlySpan<float> logits, Span<float> outputs)
    {
        float sum = Exponentials(logits, outputs, Max(logits));
        Scale(outputs, 1 / sum);
    }

    /// <summary>
    /// The cross-entropy of one target in nats, w (log Σ exp z - z[target]), and its gradient w (p - onehot(target)). With weights it is
    /// PyTorch's <c>CrossEntropyLoss(weight)</c>, whose mean is divided by the weights of the targets.
    /// </summary>
    /// <param name="logits">z.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="logits"/>.</param>
    /// <param name="targets">The class; a negative one is ignored, and its gradient is zero.</param>
    /// <returns>The score; a hit is the first of the largest logits, the class that <see cref="Sampler.MostLikely"/> takes.</returns>
    public Score Loss(ReadOnlySpan<float> logits, Span<float> gradients, ReadOnlySpan<int> targets)
    {
        int target = targets[0];
        if (target < 0)
        {
            gradients.Clear();
            return default;
        }

        float weight = _classWeights.IsEmpty ? 1 : _classWeights[target];
        float max = Max(logits);
        float logit = logits[target];
        bool isHit = logit == max && !HasBefore(logits, target, max);
        float sum = Exponentials(logits, gradients, max);
        Scale(gradients, weight / sum);
        gradients[target] -= weight;
        return new Score(weight * (PortableMath.Log(sum) + max - logit), 1, isHit ? 1 : 0) { TargetWeight = weight };
    }

    /// <summary>The gradient of the logits from that of the probabilities: dz = p ∘ (dp - Σ p ∘ dp).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputGradients">dp.</param>
    /// <param name="gradients">Receives dz.</param>
    public void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputGradients, Span<float> gradients)
    {
        Activate(logits, gradients);
        float mean = 0;
        for (int k = 0; k < gradients.Length; k++)
        {
            mean += gradients[k] * outputGradients[k];
        }

        for (int k = 0; k < gradients.Length; k++)
        {
            gradients[k] *= outputGradients[k] - mean;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Max(ReadOnlySpan<float> values)
    {
        int width = Vector<float>.Count;
        int k = 0;
        float max = values[0];
        if (values.Length >= width)
        {
            // NaN, if there is one, is the largest.
            var most = new Vector<float>(values);
            for (k = width; k <= values.Length - width; k += width)
            {
                most = Vector.Max(most, new Vector<float>(values[k..]));
            }

            for (int lane = 0; lane < width; lane++)
            {
                max = Math.Max(max, most[lane]);
            }
        }

        for (; k < values.Length; k++)
        {
            max = Math.Max(max, values[k]);
        }

        return max;
    }

    /// <summary>Whether a value occurs before an index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasBefore(ReadOnlySpan<float> values, int place, float value)
    {
        int width = Vector<float>.Count;
        int k = 0;
        for (; k <= place - width; k += width)
        {
            if (Vector.EqualsAny(new Vector<float>(values[k..]), new Vector<float>(value)))
            {
                return true;
            }
        }

        for (; k < place; k++)
        {
            if (values[k] == value)
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Exponentials(ReadOnlySpan<float> logits, Span<float> outputs, float max)
    {
        int whole = logits.Length / SixteenSums.Block * SixteenSums.Block;
        float sum = 0;
        if (whole > 0)
        {
            Span<float> sums = stackalloc float[SixteenSums.Block];
            for (int first = 0; first < SixteenSums.Block; first += Vector<float>.Count)
            {
                Vector<float> some = Vector<float>.Zero;
                for (int k = first; k < whole; k += SixteenSums.Block)
                {
                    Vector<float> power = Power(new Vector<float>(logits[k..]), max);
                    power.CopyTo(outputs[k..]);
                    some += power;
                }

                some.CopyTo(sums[first..]);
            }

            sum = SixteenSums.Total(sums);
        }

        if (whole < logits.Length)
        {
            // The rest is padded to whole vectors.
            Span<float> rest = stackalloc float[SixteenSums.Block];
            logits[whole..].CopyTo(rest);
            for (int k = 0; k < logits.Length - whole; k += Vector<float>.Count)
            {
                Power(new Vector<float>(rest[k..]), max).CopyTo(rest[k..]);
            }

            rest[..(logits.Length - whole)].CopyTo(outputs[whole..]);
            for (int k = whole; k < logits.Length; k++)
            {
                sum += outputs[k];
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Power(Vector<float> logits, float max) => PreciseMath.Exponential(new NarrowLanes(logits - new Vector<float>(max))).Value;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale(Span<float> values, float factor)
    {
        int width = Vector<float>.Count;
        int k = 0;
        for (; k <= values.Length - width; k += width)
        {
            (new Vector<float>(values[k..]) * factor).CopyTo(values[k..]);
        }

        for (; k < values.Length; k++)
        {
            values[k] *= factor;
        }
    }
}
