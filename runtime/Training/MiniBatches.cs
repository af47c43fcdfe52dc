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

    private readonly WindowRunner<TModel, TState, TTape, TInput, TTarget>[] _runners;
    private readonly WorkerTeam? _team;

    // The mini-batch at hand, for all threads.
    private int[] _windows = [];
    private int _count;
    private TState[]? _carried;
    private Dataset<TInput, TTarget>? _data;

    /// <summary>Takes all memory, and starts the threads.</summary>
    /// <param name="runners">The workers; the first one's tape gets the sums.</param>
    public MiniBatches(WindowRunner<TModel, TState, TTape, TInput, TTarget>[] runners)
    {
        _runners = runners;
        _team = runners.Length > 1 ? new WorkerTeam(runners.Length, Share) : null;
    }

    public int Workers => _runners.Length;

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
                Run(_runners[0], 0, _count);
            }
        }
        catch
        {
            foreach (WindowRunner<TModel, TState, TTape, TInput, TTarget> runner in _runners)
            {
                runner.Tape.Clear();
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
        TTape sums = _runners[0].Tape;
        foreach (WindowRunner<TModel, TState, TTape, TInput, TTarget> runner in _runners.AsSpan(1))
        {
            sums.SeedFromHere(runner.Tape);
        }

        team.Run();
        foreach (WindowRunner<TModel, TState, TTape, TInput, TTarget> runner in _runners.AsSpan(1))
        {
            sums.TakeOver(runner.Tape);
        }
    }

    private void Share(int worker) =>
        Run(_runners[worker], (int)((long)_count * worker / Workers), (int)((long)_count * (worker + 1) / Workers));

    private void Run(WindowRunner<TModel, TState, TTape, TInput, TTarget> runner, int start, int end) =>
        runner.Run(_data!, _windows.AsSpan(start, end - start), _carried is null ? [] : _carried.AsSpan(start, end - start));
}
