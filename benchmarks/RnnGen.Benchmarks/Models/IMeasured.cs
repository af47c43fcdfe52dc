namespace RnnGen.Benchmarks;

/// <summary>The verbs that are measured. The generated methods implement all but one of them; a loop of steps is each model's own code, as a user would write it.</summary>
internal interface IMeasured<TSelf, TState, TTape> : IRnnModel<TSelf, TState, TTape>
    where TSelf : class, IMeasured<TSelf, TState, TTape>
    where TState : State
    where TTape : Tape
{
    void Step(TState state, ReadOnlySpan<float> inputs, Span<float> outputs);

    void Stream(Tour<TState> tour, int steps);

    void Forward(TState state, ReadOnlySpan<float> inputs, Span<float> outputs);

    void Forward(TState state, ReadOnlySpan<float> inputs, TTape tape);

    void Backward(TTape tape, ReadOnlySpan<float> outputGradients, TState? finalStateGradients);
}

/// <summary>The verbs of a batch.</summary>
internal interface IMeasuredInBatches<TSelf, TState, TTape, TBatch> : IMeasured<TSelf, TState, TTape>
    where TSelf : class, IMeasuredInBatches<TSelf, TState, TTape, TBatch>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    TBatch CreateBatch(int lanes);

    TTape CreateBatchTape();

    void Step(TBatch batch, ReadOnlySpan<float> inputs, Span<float> outputs);

    void Forward(TBatch batch, ReadOnlySpan<float> inputs, Span<float> outputs);

    void Forward(TBatch batch, ReadOnlySpan<float> inputs, TTape tape);

    void Backward(TTape tape, ReadOnlySpan<float> outputGradients, TBatch? finalStateGradients);
}
