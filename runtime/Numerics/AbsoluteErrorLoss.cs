using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>The absolute error, one row at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AbsoluteErrorLoss
{
    /// <summary>The sum of |y - t| and its gradient, the sign of y - t.</summary>
    /// <param name="values">y.</param>
    /// <param name="gradients">Takes the gradient.</param>
    /// <param name="targets">t.</param>
    /// <returns>The loss.</returns>
    public static double Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        for (int k = 0; k < values.Length; k++)
        {
            float error = values[k] - targets[k];
            loss += Math.Abs(error);

            // A sign that is there for numbers only: the optimizer must see what is none.
            gradients[k] = error > 0 ? 1 : error < 0 ? -1 : error;
        }

        return loss;
    }

    /// <summary>The errors of a row.</summary>
    /// <param name="values">y.</param>
    /// <param name="targets">t.</param>
    /// <returns>The score; it knows no hits.</returns>
    public static Score Score(ReadOnlySpan<float> values, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        for (int k = 0; k < values.Length; k++)
        {
            loss += Math.Abs(values[k] - targets[k]);
        }

        return new Score(loss, values.Length, 0);
    }
}
