using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>Logistic outputs and binary cross-entropy, one row of logits at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SigmoidHead
{
    /// <summary>p = 1 / (1 + exp(-z)).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputs">p, as long as <paramref name="logits"/>.</param>
    public static void Activate(ReadOnlySpan<float> logits, Span<float> outputs)
    {
        for (int k = 0; k < logits.Length; k++)
        {
            outputs[k] = VectorMath.Sigmoid(logits[k]);
        }
    }

    /// <summary>
    /// The sum of the binary cross-entropies in nats, max(z, 0) - z t + log(1 + exp(-|z|)), which is exact where p rounds to 0 or 1, and
    /// its gradient p - t.
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
            float power = MathF.Exp(-MathF.Abs(z));
            loss += Math.Max(z, 0) - (z * targets[k]) + MathF.Log(1 + power);
            gradients[k] = VectorMath.Sigmoid(z) - targets[k];
        }

        return loss;
    }

    /// <summary>The gradient of the logits from that of the outputs: dz = dp ∘ p ∘ (1 - p).</summary>
    /// <param name="logits">z.</param>
    /// <param name="outputGradients">dp.</param>
    /// <param name="gradients">Takes dz.</param>
    public static void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputGradients, Span<float> gradients)
    {
        for (int k = 0; k < logits.Length; k++)
        {
            float p = VectorMath.Sigmoid(logits[k]);
            gradients[k] = outputGradients[k] * (p - (p * p));
        }
    }
}
