using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>The loss of a head, one row at a time.</summary>
/// <typeparam name="TTarget">A class, or a number.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IHeadLoss<TTarget>
{
    /// <summary>The loss of a row, and its gradient.</summary>
    /// <param name="values">The outputs of the layer, before the activation.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="values"/>.</param>
    /// <param name="targets">The targets of the row: one class, or as many numbers as there are values.</param>
    /// <returns>The score.</returns>
    Score Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<TTarget> targets);
}
