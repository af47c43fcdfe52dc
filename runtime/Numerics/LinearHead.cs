using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>Plain outputs and squared error, one row at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LinearHead
{
    /// <summary>Copies the row.</summary>
    /// <param name="values">y.</param>
    /// <param name="outputs">Takes y.</param>
    public static void Activate(ReadOnlySpan<float> values, Span<float> outputs) => values.CopyTo(outputs);

    /// <summary>The sum of the squared errors (y - t)² and its gradient 2 (y - t).</summary>
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
            loss += (double)error * error;
            gradients[k] = 2 * error;
        }

        return loss;
    }

    /// <summary>The squared errors of a row.</summary>
    /// <param name="values">y.</param>
    /// <param name="targets">t.</param>
    /// <returns>The score; it knows no hits.</returns>
    public static Score Score(ReadOnlySpan<float> values, ReadOnlySpan<float> targets)
    {
        double loss = 0;
        for (int k = 0; k < values.Length; k++)
        {
            float error = values[k] - targets[k];
            loss += (double)error * error;
        }

        return new Score(loss, values.Length, 0);
    }

    /// <summary>Copies the gradients.</summary>
    /// <param name="values">y.</param>
    /// <param name="outputGradients">dy.</param>
    /// <param name="gradients">Takes dy.</param>
    public static void Backward(ReadOnlySpan<float> values, ReadOnlySpan<float> outputGradients, Span<float> gradients) =>
        outputGradients.CopyTo(gradients);
}
