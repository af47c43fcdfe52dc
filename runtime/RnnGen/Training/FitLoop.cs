using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using RnnGen.Checkpoints;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.Training;

/// <summary>
/// One run of the training loop. Everything that the next update depends on is in the trainer's <see cref="FitProgress"/>, and only updates and their regular
/// validations change it. So several runs are equivalent to one long run, wherever it is split. A complete run validates once more if its last update was not
/// followed by a regular validation: that score is for the result, and decides whether the last weights are the best, but does not count for schedule and patience.
/// </summary>
internal sealed class FitLoop<TInput, TTarget>
{
    // A few bad windows in a row do not end a training.
    private const long LeastInARow = 100;

    // What one process tells the others.
    private const int Cancels = 1;
    private const int Stops = 2;

    private readonly Trainer<TInput, TTarget> _trainer;
    private readonly Processes _processes;
    private readonly Dataset<TInput, TTarget> _data;
    private readonly Dataset<TInput, TTarget>? _validation;
    private readonly FitOptions _options;
    private readonly FitPlan _plan;
    private readonly IProgress<TrainingProgress>? _reports;
    private readonly List<TrainingProgress> _history = [];
    private readonly IFitCallback[] _callbacks;
    private readonly IReadOnlyList<string> _advice;
    private readonly long _mostLeftOut;
    private readonly FitProgress _progress;
    private readonly SampleCursor _cursor;
    private readonly int[] _windows;

    // The carried states of the current update, which replace those of the loop when it is done.
    private State[] _moved = [];
    private readonly Stopwatch _time = new();
    private readonly long _firstUpdate;
    private Score _lastScore;
    private long _lastValidation = -1;

    // The loss of a final validation if it is the best; else infinite.
    private double _closingBest = double.PositiveInfinity;
    private long _lastSave = -1;
    private long _targets;

    // Skipped updates in a row.
    private long _leftOut;

    // A callback wants to end it.
    private bool _isStopped;

    // Since the last report.
    private double _lossSum;
    private long _lossCount;
    private long _reportedTargets;
    private TimeSpan _reportedTime;

    public FitLoop(
        Trainer<TInput, TTarget> trainer,
        Dataset<TInput, TTarget> data,
        Dataset<TInput, TTarget>? validation,
        FitOptions options,
        IProgress<TrainingProgress>? progress)
    {
        _processes = trainer.Processes;
        FitPlan? plan = null;
        _processes.Do(() => plan = Plan(trainer, data, validation, options));
        _plan = plan!;
        _trainer = trainer;
        _data = data;
        _validation = validation;
        _options = options;
        _reports = progress;
        _callbacks = [.. options.Callbacks];
        _mostLeftOut = Math.Max(LeastInARow, _plan.UpdatesPerEpoch);
        _progress = trainer.Progress;
        _firstUpdate = _progress.Updates;
        _advice = [.. FitAdvice.For(trainer.Model), .. _firstUpdate < _plan.Updates ? Array.Empty<string>() : [FitAdvice.NothingToDo(_plan, options, _firstUpdate)]];
        _windows = new int[_plan.BatchSize];
        _cursor = Cursor().Begin();
        _progress.Cursor = _cursor;
        if (!options.CarryState)
        {
            _progress.Lanes = [];
        }
        else
        {
            _moved = NewStates();
            _progress.Lanes = _progress.Lanes.Length == _plan.BatchSize ? _progress.Lanes : NewStates();
        }

        if (options.RestoreBestWeights)
        {
            _progress.BestWeights ??= trainer.Model.Weights.Values.ToArray();
        }

        if (_processes.Size > 1)
        {
            CheckProcesses();
        }
    }

    private double BestLoss => Math.Min(_progress.BestLoss, _closingBest);

    public FitResult Run(CancellationToken cancellationToken)
    {
        try
        {
            return Complete(cancellationToken);
        }
        finally
        {
            (_reports as ConsoleProgress)?.Finish();
        }
    }

    private FitResult Complete(CancellationToken cancellationToken)
    {
        StopReason reason = Train(cancellationToken);
        if (reason == StopReason.Completed && _validation is not null && _lastValidation != _progress.Updates)
        {
            Score(_validation);
            _closingBest = _lastScore.Loss < _progress.BestLoss ? _lastScore.Loss : double.PositiveInfinity;
            Report(_lastScore);
        }
        else if (_lossCount > 0 || _firstUpdate >= _plan.Updates)
        {
            Report(null);
        }

        if (_options.CheckpointPath is string path && _lastSave != _progress.Updates)
        {
            Save(path);
        }

        bool isLastBest = double.IsFinite(_closingBest);
        if (_options.RestoreBestWeights && reason != StopReason.Cancelled && !isLastBest && double.IsFinite(_progress.BestLoss) && _progress.BestWeights is float[] best)
        {
            best.CopyTo(_trainer.Model.Weights.MutableValues);
            _trainer.Model.Weights.Changed();
        }

        return new FitResult(reason, _progress.Updates, _lastScore, BestLoss, isLastBest ? _progress.Updates : _progress.BestUpdate, _targets, _time.Elapsed)
        {
            SkippedUpdates = _trainer.SkippedUpdates,
            Advice = _advice,
            History = _history,
        };
    }

