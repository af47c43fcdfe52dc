using System.ComponentModel;
using RnnGen.Training;

namespace RnnGen;

/// <summary>Trains a model with a head: on windows with targets, one by one or, with <see cref="Fit"/>, on a whole data set.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TState">Its streams.</typeparam>
/// <typeparam name="TTape">Its training memory.</typeparam>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers.</typeparam>
public class Trainer<TModel, TState, TTape, TInput, TTarget> : Trainer<TModel, TState, TTape>, IDisposable
    where TModel : class, IRnnModel<TModel, TState, TTape, TInput, TTarget>
    where TState : State
    where TTape : Tape
{
    private readonly Func<TModel, WindowRunner<TModel, TState, TTape, TInput, TTarget>> _create;
    private readonly WindowRunner<TModel, TState, TTape, TInput, TTarget> _first;
    private MiniBatches<TModel, TState, TTape, TInput, TTarget> _batches;

    /// <summary>Takes all memory that training needs.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="settings">The optimizer's settings.</param>
    public Trainer(TModel model, OptimizerSettings settings)
        : this(model, settings, static model => new WindowRunner<TModel, TState, TTape, TInput, TTarget>(model))
    {
    }

    private protected Trainer(TModel model, OptimizerSettings settings, Func<TModel, WindowRunner<TModel, TState, TTape, TInput, TTarget>> create)
        : this(model, settings, create, create(model ?? throw new ArgumentNullException(nameof(model))))
    {
    }

    private Trainer(
        TModel model,
        OptimizerSettings settings,
        Func<TModel, WindowRunner<TModel, TState, TTape, TInput, TTarget>> create,
        WindowRunner<TModel, TState, TTape, TInput, TTarget> first)
        : base(model, settings, first.CreateTape())
    {
        _create = create;
        _first = first;
        _batches = NewBatches(workers: 1);
    }

    /// <summary>
    /// The cores that windows are spread over: those of a mini-batch by <see cref="Fit"/> and by <c>Step</c> and <c>Accumulate</c> with a data set,
    /// and those that are evaluated. 1 by default; 0 stands for all cores. Each worker but the first has a thread, a tape and a state, made when this is set; what is too
    /// small to pay for threads is done by the first worker. The same number of workers gives the same weights, bit for bit; another number sums
    /// up in another order. The data are read by several threads at a time.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Workers
    {
        get => _batches.Workers;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            int workers = value == 0 ? Environment.ProcessorCount : value;
            if (workers != Workers)
            {
                // The old team stays if there is no memory for a new one.
                MiniBatches<TModel, TState, TTape, TInput, TTarget> batches = NewBatches(workers);
                _batches.Dispose();
                _batches = batches;
            }
        }
    }

    /// <summary>One training step on a window that starts at the zero state: forward, back through time, update.</summary>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">Its targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer{TModel, TState, TTape}.Update"/> says.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    public float Step(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(inputs, targets);
        return Update();
    }

    /// <summary>One training step on a window that goes on where the state is: truncated back-propagation through time.</summary>
    /// <param name="carried">
    /// The state; it is moved on to the end of the window. If it would not be finite there, it stays as it was; if it was not finite either, it is reset.
    /// </param>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">Its targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer{TModel, TState, TTape}.Update"/> says.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    public float Step(TState carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
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
        State.Reset();
        return Accumulate(State, inputs, targets);
    }

    /// <summary>Adds the gradients of a window that goes on where the state is; Update applies them.</summary>
    /// <param name="carried">
    /// The state; it is moved on to the end of the window. If it would not be finite there, it stays as it was; if it was not finite either, it is reset.
    /// </param>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">Its targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss of the window; NaN where every target is ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
    public float Accumulate(TState carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        Model.CheckWindow(inputs, targets);
        Record(carried, inputs);
        return Model.Backward(Tape, targets);
    }

    /// <summary>For generated code: the first half of <c>Accumulate</c>, whose arguments are checked.</summary>
    /// <param name="carried">The state; it is moved on to the end of the window, or left finite otherwise.</param>
    /// <param name="inputs">The window.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Record(TState carried, ReadOnlySpan<TInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(carried);
        State.CopyFrom(carried);
        Model.Forward(carried, inputs, Tape);
        carried.StayFinite(State);
    }

    /// <summary>One training step on a mini-batch of windows that start at the zero state.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">Which of its windows, at least one.</param>
    /// <returns>The mean loss before the update; NaN as <see cref="Trainer{TModel, TState, TTape}.Update"/> says.</returns>
    /// <exception cref="ArgumentException">
    /// There is no window, or one, whose number is in the message, does not fit the model; nothing is left of what was accumulated, before this call either,
    /// because all is one sum.
    /// </exception>
    public float Step(Dataset<TInput, TTarget> data, params ReadOnlySpan<int> windows)
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
        new FitLoop<TModel, TState, TTape, TInput, TTarget>(this, data, validation, options, progress).Run(cancellationToken);

    /// <summary>Ends the threads of the workers but the first, with which the trainer can go on.</summary>
    public void Dispose()
    {
        Workers = 1;
        GC.SuppressFinalize(this);
    }

    /// <summary>A mini-batch of windows that start at the zero state or, each, at a state that is moved on.</summary>
    internal float Accumulate(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, TState[]? carried)
    {
        (double loss, double weight) = (Tape.LossSum, Tape.TargetWeight);
        _batches.Accumulate(data, windows, carried);
        weight = Tape.TargetWeight - weight;
        return (float)((Tape.LossSum - loss) / weight);
    }

    private MiniBatches<TModel, TState, TTape, TInput, TTarget> NewBatches(int workers) =>
        new([_first, .. Enumerable.Range(1, workers - 1).Select(_ => _create(Model))], Tape);
}
