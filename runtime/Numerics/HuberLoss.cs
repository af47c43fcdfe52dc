using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>Huber's loss, one row at a time: ½ e² up to delta, delta · (|e| - ½ delta) beyond it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HuberLoss
{
    /// <summary>The sum of the losses and its gradient, y - t within ±delta.</summary>
    /// <param name="values">y.</param>
    /// <param name="gradients">Takes the gradient.</param>
    /// <param name="targets">t.</param>
    /// <param name="delta">Where the parabola ends.</param>
    /// <returns>The loss.</returns>
    public static double Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets, float delta)
    {
        double loss = 0;
        for (int k = 0; k < values.Length; k++)
        {
            float error = values[k] - targets[k];
            loss += Of(error, delta);
            gradients[k] = Math.Clamp(error, -delta, delta);
        }

        return loss;
    }

    /// <summary>The losses of a row.</summary>
    /// <param name="values">y.</param>
    /// <param name="targets">t.</param>
    /// <param name="delta">Where the parabola ends.</param>
    /// <returns>The score; it knows no hits.</returns>
    public static Score Score(ReadOnlySpan<float> values, ReadOnlySpan<float> targets, float delta)
    {
        double loss = 0;
        for (int k = 0; k < values.Length; k++)
        {
            loss += Of(values[k] - targets[k], delta);
        }

        return new Score(loss, values.Length, 0);
    }

    private static double Of(double error, double delta)
    {
        double distance = Math.Abs(error);
        return distance <= delta ? 0.5 * error * error : delta * (distance - (0.5 * delta));
    }
}
