using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>The absolute error, one row at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AbsoluteErrorLoss : IHeadLoss<float>
{
    /// <summary>The sum of |y - t| and its gradient, the sign of y - t.</summary>
    /// <param name="values">y.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="values"/>.</param>
    /// <param name="targets">t; NaN is ignored.</param>
    /// <returns>The score, without hits.</returns>
    public Score Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets) =>
        ElementLoss.Run(values, gradients, targets, new Element());

    private readonly struct Element : IElementLoss
    {
        public static bool Decides => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public (Vector<double> Lower, Vector<double> Upper) Of(
            Vector<float> values, Vector<float> targets, Vector<float> weights, out Vector<float> gradients)
        {
            // The sign of NaN is NaN: the optimizer must see that a value is not a number.
            Vector<float> error = values - targets;
            gradients = Vector.ConditionalSelect(
                Vector.GreaterThan(Vector.Abs(error), Vector<float>.Zero), Vector.CopySign(Vector<float>.One, error), error);
            Vector.Widen(Vector.Abs(error), out Vector<double> lower, out Vector<double> upper);
            return (lower, upper);
        }

        public double Of(float value, float target, float weight, out float gradient)
        {
            float error = value - target;
            gradient = error > 0 ? 1 : error < 0 ? -1 : error;
            return Math.Abs(error);
        }

        public Vector<int> Hits(Vector<float> values, Vector<float> targets) => Vector<int>.Zero;

        public bool IsHit(float value, float target) => false;
    }
}
