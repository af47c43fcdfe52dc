using RnnGen.CompilerServices;
using RnnGen.Training;

namespace RnnGen;

/// <summary>Trains a model with batches: mini-batches, also those of <c>Fit</c>, and data that are evaluated run as lanes of a batch.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">The element type of the targets, as in <see cref="IRnnModel{TInput, TTarget}"/>.</typeparam>
public class BatchTrainer<TInput, TTarget> : Trainer<TInput, TTarget>
{
    private readonly IRnnBatchModel<TInput, TTarget> _model;
    private readonly Batch _batch;

    /// <summary>Creates a trainer and allocates all memory that training needs.</summary>
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

    internal override int DefaultBatchSize => _model.BatchSize;

    private protected override Trainer<TInput, TTarget> CreateTrainer(IRnnModel<TInput, TTarget> model, OptimizerSettings settings) =>
        new BatchTrainer<TInput, TTarget>((IRnnBatchModel<TInput, TTarget>)model, settings);

    /// <summary>Trains on a mini-batch of windows that start from the initial state: forward pass, backward pass, one update.</summary>
    /// <param name="inputs">The windows, one after the other, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each window, 1 to SequenceLength; 1 to BatchSize windows.</param>
    /// <param name="targets">The targets, window by window; with several heads, one <c>WindowTargets</c> per window.</param>
    /// <returns>The mean loss before the update; NaN as for <see cref="Trainer.Update"/>.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value; no gradient was added.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Train(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(inputs, lengths, targets);
        return Update();
    }

    /// <summary>Trains on a mini-batch of windows that continue from states, with one update: truncated back-propagation through time.</summary>
    /// <param name="carried">
    /// The states, one lane per window, advanced to the ends of the windows. A lane that would not be finite there is unchanged; if it was not finite before
    /// either, it is reset. Lanes without a window are unchanged.
    /// </param>
    /// <param name="inputs">The windows, one after the other, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each window, 1 to SequenceLength; 1 to BatchSize windows.</param>
    /// <param name="targets">The targets, window by window; with several heads, one <c>WindowTargets</c> per window.</param>
    /// <returns>The mean loss before the update; NaN as for <see cref="Trainer.Update"/>.</returns>
    /// <exception cref="ArgumentException">
    /// A span has the wrong length or an invalid value, or the batch has too few lanes or belongs to another model; no state was changed and no gradient was added.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Train(Batch carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(carried, inputs, lengths, targets);
        return Update();
    }

    /// <summary>Adds the gradients of a mini-batch of windows that start from the initial state; Update applies them.</summary>
    /// <param name="inputs">The windows, one after the other, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each window, 1 to SequenceLength; 1 to BatchSize windows.</param>
    /// <param name="targets">The targets, window by window; with several heads, one <c>WindowTargets</c> per window.</param>
    /// <returns>The mean loss of the mini-batch; NaN if all targets are ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value; no gradient was added.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Accumulate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
    {
        ThrowIfDisposed();
        _batch.Reset();
        return Run(inputs, lengths, targets);
    }

    /// <summary>
    /// Adds the gradients of a mini-batch of windows that continue from states; Update applies them. The gradients of these states are in
    /// <see cref="Tape.InitialBatchGradients"/>.
    /// </summary>
    /// <param name="carried">
    /// The states, one lane per window, advanced to the ends of the windows. A lane that would not be finite there is unchanged; if it was not finite before
    /// either, it is reset. Lanes without a window are unchanged.
    /// </param>
    /// <param name="inputs">The windows, one after the other, each [steps x InputSize] or one token per step.</param>
    /// <param name="lengths">Number of steps of each window, 1 to SequenceLength; 1 to BatchSize windows.</param>
    /// <param name="targets">The targets, window by window; with several heads, one <c>WindowTargets</c> per window.</param>
    /// <returns>The mean loss of the mini-batch; NaN if all targets are ignored.</returns>
    /// <exception cref="ArgumentException">
    /// A span has the wrong length or an invalid value, or the batch has too few lanes or belongs to another model; no state was changed and no gradient was added.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Accumulate(Batch carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(carried);
        if (!carried.IsLike(_batch))
        {
            throw new ArgumentException($"The batch belongs to another model: expected {_batch.GetType()}, found {carried.GetType()}.", nameof(carried));
        }

        Check.Lanes(carried, lengths.Length, nameof(carried));
        int lanes = Math.Min(lengths.Length, _batch.Lanes);
        for (int lane = 0; lane < lanes; lane++)
        {
            _batch.CopyLane(lane, carried);
        }

        float loss = Run(inputs, lengths, targets);
        for (int lane = 0; lane < lanes; lane++)
        {
            carried.MoveOn(lane, _batch);
        }

        return loss;
    }

    private float Run(ReadOnlySpan<TInput> inputs, ReadOnlySpan<int> lengths, ReadOnlySpan<TTarget> targets)
    {
        BeginPasses();
        try
        {
            _model.Forward(_batch, inputs, lengths, Tape);
            return _model.Backward(Tape, targets);
        }
        finally
        {
            EndPasses();
        }
    }
}
