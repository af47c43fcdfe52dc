using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>The activation of a head, one row at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IHead
{
    /// <summary>Applies the activation.</summary>
    /// <param name="values">The outputs of the layer, before the activation.</param>
    /// <param name="outputs">Receives the outputs, as long as <paramref name="values"/>; may be these.</param>
    void Activate(ReadOnlySpan<float> values, Span<float> outputs);

    /// <summary>Computes the gradient before the activation from that of the outputs.</summary>
    /// <param name="values">The outputs of the layer, before the activation.</param>
    /// <param name="outputGradients">The gradient of the outputs.</param>
    /// <param name="gradients">Receives the gradient of <paramref name="values"/>.</param>
    void Backward(ReadOnlySpan<float> values, ReadOnlySpan<float> outputGradients, Span<float> gradients);
}
