namespace RnnGen.Training;

/// <summary>
/// Adds up the gradients of mini-batches, on one core or several. Each worker has a tape and takes neighbouring windows; the tapes are added
/// in the order of the workers, so that the same number of workers gives the same sums, bit for bit.
/// </summary>
internal sealed class MiniBatches<TModel, TState, TTape, TInput, TTarget> : IDisposable
    where TModel : class, IRnnModel<TModel, TState, TTape, TInput, TTarget>
    where TState : State
    where TTape : Tape
{
    // A thread that has to be woken costs 10 to 25 µs. A worker's share must take longer, 50 µs: at 0.1 ns per parameter and time step, and as
    // much per time step as 800 parameters cost, which are the figures of training LSTMs from 2 to 256 units.
    private const long LeastShare = 500_000;
    private const long StepOverhead = 800;

    private readonly TModel _model;
    private readonly TTape[] _tapes;
    private readonly TState[] _states;
    private readonly WorkerTeam? _team;

    // The mini-batch at hand, for all threads.
    private int[] _windows = [];
    private int _count;
    private TState[]? _carried;
    private Dataset<TInput, TTarget>? _data;

    /// <summary>Takes all memory, and starts the threads.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tape">The first worker's, which gets the sums.</param>
    /// <param name="state">The first worker's.</param>
    /// <param name="workers">How many there are.</param>
    public MiniBatches(TModel model, TTape tape, TState state, int workers)
    {
        _model = model;
        _tapes = [tape, .. Enumerable.Range(1, workers - 1).Select(_ => model.CreateTape())];
        _states = [state, .. Enumerable.Range(1, workers - 1).Select(_ => model.CreateState())];
        _team = workers > 1 ? new WorkerTeam(workers, Share) : null;
    }

    public int Workers => _tapes.Length;

    /// <summary>Adds the gradients of some windows; if one fails, nothing is left of any.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">Which of them.</param>
    /// <param name="carried">A state for each, which is moved on; null for the zero state.</param>
    public void Accumulate(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, TState[]? carried)
    {
        if (_windows.Length < windows.Length)
        {
            _windows = new int[windows.Length];
        }

        windows.CopyTo(_windows);
        (_count, _carried, _data) = (windows.Length, carried, data);
        try
        {
            if (_team is not null && IsWorthIt(windows.Length))
            {
                Run(_team);
            }
            else
            {
                Run(_tapes[0], _states[0], 0, _count);
            }
        }
        catch
        {
            foreach (TTape tape in _tapes)
            {
                tape.Clear();
            }

            throw;
        }
        finally
        {
            (_carried, _data) = (null, null);
        }
    }

    public void Dispose() => _team?.Dispose();

    private bool IsWorthIt(int windows) =>
        windows >= Workers && windows / Workers * (long)TModel.SequenceLength * (TModel.ParameterCount + StepOverhead) >= LeastShare;

    private void Run(WorkerTeam team)
    {
        foreach (TTape tape in _tapes.AsSpan(1))
        {
            _tapes[0].SeedFromHere(tape);
        }

        team.Run();
        foreach (TTape tape in _tapes.AsSpan(1))
        {
            _tapes[0].TakeOver(tape);
        }
    }

    private void Share(int worker) =>
        Run(_tapes[worker], _states[worker], (int)((long)_count * worker / Workers), (int)((long)_count * (worker + 1) / Workers));

    private void Run(TTape tape, TState state, int start, int end)
    {
        for (int place = start; place < end; place++)
        {
            TState from = state;
            if (_carried is null)
            {
                state.Reset();
            }
            else
            {
                from = _carried[place];
            }

            ReadOnlySpan<TInput> inputs = _data!.Inputs(_windows[place]);
            ReadOnlySpan<TTarget> targets = _data.Targets(_windows[place]);
            _model.CheckWindow(inputs, targets);
            _model.Forward(from, inputs, tape);
            _model.Backward(tape, targets);
        }
    }
}
