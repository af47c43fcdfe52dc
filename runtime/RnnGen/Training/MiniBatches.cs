namespace RnnGen.Training;

/// <summary>
/// Accumulates the gradients of mini-batches, and scores data, on one or several cores, in one or several processes. Each worker has a tape and takes adjacent
/// windows; tapes and scores are added in the order of the workers, so that the same number of workers gives the same sums, bit for bit, in whichever processes they are.
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
    private readonly Processes _processes;
    private readonly WorkerShares _shares;
    private readonly ProcessSums? _sums;

    // The workers of this process.
    private readonly int _first;
    private readonly WindowRunner<TInput, TTarget>[] _runners;
    private readonly Tape[] _tapes;
    private readonly Score[] _scores;
    private readonly Action<int> _train;
    private readonly Action<int> _evaluate;
    private readonly Action _trainAll;
    private readonly Action _evaluateAll;
    private readonly WorkerTeam? _team;

    // The random numbers of all workers.
    private readonly ulong[] _seeds;

    // The current job, for all threads.
    private int[] _windows = [];
    private int _count;
    private State[]? _carried;
    private Dataset<TInput, TTarget>? _data;

    /// <summary>Allocates all memory, and starts the threads.</summary>
    /// <param name="model">The model in training.</param>
    /// <param name="processes">The processes.</param>
    /// <param name="shares">Which workers are in which process.</param>
    /// <param name="runners">The workers of this process.</param>
    /// <param name="sums">The tape of the first of them, which receives the sums.</param>
    public MiniBatches(IRnnModel model, Processes processes, WorkerShares shares, WindowRunner<TInput, TTarget>[] runners, Tape sums)
    {
        _model = model;
        _processes = processes;
        _shares = shares;
        _sums = processes.Size > 1 ? new ProcessSums(processes, shares, sums.OwnGradients.Length) : null;
        _first = shares.FirstOf(processes.Rank);
        _runners = runners;
        _tapes = [sums, .. runners.Skip(1).Select(runner => runner.CreateTape())];
        _scores = new Score[runners.Length];
        _seeds = new ulong[shares.Workers];
        _train = place => Train(place, Start(place), Start(place + 1));
        _evaluate = place => _scores[place] = _runners[place].Evaluate(_data!, Start(place), Start(place + 1));
        _trainAll = () => Run(_train);
        _evaluateAll = () => Run(_evaluate);
        _team = runners.Length > 1 ? new WorkerTeam(runners.Length) : null;
    }

    /// <summary>Number of workers in all processes together.</summary>
    public int Workers => _shares.Workers;

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
            if (IsShared(windows.Length))
            {
                Train();
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
        if (!IsShared(data.Count / ForwardShare))
        {
            return _runners[0].Evaluate(data, 0, data.Count);
        }

        (_count, _data) = (data.Count, data);
        try
        {
            _processes.Do(_evaluateAll);
        }
        finally
        {
            _data = null;
        }

        if (_sums is not null)
        {
            return _sums.Add(_scores);
        }

        Score score = default;
        foreach (Score part in _scores)
        {
            score += part;
        }

        return score;
    }

    public void Dispose() => _team?.Dispose();

    /// <summary>Whether the work is shared; if not, every process does all of it. It does not depend on the processes.</summary>
    private bool IsShared(int windows) => Workers > 1 && windows >= Workers
        && windows / Workers * (long)_model.SequenceLength * (_model.ParameterCount + StepOverhead) >= LeastShare;

    private void Train()
    {
        Tape sums = _tapes[0];
        for (int worker = 1; worker < _seeds.Length; worker++)
        {
            _seeds[worker] = sums.NextRandomState();
        }

        _seeds[0] = sums.RandomState;
        for (int place = 0; place < _tapes.Length; place++)
        {
            _tapes[place].RandomState = _seeds[_first + place];
        }

        // What was accumulated before is a part of the sums of the first worker of all.
        if (_first > 0 && sums.HasGradients)
        {
            sums.Clear();
        }

        _processes.Do(_trainAll);
        if (_sums is not null)
        {
            _sums.Add(_tapes, _scores);
            if (_carried is { Length: > 0 })
            {
                _sums.Gather(_carried);
            }

            return;
        }

        foreach (Tape tape in _tapes.AsSpan(1))
        {
            sums.TakeOver(tape);
        }
    }

    private void Run(Action<int> job)
    {
        if (_team is null)
        {
            job(0);
        }
        else
        {
            _team.Run(job);
        }
    }

    /// <summary>Where the share of a worker of this process starts.</summary>
    private int Start(int place) => _shares.WindowOf(_first + place, _count);

    private void Train(int place, int start, int end) =>
        _runners[place].Train(_data!, _windows.AsSpan(start, end - start), _carried is null ? [] : _carried.AsSpan(start, end - start), _tapes[place]);
}
