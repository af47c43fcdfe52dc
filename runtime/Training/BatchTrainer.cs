using RnnGen.Training;

namespace RnnGen;

/// <summary>Trains a model with batches: mini-batches go through it side by side, also those of <c>Fit</c>, and so do data that are evaluated.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers.</typeparam>
public class BatchTrainer<TInput, TTarget> : Trainer<TInput, TTarget>
{
    private readonly IRnnBatchModel<TInput, TTarget> _model;
    private readonly Batch _batch;

    /// <summary>Takes all memory that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="settings">The optimizer's settings.</param>
    public BatchTrainer(IRnnBatchModel<TInput, TTarget> model, OptimizerSettings settings)
        : base(model, settings, () => new LaneRunner<TInput, TTarget>(model))
    {
        _model = model;
        _batch = model.CreateBatch(model.BatchSize);
    }

    /// <summary>The model in training.</summary>
    public override IRnnBatchModel<TInput, TTarget> Model => _model;

    /// <summary>Trains on a mini-batch of windows that start at the zero state: forward, back through time, one update.</summary>
    /// <param name="inputs">The windows, one after the other.</param>
    /// <param name="lengths">Steps of each; at most as many windows as the model's BatchSize.</param>
    /// <param name="targets">Their targets, one after the other; of several heads one <c>WindowTargets</c> for each.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer.Update"/> says.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; no gradient was added.</exception>
    public float Train(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
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
        _model.Forward(_batch, inputs, lengths, Tape);
        return _model.Backward(Tape, targets);
    }
}
