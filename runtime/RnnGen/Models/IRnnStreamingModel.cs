namespace RnnGen;

/// <summary>
/// A model that can be streamed step by step. A model with a reverse or bidirectional layer needs whole windows, and is only an
/// <see cref="IRnnModel{TInput}"/>.
/// </summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnStreamingModel<TInput> : IRnnModel<TInput>
{
    /// <summary>One step of a stream: reads the input, advances the state, writes the output. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">[InputSize], or one token.</param>
    /// <param name="outputs">Receives [OutputSize]; with several heads, the outputs of the first head, then those of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, spans overlap, or the state belongs to another model; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The token is not in the vocabulary; nothing was changed.</exception>
    void Step(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs);
}
