namespace RnnGen.Training;

/// <summary>
/// Accumulates the gradients of mini-batches, and scores data, on one or several cores. Each worker has a tape and takes adjacent windows; tapes
/// and scores are added in the order of the workers, so that the same number of workers gives the same sums, bit for bit.
/// </summary>
internal sealed class MiniBatches<TInput, TTarget> : IDisposable
{
    // Waking a thread costs 10 to 25 µs. A worker's share must take longer, 50 µs: at 0.1 ns per parameter and time step, plus an overhead per
    // time step equal to 800 parameters, as measured for training LSTMs of 2 to 256 units.
    private const long LeastShare = 500_000;
    private const long StepOverhead = 800;

    // Without the backward pass, a window takes a third of the time.
    private const int ForwardShare = 3;

    private readonly IRnnModel _model;
    private readonly WindowRunner<TInput, TTarget>[] _runners;
    private readonly Tape[] _tapes;
    private readonly Score[] _scores;
    private readonly Action<int> _train;
    private readonly Action<int> _evaluate;
    private readonly WorkerTeam? _team;

    // The current job, for all threads.
    private int[] _windows = [];
    private int _count;
    private State[]? _carried;
    private Dataset<TInput, TTarget>? _data;

    /// <summary>Allocates all memory, and starts the threads.</summary>
    /// <param name="model">The model in training.</param>
    /// <param name="runners">The workers.</param>
    /// <param name="sums">The tape of the first worker, which receives the sums.</param>
    public MiniBatches(IRnnModel model, WindowRunner<TInput, TTarget>[] runners, Tape sums)
    {
        _model = model;
        _runners = runners;
        _tapes = [sums, .. runners.Skip(1).Select(runner => runner.CreateTape())];
        _scores = new Score[runners.Length];
        _train = worker => Train(worker, Share(worker), Share(worker + 1));
        _evaluate = worker => _scores[worker] = _runners[worker].Evaluate(_data!, Share(worker), Share(worker + 1));
        _team = runners.Length > 1 ? new WorkerTeam(runners.Length) : null;
    }

    public int Workers => _runners.Length;

    /// <summary>Adds the gradients of some windows. If a window fails, all accumulated gradients are cleared.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">The indices of the windows.</param>
    /// <param name="carried">A state for each window, which is advanced; null to start from the initial state.</param>
    public void Accumulate(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, State[]? carried)
    {
        if (_windows.Length < windows.Length)
        {
            _windows = new int[windows.Length];
        }

        windows.CopyTo(_windows);
        (_count, _carried, _data) = (windows.Length, carried, data);
        ulong random = _tapes[0].RandomState;
        try
        {
            if (_team is not null && IsWorthIt(windows.Length))
            {
                Train(_team);
            }
            else
            {
                Train(0, 0, _count);
            }
        }
        catch
        {
            foreach (Tape tape in _tapes)
            {
                tape.Clear();
            }

            _tapes[0].RandomState = random;
            throw;
        }
        finally
        {
            (_carried, _data) = (null, null);
        }
    }

    /// <summary>Scores data; every window starts from the initial state.</summary>
    /// <param name="data">The data.</param>
    /// <returns>The score.</returns>
    public Score Evaluate(Dataset<TInput, TTarget> data)
    {
        if (_team is null || !IsWorthIt(data.Count / ForwardShare))
        {
            return _runners[0].Evaluate(data, 0, data.Count);
        }

        (_count, _data) = (data.Count, data);
        try
        {
            _team.Run(_evaluate);
        }
        finally
        {
            _data = null;
        }

        Score score = default;
        foreach (Score part in _scores)
        {
            score += part;
        }

        return score;
    }

    public void Dispose() => _team?.Dispose();

    private bool IsWorthIt(int windows) =>
        windows >= Workers && windows / Workers * (long)_model.SequenceLength * (_model.ParameterCount + StepOverhead) >= LeastShare;

    private void Train(WorkerTeam team)
    {
        Tape sums = _tapes[0];
        foreach (Tape tape in _tapes.AsSpan(1))
        {
            sums.SeedFromHere(tape);
        }

        team.Run(_train);
        foreach (Tape tape in _tapes.AsSpan(1))
        {
            sums.TakeOver(tape);
        }
    }

    /// <summary>Where a worker's share of the windows starts.</summary>
    private int Share(int worker) => (int)((long)_count * worker / Workers);

    private void Train(int worker, int start, int end) =>
        _runners[worker].Train(_data!, _windows.AsSpan(start, end - start), _carried is null ? [] : _carried.AsSpan(start, end - start), _tapes[worker]);
}
