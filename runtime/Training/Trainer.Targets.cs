using System.ComponentModel;
using RnnGen.Training;

namespace RnnGen;

/// <summary>Trains a model with a head: on windows with targets, one by one or, with <see cref="Fit"/>, on a whole data set.</summary>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers.</typeparam>
public class Trainer<TInput, TTarget> : Trainer, IDisposable
{
    private readonly IRnnModel<TInput, TTarget> _model;
    private readonly State _start;
    private readonly Func<WindowRunner<TInput, TTarget>> _create;
    private readonly WindowRunner<TInput, TTarget> _first;
    private MiniBatches<TInput, TTarget> _batches;
    private bool _isDisposed;

    /// <summary>Takes all memory that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="settings">The optimizer's settings.</param>
    public Trainer(IRnnModel<TInput, TTarget> model, OptimizerSettings settings)
        : this(model, settings, () => new WindowRunner<TInput, TTarget>(model))
    {
    }

    private protected Trainer(IRnnModel<TInput, TTarget> model, OptimizerSettings settings, Func<WindowRunner<TInput, TTarget>> create)
        : this(model ?? throw new ArgumentNullException(nameof(model)), settings, create, create())
    {
    }

    private Trainer(
        IRnnModel<TInput, TTarget> model, OptimizerSettings settings, Func<WindowRunner<TInput, TTarget>> create, WindowRunner<TInput, TTarget> first)
        : base(model, settings, first.CreateTape())
    {
        _model = model;
        _start = model.CreateState();
        _create = create;
        _first = first;
        _batches = NewBatches(workers: 1);
    }

    /// <summary>The model in training.</summary>
    public override IRnnModel<TInput, TTarget> Model => _model;

