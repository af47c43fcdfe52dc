using System.ComponentModel;
using System.Globalization;
using RnnGen.Checkpoints;
using RnnGen.Training;

namespace RnnGen;

/// <summary>Trains a model with a head: on single windows with targets or, with <see cref="Fit"/>, on a data set.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">The element type of the targets, as in <see cref="IRnnModel{TInput, TTarget}"/>.</typeparam>
public class Trainer<TInput, TTarget> : Trainer, IDisposable
{
    private readonly IRnnModel<TInput, TTarget> _model;
    private readonly State _start;
    private readonly Func<WindowRunner<TInput, TTarget>> _create;
    private readonly WindowRunner<TInput, TTarget> _first;
    private DataChecks<TInput, TTarget>? _checks;
    private MiniBatches<TInput, TTarget> _batches;
    private bool _isDisposed;

    /// <summary>Creates a trainer and allocates all memory that training needs.</summary>
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
        _batches = NewBatches(workers: 1, Processes);
    }

    /// <summary>The model in training.</summary>
    public override IRnnModel<TInput, TTarget> Model => _model;

    /// <summary>
    /// Number of workers, each on its own core, that share the windows of a mini-batch (in <see cref="Fit"/>, and in <c>Train</c> and <c>Accumulate</c> with a
    /// data set) or of data that are evaluated. 1 by default; 0 for all cores. Setting it creates a thread, a tape and a state for each worker but the first.
    /// Work that is too small to gain from threads is done by the first worker. The same number of workers gives the same weights, bit for bit; another number
    /// adds in another order. Several workers read the data at the same time. In a <see cref="Group"/>, these are the workers of all processes together.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or less than the number of processes in the group.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public int Workers
    {
        get => _batches.Workers;
        set
        {
            ThrowIfDisposed();
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            int workers = value == 0 ? Environment.ProcessorCount : value;
            if (workers < Processes.Size)
            {
                throw new ArgumentOutOfRangeException(nameof(value), workers, $"Must be at least the number of processes in the group, {Processes.Size}.");
            }

            if (workers != Workers)
            {
                Share(workers, Processes);
            }
        }
    }

    /// <summary>
    /// The processes that train this model together, such as those of the package RnnGen.Mpi; null, the default, for this one alone. Each has the same model, the same
    /// trainer with its own member of the group, and the same data, and makes the same calls. What <see cref="Workers"/> share among threads is then shared among
    /// processes, as evenly as possible: the same number of workers gives the same weights, bit for bit, in any number of processes, one included. Setting it raises
    /// <see cref="Workers"/> to the number of processes. <see cref="Fit"/> writes files only in the first process, and stops all if it is cancelled or fails in one;
    /// everything else that a trainer does, every process does for itself.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public IProcessGroup? Group
    {
        get => Processes.Group;
        set
        {
            ThrowIfDisposed();
            var processes = new Processes(value);
            Share(Math.Max(Workers, processes.Size), processes);
        }
    }

    /// <summary>The processes of the group, or this one.</summary>
    internal Processes Processes { get; private set; } = new(group: null);

    /// <summary>A trainer of the same kind for a copy of the model.</summary>
    private protected virtual Trainer<TInput, TTarget> CreateTrainer(IRnnModel<TInput, TTarget> model, OptimizerSettings settings) => new(model, settings);

    /// <summary>Windows per update of a <see cref="Fit"/> that does not say how many.</summary>
    internal virtual int DefaultBatchSize => 1;

    /// <summary>The checks of data.</summary>
    internal DataChecks<TInput, TTarget> Checks => _checks ??= new(_model);

    /// <summary>Trains on a window that starts from the initial state: forward pass, backward pass, one update.</summary>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">The targets, as for the model's <c>Backward</c>. Those of a <see cref="SigmoidAttribute"/> must be in 0 .. 1, which only <see cref="Fit"/> checks.</param>
    /// <returns>The mean loss before the update; NaN as for <see cref="Trainer.Update"/>.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Train(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(inputs, targets);
        return Update();
    }

    /// <summary>Trains on a window that continues from a state, with one update: truncated back-propagation through time.</summary>
    /// <param name="carried">
    /// The state, advanced to the end of the window. If it would not be finite there, it is unchanged; if it was not finite before either, it is reset.
    /// </param>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">The targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss before the update; NaN as for <see cref="Trainer.Update"/>.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value, or the state belongs to another model; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Train(State carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        Accumulate(carried, inputs, targets);
        return Update();
    }

    /// <summary>Adds the gradients of a window that starts from the initial state; Update applies them.</summary>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">The targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss of the window; NaN if all targets are ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Accumulate(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        WindowCheck.Check(_model, inputs, targets);
        try
        {
            Record(inputs);
            return _model.Backward(Tape, targets);
        }
        finally
        {
            EndPasses();
        }
    }

    /// <summary>Adds the gradients of a window that continues from a state; Update applies them.</summary>
    /// <param name="carried">
    /// The state, advanced to the end of the window. If it would not be finite there, it is unchanged; if it was not finite before either, it is reset.
    /// </param>
    /// <param name="inputs">The window, as for the model's <c>Forward</c>.</param>
    /// <param name="targets">The targets, as for the model's <c>Backward</c>.</param>
    /// <returns>The mean loss of the window; NaN if all targets are ignored.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value, or the state belongs to another model; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Accumulate(State carried, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        WindowCheck.Check(_model, inputs, targets);
        try
        {
            Record(carried, inputs);
            return _model.Backward(Tape, targets);
        }
        finally
        {
            EndPasses();
        }
    }

    /// <summary>For generated code: the first half of <c>Accumulate</c>, whose arguments are checked.</summary>
    /// <param name="inputs">The window, which starts from the initial state.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Record(ReadOnlySpan<TInput> inputs)
    {
        ThrowIfDisposed();
        BeginPasses();
        _start.Reset();
        _model.Forward(_start, inputs, Tape);
    }

    /// <summary>For generated code: the first half of <c>Accumulate</c>, whose arguments are checked.</summary>
    /// <param name="carried">The state, advanced to the end of the window, or kept finite.</param>
    /// <param name="inputs">The window.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Record(State carried, ReadOnlySpan<TInput> inputs)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(carried);
        BeginPasses();
        _start.CopyFrom(carried);
        _model.Forward(carried, inputs, Tape);
        carried.StayFinite(_start);
    }

    /// <summary>Trains on a mini-batch of windows that start from the initial state, with one update.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">The indices of the windows, at least one, each in 0 .. data.Count - 1.</param>
    /// <returns>The mean loss before the update; NaN as for <see cref="Trainer.Update"/>.</returns>
    /// <exception cref="ArgumentException">
    /// There are no windows, or one does not fit the model; the message has its number. All accumulated gradients are cleared, also those from before this call,
    /// because they are one sum.
    /// </exception>
    /// <exception cref="ProcessFailedException">Another process of the <see cref="Group"/> failed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Train(Dataset<TInput, TTarget> data, params ReadOnlySpan<int> windows)
    {
        Accumulate(data, windows);
        return Update();
    }

    /// <summary>Adds the gradients of a mini-batch of windows that start from the initial state; Update applies them.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">The indices of the windows, at least one, each in 0 .. data.Count - 1.</param>
    /// <returns>The mean loss of these windows; NaN if all targets are ignored.</returns>
    /// <exception cref="ArgumentException">
    /// There are no windows, or one does not fit the model; the message has its number. All accumulated gradients are cleared, also those from before this call,
    /// because they are one sum.
    /// </exception>
    /// <exception cref="ProcessFailedException">Another process of the <see cref="Group"/> failed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Accumulate(Dataset<TInput, TTarget> data, params ReadOnlySpan<int> windows)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (windows.IsEmpty)
        {
            throw new ArgumentException("Expected at least one window, found none.", nameof(windows));
        }

        return Accumulate(data, windows, carried: null);
    }

    /// <summary>Scores the model on data; every window starts from the initial state.</summary>
    /// <param name="data">The data, at least one window.</param>
    /// <returns>The score.</returns>
    /// <exception cref="ArgumentException">There are no windows, or one does not fit the model; the message has its number.</exception>
    /// <exception cref="ProcessFailedException">Another process of the <see cref="Group"/> failed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public Score Evaluate(Dataset<TInput, TTarget> data)
    {
        ThrowIfDisposed();
        Evaluation.Check(data);
        EndPasses();
        return _batches.Evaluate(data);
    }

    /// <summary>
    /// Trains until all updates are done, validation stops improving, or cancellation is requested. After <c>Resume</c>, it continues from there. It allocates
    /// only for reports, validations and checkpoints. All windows are checked before the first update (<see cref="FitOptions.CheckData"/>). If one cannot be read
    /// later or does not fit, training ends after the previous update, and another call continues with the same windows.
    /// </summary>
    /// <param name="data">The training data, at least one window.</param>
    /// <param name="validation">The validation data; null for none.</param>
    /// <param name="options">The settings.</param>
    /// <param name="progress">
    /// Receives progress reports. Null, the default, for a <see cref="ConsoleProgress"/> if the output of the program is a terminal, unless the options are
    /// <see cref="FitOptions.Quiet"/>, and else for none.
    /// </param>
    /// <param name="cancellationToken">
    /// Checked before every update. Cancellation is not an error: the checkpoint is written, and the result says why training stopped.
    /// </param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">
    /// The data are empty, or a window does not fit the model: the message has its number and the step. Or the options contradict each other or the data, or
    /// one of them would have no effect.
    /// </exception>
    /// <exception cref="CheckpointException">
    /// A checkpoint cannot be written. This is tried before the first update; if it fails only later, training ends with the last update.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are accumulated gradients that were not applied by Update. Or the processes of a <see cref="Group"/> differ: in their weights, options, or numbers of
    /// windows, workers or updates.
    /// </exception>
    /// <exception cref="ProcessFailedException">Another process of the group failed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public FitResult Fit(
        Dataset<TInput, TTarget> data,
        Dataset<TInput, TTarget>? validation,
        FitOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        new FitLoop<TInput, TTarget>(this, data, validation, options, progress ?? ConsoleOf(options)).Run(cancellationToken);

    /// <summary>
    /// As <see cref="Trainer.Resume(string)"/>, if the file exists. In a <see cref="Group"/>, only the first process looks for the file and reads it, and all resume from what it
    /// has read: a training that was written by other numbers of processes goes on in these.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether there is a file.</returns>
    /// <exception cref="CheckpointException">As for <see cref="Trainer.Resume(string)"/>; nothing is changed.</exception>
    /// <exception cref="ProcessFailedException">The file exists, but the first process of the group could not read it.</exception>
    public bool TryResume(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[]? bytes = null;
        Processes.DoInFirst(() => bytes = File.Exists(path) ? SafetensorsFile.ReadBytes(path) : null);
        bytes = Processes.FromFirst(bytes);
        if (bytes is not null)
        {
            Resume(SafetensorsFile.Parse(path, bytes));
        }

        return bytes is not null;
    }

    /// <summary>
    /// Finds a learning rate: trains a copy of everything (weights, moments, random numbers) while the rate rises exponentially, until the loss explodes (learning rate
    /// range test, Smith 2015). This trainer, its model and its optimizer are unchanged. It takes as long as <see cref="LearningRateRange.Updates"/> updates.
    /// </summary>
    /// <param name="data">The training data, at least one window.</param>
    /// <param name="range">The settings; null, the default, for the defaults.</param>
    /// <returns>The curve, and a rate to start from: <c>new Adam(curve.Suggestion)</c> or <c>trainer.Optimizer.LearningRate = curve.Suggestion</c>.</returns>
    /// <exception cref="ArgumentException">
    /// There are no windows, one does not fit the model, the first loss is not finite, or the lowest rate is not below the highest one.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are accumulated gradients that were not applied by Update.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public LearningRateCurve FindLearningRate(Dataset<TInput, TTarget> data, LearningRateRange? range = null)
    {
        ThrowIfDisposed();
        Evaluation.Check(data);
        range ??= new LearningRateRange();
        if (range.Lowest >= range.Highest)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a lowest rate below the highest one, found {range.Lowest} and {range.Highest}."), nameof(range));
        }

        // A trainer's file has everything but these.
        using var file = new MemoryStream();
        Save(file);
        IRnnModel<TInput, TTarget> model = _model.Clone();
        using Trainer<TInput, TTarget> copy = CreateTrainer(model, Optimizer.Settings with { Schedule = Schedule.Constant });
        copy.Resume(file.GetBuffer().AsSpan(0, (int)file.Length));
        for (int k = 0; k < model.Layers.Count; k++)
        {
            model.Layers[k].Frozen = _model.Layers[k].Frozen;
        }

        copy.QuantizationAware = QuantizationAware;
        copy.Share(Workers, new Processes(Group));
        return LearningRateFinder.Run(copy, data, range);
    }

    /// <summary>
    /// Ends the threads of the workers. The trainer can no longer train or evaluate; its model, optimizer and tape remain valid, and it can be saved.
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

    private protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    /// <summary>A mini-batch of windows that start from the initial state or, each, from a state that is advanced.</summary>
    internal float Accumulate(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, State[]? carried)
    {
        ThrowIfDisposed();
        (double loss, double weight) = (Tape.LossSum, Tape.TargetWeight);
        BeginPasses();
        try
        {
            _batches.Accumulate(data, windows, carried);
        }
        finally
        {
            EndPasses();
        }

        weight = Tape.TargetWeight - weight;
        return (float)((Tape.LossSum - loss) / weight);
    }

    // Only a person reads a terminal.
    private ConsoleProgress? ConsoleOf(FitOptions? options) =>
        options is { Quiet: false } && !Console.IsOutputRedirected && Processes.IsFirst ? new ConsoleProgress() : null;

    private void Share(int workers, Processes processes)
    {
        // The old team stays if there is not enough memory for a new one.
        MiniBatches<TInput, TTarget> batches = NewBatches(workers, processes);
        _batches.Dispose();
        (_batches, Processes) = (batches, processes);
    }

    private MiniBatches<TInput, TTarget> NewBatches(int workers, Processes processes)
    {
        var shares = new WorkerShares(workers, processes.Size);
        return new(_model, processes, shares, [_first, .. Enumerable.Range(1, shares.CountOf(processes.Rank) - 1).Select(_ => _create())], Tape);
    }
}
