namespace RnnGen;

/// <summary>A model with batches: several streams, the lanes, that advance together.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnBatchModel<TInput> : IRnnModel<TInput>
{
    /// <summary>The largest number of lanes of a batch.</summary>
    int BatchSize { get; }

    /// <summary>Creates the states of some streams that advance together, initially zero or, where the layers learn them, the initial states.</summary>
    /// <param name="lanes">Number of streams, 1 to <see cref="BatchSize"/>.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one lane, or more than BatchSize.</exception>
    Batch CreateBatch(int lanes);

    /// <summary>Creates the training memory of one worker, for batches and single windows.</summary>
    /// <returns>The tape.</returns>
    Tape CreateBatchTape();

    /// <summary>Runs windows of equal length, one per lane. Continues from the current states; reset them to start new sequences. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane, each [steps x InputSize] or one token per step.</param>
    /// <param name="outputs">Receives the outputs, lane by lane, each [steps x size of the head]. With several heads: all lanes of the first head, then all lanes of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, or the batch belongs to another model; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <summary>Runs windows of different lengths, one per lane. Each lane continues from its current state, to the end of its window. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each lane, 1 to <see cref="IRnnModel.SequenceLength"/>; lanes without a length are left unchanged.</param>
    /// <param name="outputs">Receives the outputs, lane by lane, each [steps x size of the head]. With several heads: all lanes of the first head, then all lanes of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, or the batch belongs to another model; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs);

    /// <summary>Records windows of equal length, one per lane. Continues from the current states; reset them to start new sequences. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane, each [steps x InputSize] or one token per step.</param>
    /// <param name="tape">Receives the recording, in place of an earlier one; made by <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, the batch or the tape belongs to another model, or the tape is too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, Tape tape);

    /// <summary>Records windows of different lengths, one per lane. Each lane continues from its current state, to the end of its window. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each lane, 1 to <see cref="IRnnModel.SequenceLength"/>; lanes without a length are left unchanged.</param>
    /// <param name="tape">Receives the recording, in place of an earlier one; made by <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, the batch or the tape belongs to another model, or the tape is too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Tape tape);

    /// <summary>Records windows of equal length, one per lane, and writes the outputs. Continues from the current states. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane, each [steps x InputSize] or one token per step.</param>
    /// <param name="outputs">Receives the outputs, as without a tape.</param>
    /// <param name="tape">Receives the recording, in place of an earlier one; made by <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, the batch or the tape belongs to another model, or the tape is too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs, Tape tape);

    /// <summary>Records windows of different lengths, one per lane, and writes the outputs. Each lane continues from its current state. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each lane, 1 to <see cref="IRnnModel.SequenceLength"/>; lanes without a length are left unchanged.</param>
    /// <param name="outputs">Receives the outputs, as without a tape.</param>
    /// <param name="tape">Receives the recording, in place of an earlier one; made by <see cref="CreateBatchTape"/>.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, the batch or the tape belongs to another model, or the tape is too small; nothing was changed.</exception>
    void Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs, Tape tape);

    /// <summary>
    /// Back-propagates the gradients of your own loss through time over the windows of a batch. Gradients are added to the tape's sums and count as no
    /// targets: unless targets are added as well, an update does not divide them. Allocates nothing.
    /// </summary>
    /// <param name="tape">The recording of a batch.</param>
    /// <param name="outputGradients">The gradients of the outputs, in the same order and of the same length as the outputs; empty for zeros.</param>
    /// <param name="finalStateGradients">The gradients of the states after the windows; null for zeros. Must be null for a recording of a single window.</param>
    /// <exception cref="ArgumentException">The gradients have the wrong length, or the tape or the batch belongs to another model; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no recording or, if there are final gradients, no batch, or the weights have changed since.</exception>
    void Backward(Tape tape, ReadOnlySpan<float> outputGradients, Batch? finalStateGradients);
}

/// <summary>A model with batches and a head.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">The element type of the targets, as in <see cref="IRnnModel{TInput, TTarget}"/>; with several heads, one value per lane.</typeparam>
public interface IRnnBatchModel<TInput, TTarget> : IRnnBatchModel<TInput>, IRnnModel<TInput, TTarget>
{
    /// <summary>Loss and hits of windows of different lengths, one per lane. Each lane continues from its current state. Needs no tape and allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each lane, 1 to <see cref="IRnnModel.SequenceLength"/>; lanes without a length are left unchanged.</param>
    /// <param name="targets">The targets, lane by lane.</param>
    /// <returns>The score of all lanes together.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value, or the batch belongs to another model; nothing was changed.</exception>
    Score Evaluate(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets);
}

/// <summary>A model with batches that can be streamed step by step.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public interface IRnnStreamingBatchModel<TInput> : IRnnBatchModel<TInput>, IRnnStreamingModel<TInput>
{
    /// <summary>One step of all lanes: reads the inputs, advances the states, writes the outputs. Allocates nothing.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">[lanes x InputSize], or one token per lane.</param>
    /// <param name="outputs">Receives [lanes x OutputSize]. With several heads: all lanes of the first head, then all lanes of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid token, spans overlap, or the batch belongs to another model; nothing was changed.</exception>
    void Step(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs);
}
