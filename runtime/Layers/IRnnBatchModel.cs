namespace RnnGen;

/// <summary>What every generated model with a head and batches offers.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
/// <typeparam name="TState">Its streams.</typeparam>
/// <typeparam name="TTape">Its training memory.</typeparam>
/// <typeparam name="TBatch">Its batches of streams.</typeparam>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers.</typeparam>
public interface IRnnBatchModel<TSelf, TState, TTape, TBatch, TInput, TTarget> : IRnnModel<TSelf, TState, TTape, TInput, TTarget>
    where TSelf : class, IRnnBatchModel<TSelf, TState, TTape, TBatch, TInput, TTarget>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    /// <summary>The most lanes of a batch.</summary>
    static abstract int BatchSize { get; }

    /// <summary>The memory of as many streams as there may be, all zero.</summary>
    /// <returns>The batch.</returns>
    TBatch CreateBatch();

    /// <summary>The training memory of one worker that records batches, or single windows.</summary>
    /// <returns>The tape.</returns>
    TTape CreateBatchTape();

    /// <summary>Windows that are recorded for Backward, one per lane. The states go on from where they are.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="lengths">Steps of each lane; where there are fewer than lanes, the other lanes stay as they are.</param>
    /// <param name="tape">Takes the recording.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or the tape is another model's or too small; nothing was changed.</exception>
    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, TTape tape);

    /// <summary>Loss and hits of windows, one per lane, without a tape. The states go on from where they are, each to the end of its window.</summary>
    /// <param name="batch">The streams.</param>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="lengths">Steps of each lane; where there are fewer than lanes, the other lanes stay as they are.</param>
    /// <param name="targets">Their targets, lane by lane.</param>
    /// <returns>The score of all lanes together.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    Score Evaluate(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets);
}
