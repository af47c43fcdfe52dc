using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>Huber's loss (Huber 1964), one row at a time: ½ e² up to delta, delta · (|e| - ½ delta) beyond it.</summary>
/// <param name="delta">The distance at which the loss changes from quadratic to linear.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HuberLoss(float delta) : IHeadLoss<float>
{
    /// <summary>The sum of the losses, and its gradient, y - t limited to ±delta.</summary>
    /// <param name="values">y.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="values"/>.</param>
    /// <param name="targets">t; NaN is ignored.</param>
    /// <returns>The score, without hits.</returns>
    public Score Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets) =>
        ElementLoss.Run(values, gradients, targets, new Element(delta));

    private readonly struct Element(float delta) : IElementLoss
    {
        public static bool Decides => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector<double> Lower, Vector<double> Upper) Of(
            Vector<float> values, Vector<float> targets, Vector<float> weights, out Vector<float> gradients)
        {
            Vector<float> error = values - targets;
            gradients = VectorMath.Clip(error, -delta, delta);
            Vector.Widen(Vector.Abs(error), out Vector<double> lower, out Vector<double> upper);
            return (Of(lower), Of(upper));
        }

        public double Of(float value, float target, float weight, out float gradient)
        {
            float error = value - target;
            gradient = Math.Clamp(error, -delta, delta);
            double distance = Math.Abs(error);
            return distance <= delta ? 0.5 * distance * distance : delta * (distance - (0.5 * delta));
        }

        public Vector<int> Hits(Vector<float> values, Vector<float> targets) => Vector<int>.Zero;

        public bool IsHit(float value, float target) => false;

        private Vector<double> Of(Vector<double> distance) => Vector.ConditionalSelect(
            Vector.LessThanOrEqual(distance, new Vector<double>(delta)),
            0.5 * distance * distance,
            delta * (distance - new Vector<double>(0.5 * delta)));
    }
}
