namespace RnnGen.Numerics.Tests.Batches;

/// <summary>The verbs of a model with batches and one output; the generated methods implement all but the last three.</summary>
internal interface IBatched<TSelf, TState, TTape, TBatch, TInput> : IRnnModel<TSelf, TState, TTape>
    where TSelf : class, IBatched<TSelf, TState, TTape, TBatch, TInput>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    TBatch CreateBatch(int lanes);

    TTape CreateBatchTape();

    void Forward(TState state, ReadOnlySpan<TInput> inputs, Span<float> outputs, TTape tape);

    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs);

    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs, TTape tape);

    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs, TTape tape);

    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, TTape tape);

    void Backward(TTape tape, ReadOnlySpan<float> outputGradients, TState? finalStateGradients);

    void Backward(TTape tape, ReadOnlySpan<float> outputGradients, TBatch? finalStateGradients);

    /// <summary>One step of all lanes; false where the model needs whole windows.</summary>
    bool TryStep(TBatch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    ReadOnlySpan<float> InputGradientsOf(TTape tape);

    (TState Single, TBatch? Batch) StateGradientsOf(TTape tape);
}
