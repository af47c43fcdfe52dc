using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>A model with batches: <see cref="IRnnBatchModel{TInput}"/> by the classes of its own memory.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTape">The model's class of tapes.</typeparam>
/// <typeparam name="TBatch">The model's class of batches.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITypedBatchModel<TInput, TTape, TBatch> : IRnnBatchModel<TInput>
    where TTape : Tape
    where TBatch : Batch
{
    /// <inheritdoc cref="IRnnBatchModel{TInput}.CreateBatch"/>
    new TBatch CreateBatch(int lanes);

    /// <inheritdoc cref="IRnnBatchModel{TInput}.CreateBatchTape"/>
    new TTape CreateBatchTape();

    /// <inheritdoc cref="IRnnBatchModel{TInput}.Forward(Batch, ReadOnlySpan{TInput}, Span{float})"/>
    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs);

    /// <inheritdoc cref="IRnnBatchModel{TInput}.Forward(Batch, ReadOnlySpan{TInput}, ReadOnlySpan{int}, Span{float})"/>
    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs);

    /// <inheritdoc cref="IRnnBatchModel{TInput}.Forward(Batch, ReadOnlySpan{TInput}, Tape)"/>
    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, TTape tape);

    /// <inheritdoc cref="IRnnBatchModel{TInput}.Forward(Batch, ReadOnlySpan{TInput}, ReadOnlySpan{int}, Tape)"/>
    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, TTape tape);

    /// <inheritdoc cref="IRnnBatchModel{TInput}.Forward(Batch, ReadOnlySpan{TInput}, Span{float}, Tape)"/>
    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs, TTape tape);

    /// <inheritdoc cref="IRnnBatchModel{TInput}.Forward(Batch, ReadOnlySpan{TInput}, ReadOnlySpan{int}, Span{float}, Tape)"/>
    void Forward(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs, TTape tape);

    /// <inheritdoc cref="IRnnBatchModel{TInput}.Backward"/>
    void Backward(TTape tape, ReadOnlySpan<float> outputGradients, TBatch? finalStateGradients);

    Batch IRnnBatchModel<TInput>.CreateBatch(int lanes) => CreateBatch(lanes);

    Tape IRnnBatchModel<TInput>.CreateBatchTape() => CreateBatchTape();

    void IRnnBatchModel<TInput>.Forward(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs) =>
        Forward(Check.Own<TBatch>(batch, nameof(batch)), inputs, outputs);

    void IRnnBatchModel<TInput>.Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs) =>
        Forward(Check.Own<TBatch>(batch, nameof(batch)), inputs, lengths, outputs);

    void IRnnBatchModel<TInput>.Forward(Batch batch, ReadOnlySpan<TInput> inputs, Tape tape) =>
        Forward(Check.Own<TBatch>(batch, nameof(batch)), inputs, Check.Own<TTape>(tape, nameof(tape)));

    void IRnnBatchModel<TInput>.Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Tape tape) =>
        Forward(Check.Own<TBatch>(batch, nameof(batch)), inputs, lengths, Check.Own<TTape>(tape, nameof(tape)));

    void IRnnBatchModel<TInput>.Forward(Batch batch, ReadOnlySpan<TInput> inputs, Span<float> outputs, Tape tape) =>
        Forward(Check.Own<TBatch>(batch, nameof(batch)), inputs, outputs, Check.Own<TTape>(tape, nameof(tape)));

    void IRnnBatchModel<TInput>.Forward(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, Span<float> outputs, Tape tape) =>
        Forward(Check.Own<TBatch>(batch, nameof(batch)), inputs, lengths, outputs, Check.Own<TTape>(tape, nameof(tape)));

    void IRnnBatchModel<TInput>.Backward(Tape tape, ReadOnlySpan<float> outputGradients, Batch? finalStateGradients)
    {
        if (finalStateGradients is null)
        {
            // The tape may hold a window or a batch.
            ((IRnnModel)this).Backward(tape, outputGradients, finalStateGradients: null);
            return;
        }

        Backward(Check.Own<TTape>(tape, nameof(tape)), outputGradients, Check.Own<TBatch>(finalStateGradients, nameof(finalStateGradients)));
    }
}

/// <summary>The same of a model with a head: <see cref="IRnnBatchModel{TInput, TTarget}"/> by the classes of its own memory.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with.</typeparam>
/// <typeparam name="TTape">The model's class of tapes.</typeparam>
/// <typeparam name="TBatch">The model's class of batches.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITypedBatchModel<TInput, TTarget, TTape, TBatch> : ITypedBatchModel<TInput, TTape, TBatch>, IRnnBatchModel<TInput, TTarget>
    where TTape : Tape
    where TBatch : Batch
{
    /// <inheritdoc cref="IRnnBatchModel{TInput, TTarget}.Evaluate(Batch, ReadOnlySpan{TInput}, ReadOnlySpan{int}, ReadOnlySpan{TTarget})"/>
    Score Evaluate(TBatch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets);

    Score IRnnBatchModel<TInput, TTarget>.Evaluate(Batch batch, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets) =>
        Evaluate(Check.Own<TBatch>(batch, nameof(batch)), inputs, lengths, targets);
}
