using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.CompilerServices;

/// <summary>Logistic outputs and binary cross-entropy, one row of logits at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SigmoidHead
{
    /// <summary>p = 1 / (1 + exp(-z)).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputs">p, as long as <paramref name="logits"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate(ReadOnlySpan<float> logits, Span<float> outputs)
    {
        for (int k = 0; k < logits.Length; k++)
        {
            outputs[k] = Probability(logits[k], Power(logits[k]));
        }
    }

    /// <summary>
    /// The sum of the binary cross-entropies in nats, max(z, 0) - z t + log(1 + exp(-|z|)), which is good where p rounds to 0 or 1, too,
    /// and its gradient p - t.
    /// </summary>
    /// <param name="logits">z.</param>
    /// <param name="gradients">Takes the gradient.</param>
    /// <param name="targets">t in 0 .. 1.</param>
    /// <returns>The loss.</returns>
    public static double Loss(ReadOnlySpan<float> logits, Span<float> gradients, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        for (int k = 0; k < logits.Length; k++)
        {
            float z = logits[k];
            float power = Power(z);

            loss += CrossEntropy(z, power, targets[k]);
            gradients[k] = Probability(z, power) - targets[k];
        }

        return loss;
    }

    /// <summary>The losses of a row and the number of outputs on the target's side of one half.</summary>
    /// <param name="logits">z.</param>
    /// <param name="targets">t in 0 .. 1.</param>
    /// <returns>The score.</returns>
    public static Score Score(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        int correct = 0;
        for (int k = 0; k < logits.Length; k++)
        {
            loss += CrossEntropy(logits[k], Power(logits[k]), targets[k]);
            correct += logits[k] >= 0 == targets[k] >= 0.5f ? 1 : 0;
        }

        return new Score(loss, logits.Length, correct);
    }

    /// <summary>The gradient of the logits from that of the outputs: dz = dp ∘ p ∘ (1 - p).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputGradients">dp.</param>
    /// <param name="gradients">Takes dz.</param>
    public static void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputGradients, Span<float> gradients)
    {
        for (int k = 0; k < logits.Length; k++)
        {
            float p = Probability(logits[k], Power(logits[k]));
            gradients[k] = outputGradients[k] * (p - (p * p));
        }
    }

    /// <summary>1 + x swallows a small x; where it does, log(1 + x) is x.</summary>
    private static double CrossEntropy(float logit, float power, float target) =>
        Math.Max(logit, 0) - ((double)logit * target) + (power < 1e-6f ? power : Math.Log(1.0 + power));

    private static float Power(float logit) => MathF.Exp(-MathF.Abs(logit));

    /// <summary>The logistic function from exp(-|z|): small probabilities keep their digits, which users take logarithms of.</summary>
    private static float Probability(float logit, float power) => logit < 0 ? power / (1 + power) : 1 / (1 + power);
}
