using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>Linear outputs and squared error, one row at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LinearHead : IHead, IHeadLoss<float>
{
    /// <summary>Copies the row.</summary>
    /// <param name="values">y.</param>
    /// <param name="outputs">Receives y.</param>
    public void Activate(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);

    /// <summary>The sum of the squared errors (y - t)², and its gradient 2 (y - t).</summary>
    /// <param name="values">y.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="values"/>.</param>
    /// <param name="targets">t; NaN is ignored.</param>
    /// <returns>The score, without hits.</returns>
    public Score Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets) =>
        ElementLoss.Run(values, gradients, targets, new Element());

    /// <summary>Copies the gradients.</summary>
    /// <param name="values">y.</param>
    /// <param name="outputGradients">dy.</param>
    /// <param name="gradients">Receives dy.</param>
    public void Backward(ReadOnlySpan<float> values, ReadOnlySpan<float> outputGradients, Span<float> gradients) =>
        outputGradients.CopyTo(gradients);

    private readonly struct Element : IElementLoss
    {
        public static bool Decides => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector<double> Lower, Vector<double> Upper) Of(
            Vector<float> values, Vector<float> targets, Vector<float> weights, out Vector<float> gradients)
        {
            Vector<float> error = values - targets;
            gradients = error + error;
            Vector.Widen(error, out Vector<double> lower, out Vector<double> upper);
            return (lower * lower, upper * upper);
        }

        public double Of(float value, float target, float weight, out float gradient)
        {
            float error = value - target;
            gradient = error + error;
            return (double)error * error;
        }

        public Vector<int> Hits(Vector<float> values, Vector<float> targets) => Vector<int>.Zero;

        public bool IsHit(float value, float target) => false;
    }
}