    private static FitPlan Plan(
        Trainer<TInput, TTarget> trainer, Dataset<TInput, TTarget> data, Dataset<TInput, TTarget>? validation, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        if (trainer.Tape.HasGradients)
        {
            throw new InvalidOperationException("There are accumulated gradients; call Update first.");
        }

        var plan = new FitPlan(options, trainer.DefaultBatchSize, trainer.Optimizer.Settings.Schedule, data.Count, validation?.Count);
        if (options.CheckpointPath is string path && trainer.Processes.IsFirst)
        {
            AtomicFile.Check(path);
        }

        trainer.Checks.Check(data, options.CheckData);
        if (validation is not null)
        {
            trainer.Checks.Check(validation, options.CheckData, " of the validation data");
        }

        return plan;
    }

    /// <summary>All processes must do the same: one that goes another way would leave the others waiting.</summary>
    private void CheckProcesses() => _processes.CheckSame(
        ("number of workers", _trainer.Workers),
        ("number of windows", _data.Count),
        ("number of windows to validate on", _validation?.Count ?? 0),
        ("number of updates", _plan.Updates),
        ("batch size", _plan.BatchSize),
        ("order of the data", (int)_options.Order),
        ("CarryState", _options.CarryState ? 1 : 0),
        ("updates between validations", _options.ValidateEvery),
        ("Patience", _options.Patience ?? 0),
        ("CheckpointPath, given or not", _options.CheckpointPath is null ? 0 : 1),
        ("updates between checkpoints", _options.SaveEvery),
        ("number of updates before this call", _progress.Updates),
        ("random numbers for the order of the data, by the seed or the file", (long)_cursor.Random),
        ("random numbers of dropout", (long)_trainer.Tape.RandomState),
        ("width of vectors, because others round differently", VectorMath.IsWide ? 512 : 8 * Vector<byte>.Count),
        ("checksum of weights", WeightsChecksum()));

    private long WeightsChecksum() => Checksum.Of(MemoryMarshal.AsBytes(_trainer.Model.Parameters));

    private StopReason Train(CancellationToken cancellationToken)
    {
        while (_progress.Updates < _plan.Updates)
        {
            // One process that must stop stops all.
            int flags = _processes.Any((cancellationToken.IsCancellationRequested ? Cancels : 0) | (_isStopped ? Stops : 0));
            if ((flags & Cancels) != 0)
            {
                return StopReason.Cancelled;
            }

            // A run that is resumed after its patience ran out must not continue.
            if (_progress.ValidationsWithoutImprovement >= _options.Patience)
            {
                return StopReason.NoImprovement;
            }

            if (_leftOut >= _mostLeftOut)
            {
                return StopReason.NotFinite;
            }

            if ((flags & Stops) != 0)
            {
                return StopReason.Stopped;
            }

            Update();
            bool validates = _plan.Validates(_progress.Updates);
            if (validates)
            {
                Validate(_validation!);
            }

            // The last validation comes with a report of its own.
            bool isBeforeLast = _validation is not null && _progress.Updates == _plan.Updates;
            if (validates || (IsTime(_options.ReportEvery) && !isBeforeLast))
            {
                Report(validates ? _lastScore : null);
            }

            if (_plan.EndsEpoch(_progress.Updates))
            {
                EndEpoch();
            }

            if (IsTime(_options.SaveEvery))
            {
                Save(_options.CheckpointPath!);
            }
        }

        return _leftOut > 0 && _leftOut == _progress.Updates - _firstUpdate ? StopReason.NotFinite : StopReason.Completed;
    }

    private void EndEpoch()
    {
        foreach (IFitCallback callback in _callbacks)
        {
            _isStopped |= !callback.OnEpochEnd(_plan.FullEpochsAt(_progress.Updates));
        }
    }

    private bool IsTime(long every) => every > 0 && _progress.Updates % every == 0;