    /// <summary>
    /// The cores that windows are spread over: those of a mini-batch by <see cref="Fit"/> and by <c>Train</c> and <c>Accumulate</c> with a data set,
    /// and those that are evaluated. 1 by default; 0 stands for all cores. Each worker but the first has a thread, a tape and a state, made when this is set; what is too
    /// small to pay for threads is done by the first worker. The same number of workers gives the same weights, bit for bit; another number sums
    /// up in another order. The data are read by several threads at a time.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public int Workers
    {
        get => _batches.Workers;
        set
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            int workers = value == 0 ? Environment.ProcessorCount : value;
            if (workers != Workers)
            {
                // The old team stays if there is no memory for a new one.
                MiniBatches<TInput, TTarget> batches = NewBatches(workers);
                _batches.Dispose();
                _batches = batches;
            }
        }
    }

    /// <summary>Trains on a window that starts at the zero state: forward, back through time, one update.</summary>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">Its targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer.Update"/> says.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    public float Train(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(inputs, targets);
        return Update();
    }

    /// <summary>Trains on a window that goes on where the state is, with one update: truncated back-propagation through time.</summary>
    /// <param name="carried">
    /// The state; it is moved on to the end of the window. If it would not be finite there, it stays as it was; if it was not finite either, it is reset.
    /// </param>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">Its targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer.Update"/> says.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    public float Train(State carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(carried, inputs, targets);
        return Update();
    }

    /// <summary>Adds the gradients of a window that starts at the zero state; Update applies them.</summary>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">Its targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss of the window; NaN where every target is ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    public float Accumulate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        _model.CheckWindow(inputs, targets);
        Record(inputs);
        return _model.Backward(Tape, targets);
    }

    /// <summary>Adds the gradients of a window that goes on where the state is; Update applies them.</summary>
    /// <param name="carried">
    /// The state; it is moved on to the end of the window. If it would not be finite there, it stays as it was; if it was not finite either, it is reset.
    /// </param>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">Its targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss of the window; NaN where every target is ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    public float Accumulate(State carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        _model.CheckWindow(inputs, targets);
        Record(carried, inputs);
        return _model.Backward(Tape, targets);
    }

    /// <summary>For generated code: the first half of <c>Accumulate</c>, whose arguments are checked.</summary>
    /// <param name="inputs">The window, which starts at the zero state.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Record(ReadOnlySpan<TInput> inputs)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _start.Reset();
        _model.Forward(_start, inputs, Tape);
    }

    /// <summary>For generated code: the first half of <c>Accumulate</c>, whose arguments are checked.</summary>
    /// <param name="carried">The state; it is moved on to the end of the window, or left finite otherwise.</param>
    /// <param name="inputs">The window.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Record(State carried, ReadOnlySpan<TInput> inputs)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(carried);
        _start.CopyFrom(carried);
        _model.Forward(carried, inputs, Tape);
        carried.StayFinite(_start);
    }

    /// <summary>Trains on a mini-batch of windows that start at the zero state, with one update.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">Which of its windows, at least one.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer.Update"/> says.</returns>
    /// <exception cref="ArgumentException">
    /// There is no window, or one, whose number is in the message, does not fit the model; nothing is left of what was accumulated, before this call either,
    /// because all is one sum.
    /// </exception>
    public float Train(Dataset<TInput, TTarget> data, params ReadOnlySpan<int> windows)
    {
        Accumulate(data, windows);
        return Update();
    }

    /// <summary>Adds the gradients of a mini-batch of windows that start at the zero state; Update applies them.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">Which of its windows, at least one.</param>
    /// <returns>The mean loss of these windows; NaN where every target is ignored.</returns>
    /// <exception cref="ArgumentException">
    /// There is no window, or one, whose number is in the message, does not fit the model; nothing is left of what was accumulated, before this call either,
    /// because all is one sum.
    /// </exception>
    public float Accumulate(Dataset<TInput, TTarget> data, params ReadOnlySpan<int> windows)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (windows.IsEmpty)
        {
            throw new ArgumentException("Expected at least one window, found none.", nameof(windows));
        }

        return Accumulate(data, windows, carried: null);
    }

    /// <summary>Scores the model on data; every window starts at the zero state.</summary>
    /// <param name="data">The data.</param>
    /// <returns>The score.</returns>
    /// <exception cref="ArgumentException">There are no data, or a window, whose number is in the message, does not fit the model.</exception>
    public Score Evaluate(Dataset<TInput, TTarget> data)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Evaluation.Check(data);
        return _batches.Evaluate(data);
    }

    /// <summary>
    /// Trains until all updates are done, validations do not become better any more, or cancellation is asked for, whatever comes first.
    /// After <c>Resume</c> it goes on where it was. Between two reports, validations and checkpoints it allocates nothing. A window that cannot be
    /// read or does not fit ends it where the update before has left it: another call goes on from there, with the same windows.
    /// </summary>
    /// <param name="data">The data to learn from.</param>
    /// <param name="validation">The data to validate on; null for none.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Takes reports; null for none.</param>
    /// <param name="cancellationToken">
    /// Looked at before every update. Cancellation is no error: the checkpoint is written and the result says so.
    /// </param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The data are empty or do not fit the model, or the options contradict each other or the data.</exception>
    /// <exception cref="CheckpointException">A checkpoint cannot be written; training ends with the last update.</exception>
    /// <exception cref="InvalidOperationException">Gradients are accumulated that no update has used yet.</exception>
    public FitResult Fit(
        Dataset<TInput, TTarget> data,
        Dataset<TInput, TTarget>? validation,
        FitOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        new FitLoop<TInput, TTarget>(this, data, validation, options, progress).Run(cancellationToken);

    /// <summary>
    /// Ends the threads of the workers. The trainer can neither train nor evaluate any more; its model, optimizer and tape stay good, and it can be saved.
    /// </summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _batches.Dispose();
            _isDisposed = true;
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A mini-batch of windows that start at the zero state or, each, at a state that is moved on.</summary>
    internal float Accumulate(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, State[]? carried)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        (double loss, double weight) = (Tape.LossSum, Tape.TargetWeight);
        _batches.Accumulate(data, windows, carried);
        weight = Tape.TargetWeight - weight;
        return (float)((Tape.LossSum - loss) / weight);
    }

    private MiniBatches<TInput, TTarget> NewBatches(int workers) =>
        new(_model, [_first, .. Enumerable.Range(1, workers - 1).Select(_ => _create())], Tape);
}
