namespace RnnGen;

/// <summary>A model with batches: several streams, the lanes, that go on together.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnBatchModel<TInput> : IRnnModel<TInput>
{
    /// <summary>The most lanes of a batch.</summary>
    int BatchSize { get; }

    /// <summary>The memory of some streams that go on together, all zero.</summary>
    /// <param name="lanes">How many, 1 to <see cref="BatchSize"/>.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one lane, or more than BatchSize.</exception>
    Batch CreateBatch(int lanes);

    /// <summary>The training memory of one worker that records batches, or single windows.</summary>
    /// <returns>The tape.</returns>
    Tape CreateBatchTape();

    /// <summary>Windows of equal length, one per lane, in one call. The states go on from where they are. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="outputs">Takes the outputs, lane by lane; those of several heads one behind the other: all lanes of the first, then all of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or the batch is another model's; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <summary>Windows of different lengths, one per lane, in one call. The states go on from where they are, each to the end of its window. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="lengths">Steps of each lane; where there are fewer than lanes, the other lanes stay as they are.</param>
    /// <param name="outputs">Takes the outputs, lane by lane; those of several heads one behind the other: all lanes of the first, then all of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or the batch is another model's; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs);

    /// <summary>Windows of equal length, one per lane, that are recorded for Backward. The states go on from where they are. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="tape">Takes the recording, of <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or batch or tape are another model's or too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, Tape tape);

    /// <summary>Windows of different lengths, one per lane, that are recorded for Backward. The states go on from where they are. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="lengths">Steps of each lane; where there are fewer than lanes, the other lanes stay as they are.</param>
    /// <param name="tape">Takes the recording, of <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or batch or tape are another model's or too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Tape tape);

    /// <summary>Windows of equal length that are recorded, with their outputs. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="outputs">Takes the outputs, as without a tape.</param>
    /// <param name="tape">Takes the recording, of <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or batch or tape are another model's or too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs, Tape tape);

    /// <summary>Windows of different lengths that are recorded, with their outputs. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="lengths">Steps of each lane; where there are fewer than lanes, the other lanes stay as they are.</param>
    /// <param name="outputs">Takes the outputs, as without a tape.</param>
    /// <param name="tape">Takes the recording, of <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or batch or tape are another model's or too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs, Tape tape);

    /// <summary>The backward pass through time of a recorded batch, for a loss of your own, given by its gradients. Allocates nothing.</summary>
    /// <param name="tape">The recording.</param>
    /// <param name="outputGradients">The gradients of the outputs, as long as these and in the same order; an empty span stands for zeros.</param>
    /// <param name="finalStateGradients">The gradients of the states after the windows; null stands for zero, also of a tape that holds a single window.</param>
    /// <exception cref="ArgumentException">The gradients have the wrong length, or tape or batch are another model's; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no recording, or no batch, or the weights have changed since.</exception>
    void Backward(Tape tape, ReadOnlySpan<float> outputGradients, Batch? finalStateGradients);
}

/// <summary>A model with batches and a head.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with, as in <see cref="IRnnModel{TInput, TTarget}"/>; of several heads one for each lane.</typeparam>
public interface IRnnBatchModel<TInput, TTarget> : IRnnBatchModel<TInput>, IRnnModel<TInput, TTarget>
{
    /// <summary>Loss and hits of windows, one per lane, without a tape. The states go on from where they are, each to the end of its window. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="lengths">Steps of each lane; where there are fewer than lanes, the other lanes stay as they are.</param>
    /// <param name="targets">Their targets, lane by lane.</param>
    /// <returns>The score of all lanes together.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range, or the batch is another model's; nothing was changed.</exception>
    Score Evaluate(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets);
}

/// <summary>A model with batches that go step by step.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnStreamingBatchModel<TInput> : IRnnBatchModel<TInput>, IRnnStreamingModel<TInput>
{
    /// <summary>One step of all lanes: reads the inputs, moves the states on, writes the outputs. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">[lanes x InputSize], or one token for each lane.</param>
    /// <param name="outputs">Takes [lanes x OutputSize]; those of several heads one behind the other: all lanes of the first, then all of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, they overlap, or the batch is another model's; nothing was changed.</exception>
    void Step(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs);
}