    private void Update()
    {
        _time.Start();
        Accumulate();
        _targets += _trainer.Tape.TargetCount;
        long leftOut = _trainer.SkippedUpdates;
        float loss = _trainer.Update();
        _leftOut = _trainer.SkippedUpdates > leftOut ? _leftOut + 1 : 0;
        _progress.Updates++;
        _time.Stop();
        if (float.IsFinite(loss))
        {
            _lossSum += loss;
            _lossCount++;
        }
    }

    /// <summary>The gradients of the next mini-batch. If a window fails, neither the cursor nor a carried state has changed.</summary>
    private void Accumulate()
    {
        (ulong random, ulong epoch, int position) = (_cursor.Random, _cursor.Epoch, _cursor.Position);
        bool startsEpoch = _cursor.StartsEpoch;
        for (int lane = 0; lane < _moved.Length; lane++)
        {
            if (startsEpoch)
            {
                _moved[lane].Reset();
            }
            else
            {
                _moved[lane].CopyFrom(_progress.Lanes[lane]);
            }
        }

        foreach (ref int window in _windows.AsSpan())
        {
            window = _cursor.Next();
        }

        try
        {
            _trainer.Accumulate(_data, _windows, _options.CarryState ? _moved : null);
        }
        catch
        {
            _progress.Cursor = new SampleCursor(_cursor.Order, _cursor.Count, random, epoch, position);
            throw;
        }

        (_progress.Lanes, _moved) = (_moved, _progress.Lanes);
    }

    private State[] NewStates() => [.. Enumerable.Range(0, _plan.BatchSize).Select(_ => _trainer.Model.CreateState())];

    private void Score(Dataset<TInput, TTarget> validation)
    {
        _lastScore = _trainer.Evaluate(validation);
        _lastValidation = _progress.Updates;
    }

    private void Validate(Dataset<TInput, TTarget> validation)
    {
        Score(validation);
        _trainer.Optimizer.Report((float)_lastScore.Loss);
        if (_lastScore.Loss < _progress.BestLoss)
        {
            _progress.BestLoss = _lastScore.Loss;
            _progress.BestUpdate = _progress.Updates;
            _progress.ValidationsWithoutImprovement = 0;
            if (_options.RestoreBestWeights)
            {
                _trainer.Model.Weights.Values.CopyTo(_progress.BestWeights);
            }
        }
        else
        {
            _progress.ValidationsWithoutImprovement++;
        }
    }

    /// <summary>One process writes what all have. Processes that have come apart write nothing.</summary>
    private void Save(string path)
    {
        if (_processes.Size > 1)
        {
            _processes.CheckSame(("checksum of weights", WeightsChecksum()));
        }

        _processes.DoInFirst(() => _trainer.Save(path));
        _lastSave = _progress.Updates;
    }

    private void Report(Score? validation)
    {
        TimeSpan elapsed = _time.Elapsed;
        var report = new TrainingProgress
        {
            Update = _progress.Updates,
            Updates = _plan.Updates,
            Epoch = _plan.EpochsAt(_progress.Updates),
            Loss = _lossSum / _lossCount,
            Validation = validation,
            BestLoss = BestLoss,
            LearningRate = _trainer.Optimizer.LearningRate,
            GradientNorm = _trainer.Optimizer.GradientNorm,
            SkippedUpdates = _trainer.SkippedUpdates,
            TargetsPerSecond = (_targets - _reportedTargets) / (elapsed - _reportedTime).TotalSeconds,
            Elapsed = elapsed,
            Advice = _advice,
            Remaining = Remaining(elapsed),
        };
        _history.Add(report);
        _reports?.Report(report);
        foreach (IFitCallback callback in _callbacks)
        {
            _isStopped |= validation is Score score && !callback.OnValidation(report.Update, score);
            _isStopped |= !callback.OnReport(report);
        }

        _lossSum = 0;
        _lossCount = 0;
        _reportedTargets = _targets;
        _reportedTime = elapsed;
    }

    private TimeSpan Remaining(TimeSpan elapsed)
    {
        double seconds = elapsed.TotalSeconds * (_plan.Updates - _progress.Updates) / Math.Max(1, _progress.Updates - _firstUpdate);

        // A training that is meant to be cancelled may have as many updates as there are numbers.
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }

    /// <summary>Continues from the trainer's progress, or starts; other data or another order start an epoch.</summary>
    private SampleCursor Cursor()
    {
        DataOrder order = _options.Order;
        return _progress.Cursor is null ? new SampleCursor(order, _data.Count, new RandomStream(_options.Seed, number: 1))
            : _progress.Cursor.Order == order && _progress.Cursor.Count == _data.Count ? _progress.Cursor
            : _progress.Cursor.On(order, _data.Count);
    }
}
