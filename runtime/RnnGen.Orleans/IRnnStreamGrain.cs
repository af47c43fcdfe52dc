using Orleans;
using Orleans.Concurrency;

namespace RnnGen.Orleans;

/// <summary>
/// A stream of a model, for whoever numbers its steps: a device that does, or a gateway in front of it. <see cref="RnnStream{TInput}"/> numbers them for you. From
/// <see cref="RnnStreamClientExtensions.GetRnnStreamGrain{TInput}"/>. A stream that was never used is at number 0 and in its initial state.
/// </summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
[Alias("RnnGen.IRnnStreamGrain`1")]
public interface IRnnStreamGrain<TInput> : IGrainWithStringKey
{
    /// <summary>
    /// Takes one step: reads the inputs, advances the state, returns the outputs. It is taken exactly once for each number: the last one can be repeated, as often as you like, and
    /// gets the answer that it got.
    /// </summary>
    /// <param name="number">The number of the step: 1 for the first of a stream, then one more for each.</param>
    /// <param name="inputs">[InputSize], or one token. Not to be changed until the answer is there.</param>
    /// <returns>The answer. By then, the stream is stored if the policy says so.</returns>
    /// <exception cref="RnnStreamException">The step was refused; the reason says what to do.</exception>
    [Alias("Step")]
    Task<StreamAnswer> Step(long number, [Immutable] TInput[] inputs);

    /// <summary>Tells the number of the last step.</summary>
    /// <returns>The position.</returns>
    /// <exception cref="RnnStreamException">The storage failed, or what is stored is damaged.</exception>
    [Alias("GetPosition")]
    Task<StreamPosition> GetPosition();

    /// <summary>Ends the stream: removes it from the storage. A later step with its key begins a new one, at number 1. May be repeated.</summary>
    /// <returns>When it has ended.</returns>
    /// <exception cref="RnnStreamException">The storage failed.</exception>
    [Alias("End")]
    Task End();
}
