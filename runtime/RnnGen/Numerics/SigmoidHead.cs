using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>Logistic outputs and binary cross-entropy, one row of logits at a time.</summary>
/// <param name="positiveWeights">w, one per output; empty for 1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct SigmoidHead(ReadOnlySpan<float> positiveWeights) : IHead, IHeadLoss<float>
{
    private readonly ReadOnlySpan<float> _positiveWeights = positiveWeights;

    /// <summary>p = 1 / (1 + exp(-z)).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputs">p, as long as <paramref name="logits"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Activate(ReadOnlySpan<float> logits, Span<float> outputs)
    {
        for (int k = 0; k < logits.Length; k++)
        {
            outputs[k] = Probability(logits[k], Power(logits[k]));
        }
    }

    /// <summary>
    /// The sum of the binary cross-entropies in nats, (1 - t) softplus(z) + w t softplus(-z), a form that is accurate also where p rounds to 0 or 1,
    /// and its gradient (1 - t) p - w t (1 - p). With a weight w it is PyTorch's <c>BCEWithLogitsLoss(pos_weight)</c>.
    /// </summary>
    /// <param name="logits">z.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="logits"/>.</param>
    /// <param name="targets">t in 0 .. 1; NaN is ignored.</param>
    /// <returns>The score; hits are outputs on the target's side of one half, where one half itself belongs to the upper side.</returns>
    public Score Loss(ReadOnlySpan<float> logits, Span<float> gradients, ReadOnlySpan<float> targets) =>
        ElementLoss.Run(logits, gradients, targets, default(CrossEntropy), _positiveWeights);

    /// <summary>The gradient of the logits from that of the outputs: dz = dp ∘ p ∘ (1 - p).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputGradients">dp.</param>
    /// <param name="gradients">Receives dz.</param>
    public void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputGradients, Span<float> gradients)
    {
        for (int k = 0; k < logits.Length; k++)
        {
            float p = Probability(logits[k], Power(logits[k]));
            gradients[k] = outputGradients[k] * (p - (p * p));
        }
    }

    private static float Power(float logit) => Power(new Vector<float>(logit))[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Power(Vector<float> logits) => PreciseMath.Exponential(new NarrowLanes(-Vector.Abs(logits))).Value;

    /// <summary>The logistic function from exp(-|z|): small probabilities, of which users take logarithms, keep their digits.</summary>
    private static float Probability(float logit, float power) => logit < 0 ? power / (1 + power) : 1 / (1 + power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> LogOnePlus(Vector<float> power) => PreciseMath.LogOnePlus(new NarrowLanes(power)).Value;

    private readonly struct CrossEntropy : IElementLoss
    {
        public static bool Decides => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector<double> Lower, Vector<double> Upper) Of(
            Vector<float> values, Vector<float> targets, Vector<float> weights, out Vector<float> gradients)
        {
            // p is larger where z is positive, 1 - p where it is negative; softplus(z) = max(z, 0) + log(1 + exp(-|z|)).
            Vector<float> power = Power(values);
            Vector<float> larger = Vector<float>.One / (Vector<float>.One + power);
            Vector<float> smaller = power * larger;
            Vector<int> isNegative = Vector.LessThan(values, Vector<float>.Zero);
            Vector<float> negative = Vector<float>.One - targets;
            Vector<float> positive = weights * targets;
            gradients = (negative * Vector.ConditionalSelect(isNegative, smaller, larger)) - (positive * Vector.ConditionalSelect(isNegative, larger, smaller));
            Vector<float> rest = LogOnePlus(power);
            Vector<float> loss = (negative * (Vector.Max(values, Vector<float>.Zero) + rest)) + (positive * (Vector.Max(-values, Vector<float>.Zero) + rest));
            Vector.Widen(loss, out Vector<double> lower, out Vector<double> upper);
            return (lower, upper);
        }

        public double Of(float value, float target, float weight, out float gradient)
        {
            float power = Power(value);
            float larger = 1 / (1 + power);
            float smaller = power * larger;
            float negative = 1 - target;
            float positive = weight * target;
            gradient = value < 0 ? (negative * smaller) - (positive * larger) : (negative * larger) - (positive * smaller);

            float rest = LogOnePlus(new Vector<float>(power))[0];
            return (negative * (Math.Max(value, 0) + rest)) + (positive * (Math.Max(-value, 0) + rest));
        }

        public Vector<int> Hits(Vector<float> values, Vector<float> targets) => Vector.Equals(
            Vector.GreaterThanOrEqual(values, Vector<float>.Zero), Vector.GreaterThanOrEqual(targets, new Vector<float>(0.5f)));

        public bool IsHit(float value, float target) => value >= 0 == target >= 0.5f;
    }
}
