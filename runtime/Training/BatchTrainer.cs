using RnnGen.Training;

namespace RnnGen;

/// <summary>Trains a model with batches: mini-batches go through it side by side, also those of <c>Fit</c>, and so do data that are evaluated.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TState">Its streams.</typeparam>
/// <typeparam name="TTape">Its training memory.</typeparam>
/// <typeparam name="TBatch">Its batches of streams.</typeparam>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers.</typeparam>
public class BatchTrainer<TModel, TState, TTape, TBatch, TInput, TTarget> : Trainer<TModel, TState, TTape, TInput, TTarget>
    where TModel : class, IRnnBatchModel<TModel, TState, TTape, TBatch, TInput, TTarget>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    private readonly TBatch _batch;

    /// <summary>Takes all memory that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="settings">The optimizer's settings.</param>
    public BatchTrainer(TModel model, OptimizerSettings settings)
        : base(model, settings, static model => new LaneRunner<TModel, TState, TTape, TBatch, TInput, TTarget>(model)) =>
        _batch = model.CreateBatch();

    /// <summary>One training step on a mini-batch of windows that start at the zero state: forward, back through time, update.</summary>
    /// <param name="inputs">The windows, one after the other.</param>
    /// <param name="lengths">Steps of each; at most as many windows as the model's BatchSize.</param>
    /// <param name="targets">Their targets, one after the other; of several heads one <c>WindowTargets</c> for each.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer{TModel, TState, TTape}.Update"/> says.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; no gradient was added.</exception>
    public float Step(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(inputs, lengths, targets);
        return Update();
    }

    /// <summary>Adds the gradients of a mini-batch of windows that start at the zero state; Update applies them.</summary>
    /// <param name="inputs">The windows, one after the other.</param>
    /// <param name="lengths">Steps of each; at most as many windows as the model's BatchSize.</param>
    /// <param name="targets">Their targets, one after the other; of several heads one <c>WindowTargets</c> for each.</param>
    /// <returns>The mean loss of the mini-batch; NaN where every target is ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; no gradient was added.</exception>
    public float Accumulate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
    {
        _batch.Reset();
        Model.Forward(_batch, inputs, lengths, Tape);
        return Model.Backward(Tape, targets);
    }
}
