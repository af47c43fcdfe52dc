namespace RnnGen;

/// <summary>A model that goes step by step. A layer that reads a window from its end has no such steps: its model is an <see cref="IRnnModel{TInput}"/> only.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnStreamingModel<TInput> : IRnnModel<TInput>
{
    /// <summary>One step of a stream: reads the input, moves the state on, writes the output. Allocates nothing.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">[InputSize], or one token.</param>
    /// <param name="outputs">Takes [OutputSize]; those of several heads one behind the other.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or the state is another model's; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The token is not in the vocabulary.</exception>
    void Step(State state, ReadOnlySpan<TInput> inputs, Span<float> outputs);
}
