namespace RnnGen;

/// <summary>
/// A model that can be streamed step by step. A model with a reverse or bidirectional layer needs whole windows, and is only an
/// <see cref="IRnnModel{TInput}"/>.
/// </summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnStreamingModel<TInput> : IRnnModel<TInput>
{
    /// <summary>
    /// Creates the states of many streams, side by side in memory. A stream of its own, by <see cref="IRnnModel.CreateState"/>, has memory for windows from the start; one of many gets it with its
    /// first window.
    /// </summary>
    /// <param name="count">Number of streams.</param>
    /// <returns>The states.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    State[] CreateStates(int count);

    /// <summary>One step of a stream: reads the input, advances the state, writes the output. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">[InputSize], or one token.</param>
    /// <param name="outputs">Receives [OutputSize]; with several heads, the outputs of the first head, then those of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, spans overlap, or the state belongs to another model; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The token is not in the vocabulary; nothing was changed.</exception>
    void Step(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <summary>
    /// One step of each of many streams, in one call, which checks arguments once for all. Models with a <c>BatchSize</c> take the steps of several streams together, with results that
    /// differ from those of single steps in the last bits (not if they are <c>Reproducible</c>): from some 64 units on of eight, each weight read once for all of them, about twice as fast; of two
    /// where layers are small. Allocates nothing; where eight steps are taken together, one batch for each thread that calls it at the same time.
    /// </summary>
    /// <param name="states">The streams. One that is there twice takes two steps, the first one first.</param>
    /// <param name="inputs">[streams x InputSize], or one token for each.</param>
    /// <param name="outputs">Receives [streams x OutputSize]; with several heads, the outputs of the first head for all streams, then those of the next.</param>
    /// <exception cref="ArgumentException">A stream is null or belongs to another model, a span has the wrong length, or spans overlap; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary; nothing was changed.</exception>
    void Step(ReadOnlySpan<State> states, ReadOnlySpan<TInput> inputs, Span<float> outputs);
}
