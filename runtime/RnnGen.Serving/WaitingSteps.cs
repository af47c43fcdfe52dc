namespace RnnGen.Serving;

/// <summary>
/// The steps of a shard that wait, in the order in which they were called. One work item of the thread pool at a time takes as many of them as a batch has lanes. It stands in line
/// behind what the pool has to do already, such as other callers that are about to step: so the lanes fill by themselves when there is much to do.
/// </summary>
internal sealed class WaitingSteps<TKey, TInput> : IThreadPoolWorkItem
    where TKey : notnull
{
    private readonly Shard<TKey, TInput> _shard;
    private readonly HostMetrics _metrics;
    private readonly TimeSpan _longest;
    private readonly ITimer? _timer;
    private readonly Lock _lock = new();
    private readonly Queue<WaitingStep<TKey, TInput>> _waiting = new();
    private readonly Stack<WaitingStep<TKey, TInput>> _free = new();

    // Of the work item: the steps that it takes.
    private readonly WaitingStep<TKey, TInput>[] _taken;
    private readonly int[] _order;

    private bool _isCalled;
    private bool _isTimed;
    private bool _isOver;

    /// <param name="host">The host.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="lanes">The most steps that are taken together.</param>
    /// <param name="options">Tell how long a step waits for others, at most.</param>
    /// <param name="metrics">Is told the sizes of batches.</param>
    public WaitingSteps(StreamHost<TKey, TInput> host, Shard<TKey, TInput> shard, int lanes, StreamHostOptions<TKey> options, HostMetrics metrics)
    {
        Host = host;
        _shard = shard;
        _longest = options.MaxWait;
        _metrics = metrics;
        _taken = new WaitingStep<TKey, TInput>[lanes];
        _order = new int[lanes];
        if (_longest > TimeSpan.Zero)
        {
            _timer = options.TimeProvider.CreateTimer(static steps => ((WaitingSteps<TKey, TInput>)steps!).TimeIsOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public StreamHost<TKey, TInput> Host { get; }

    public WaitingStep<TKey, TInput> Add(TKey key, ReadOnlyMemory<TInput> inputs, Memory<float> outputs, long? start)
    {
        WaitingStep<TKey, TInput>? step;
        bool calls;
        lock (_lock)
        {
            if (!_free.TryPop(out step))
            {
                step = new WaitingStep<TKey, TInput>(this);
            }

            step.Begin(key, inputs, outputs, start);
            _waiting.Enqueue(step);
            calls = IsToBeCalled();
        }

        Call(calls);
        return step;
    }

    public void Return(WaitingStep<TKey, TInput> step)
    {
        lock (_lock)
        {
            _free.Push(step);
        }
    }

    /// <summary>Takes a batch of steps. Another one is taken by a work item at the end of the line.</summary>
    public void Execute()
    {
        int count = 0;
        lock (_lock)
        {
            while (count < _taken.Length && _waiting.TryDequeue(out WaitingStep<TKey, TInput>? step))
            {
                _order[count] = count;
                _taken[count++] = step;
            }
        }

        var steps = new Taken(_taken);
        try
        {
            _shard.Step(ref steps, _order.AsSpan(0, count), _metrics);
        }
        catch (Exception e)
        {
            // Of the clock, or of a listener to the metrics.
            foreach (WaitingStep<TKey, TInput> step in _taken.AsSpan(0, count))
            {
                step.Failed(e);
            }
        }

        foreach (ref WaitingStep<TKey, TInput> step in _taken.AsSpan(0, count))
        {
            ThreadPool.UnsafeQueueUserWorkItem(step, preferLocal: false);
            step = null!;
        }

        bool calls;
        lock (_lock)
        {
            _isCalled = false;
            calls = IsToBeCalled();
        }

        Call(calls);
    }

    private void TimeIsOver()
    {
        bool calls;
        lock (_lock)
        {
            _isTimed = false;
            _isOver = true;
            calls = IsToBeCalled();
        }

        Call(calls);
    }

    /// <summary>Whether a work item is needed now. If it is needed later, the timer is set.</summary>
    private bool IsToBeCalled()
    {
        if (_waiting.Count == 0)
        {
            _isOver = false;
            return false;
        }

        // One that is set already was set for an earlier step, and ends sooner: nobody waits for longer than the limit.
        if (_timer is not null && !_isTimed && !_isOver)
        {
            _isTimed = true;
            _timer.Change(_longest, Timeout.InfiniteTimeSpan);
        }

        if (_isCalled || !(_timer is null || _isOver || _waiting.Count >= _taken.Length))
        {
            return false;
        }

        _isCalled = true;
        _isOver = false;
        return true;
    }

    private void Call(bool calls)
    {
        if (calls)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private readonly struct Taken(WaitingStep<TKey, TInput>[] steps) : ISteps<TKey, TInput>
    {
        public TKey Key(int step) => steps[step].Key;

        public ReadOnlySpan<TInput> Inputs(int step) => steps[step].Inputs.Span;

        public Span<float> Outputs(int step) => steps[step].Outputs.Span;

        public void Done(int step, StepResult result) => steps[step].Done(result);

        public void Failed(int step, Exception exception) => steps[step].Failed(exception);
    }
}
