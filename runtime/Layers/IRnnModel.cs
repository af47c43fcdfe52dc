using System.ComponentModel;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>What every generated model offers, whatever its sizes.</summary>
public interface IRnnModel
{
    /// <summary>The layers in the order in which data flows through them.</summary>
    IReadOnlyList<Layer> Layers { get; }

    /// <summary>The weights, packed as the kernels need them.</summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <summary>
    /// Texts that travel in the checkpoint: labels, an alphabet, thresholds. Keys that begin with <c>rnngen.</c> are the library's own and
    /// are not kept.
    /// </summary>
    IDictionary<string, string> Metadata { get; }

    /// <summary>The weights with their layout, for optimizers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ModelWeights Weights { get; }

    /// <summary>Writes all parameters and the metadata to a safetensors file. The file is complete or, on an error, as it was before.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    void Save(string path);

    /// <summary>
    /// Replaces all parameters and the metadata by those of a safetensors file. On an error the model stays as it was. It is not for a model
    /// that other threads stream from: a step that runs meanwhile would read weights of both files. Load another model instead, and let the next
    /// steps be that one's: a state goes on with any model of its class.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
    void LoadWeights(string path);
}

/// <summary>What every generated model offers to code that is generic over models.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
/// <typeparam name="TState">Its streams.</typeparam>
/// <typeparam name="TTape">Its training memory.</typeparam>
public interface IRnnModel<TSelf, TState, TTape> : IRnnModel
    where TSelf : class, IRnnModel<TSelf, TState, TTape>
    where TState : State
    where TTape : Tape
{
    /// <summary>Numbers per step that go in, or the size of the vocabulary.</summary>
    static abstract int InputSize { get; }

    /// <summary>Numbers per step that come out.</summary>
    static abstract int OutputSize { get; }

    /// <summary>The longest window, in steps.</summary>
    static abstract int SequenceLength { get; }

    /// <summary>Number of trained numbers.</summary>
    static abstract long ParameterCount { get; }

    /// <summary>An untrained model.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <returns>The model.</returns>
    static abstract TSelf Create(int seed);

    /// <summary>A model with the weights of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model.</returns>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
    static abstract TSelf Load(string path);

    /// <summary>A copy with weights of its own.</summary>
    /// <returns>The copy.</returns>
    TSelf Clone();

    /// <summary>The memory of one stream, all zero or as the layers have learned to start.</summary>
    /// <returns>The state.</returns>
    TState CreateState();

    /// <summary>The training memory of one worker.</summary>
    /// <returns>The tape.</returns>
    TTape CreateTape();
}

/// <summary>What every generated model with a head offers: it has targets, a loss and a score.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
/// <typeparam name="TState">Its streams.</typeparam>
/// <typeparam name="TTape">Its training memory.</typeparam>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">
/// What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers; with several heads the model's nested
/// <c>WindowTargets</c>, one for a whole window.
/// </typeparam>
public interface IRnnModel<TSelf, TState, TTape, TInput, TTarget> : IRnnModel<TSelf, TState, TTape>
    where TSelf : class, IRnnModel<TSelf, TState, TTape, TInput, TTarget>
    where TState : State
    where TTape : Tape
{
    /// <summary>A window in one call. The state goes on from where it is.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window.</param>
    /// <param name="outputs">Takes the outputs; those of several heads one after the other.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or they overlap; nothing was changed.</exception>
    void Forward(TState state, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <summary>A window that is recorded for Backward. The state goes on from where it is.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window.</param>
    /// <param name="tape">Takes the recording.</param>
    /// <exception cref="ArgumentException">The inputs have the wrong length, or the tape is another model's; nothing was changed.</exception>
    void Forward(TState state, ReadOnlySpan<TInput> inputs, TTape tape);

    /// <summary>The loss of the recorded window and its backward pass through time.</summary>
    /// <param name="tape">The recording.</param>
    /// <param name="targets">The targets of the window.</param>
    /// <returns>The mean loss; NaN where every target is ignored.</returns>
    /// <exception cref="ArgumentException">The targets have the wrong length or range, or the tape is another model's; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
    float Backward(TTape tape, ReadOnlySpan<TTarget> targets);

    /// <summary>Loss and hits of a window, without a tape. The state goes on from where it is.</summary>
    /// <param name="state">The stream.</param>
    /// <param name="inputs">The window.</param>
    /// <param name="targets">Its targets.</param>
    /// <returns>The score. A window of several heads counts as one target, with the weighted sum of their mean losses and the hits of all; as none if all its targets are ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    Score Evaluate(TState state, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets);

    /// <summary>Checks a window before anything is changed.</summary>
    /// <param name="inputs">The window.</param>
    /// <param name="targets">Its targets.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void CheckWindow(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets);
}
