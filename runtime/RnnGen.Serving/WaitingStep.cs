using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace RnnGen.Serving;

/// <summary>A step that waits for its turn, and whose caller awaits it. It is used again for later steps.</summary>
internal sealed class WaitingStep<TKey, TInput>(WaitingSteps<TKey, TInput> queue) : IValueTaskSource<StepResult>, IValueTaskSource, IThreadPoolWorkItem
    where TKey : notnull
{
    // Continuations run in a work item of their own, so that no caller holds up another one.
    private ManualResetValueTaskSourceCore<StepResult> _core;
    private StepResult _result;
    private Exception? _exception;
    private long? _start;
    private bool _isDone;

    public TKey Key { get; private set; } = default!;

    public ReadOnlyMemory<TInput> Inputs { get; private set; }

    public Memory<float> Outputs { get; private set; }

    /// <summary>Tells this step from earlier ones.</summary>
    public short Token => _core.Version;

    /// <param name="key">The key.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">What it writes.</param>
    /// <param name="start">The time, if its duration is measured.</param>
    public void Begin(TKey key, ReadOnlyMemory<TInput> inputs, Memory<float> outputs, long? start)
    {
        Key = key;
        Inputs = inputs;
        Outputs = outputs;
        _start = start;
    }

    public void Done(StepResult result)
    {
        _result = result;
        _isDone = true;
    }

    /// <summary>The step cannot be taken; if it was, that stands.</summary>
    public void Failed(Exception exception)
    {
        _exception = _isDone ? null : exception;
        _isDone = true;
    }

    /// <summary>Answers the caller.</summary>
    public void Execute()
    {
        try
        {
            if (_exception is null)
            {
                queue.Host.Tell(_result.Status, Key, _start is long start ? Stopwatch.GetElapsedTime(start) : null);
            }
        }
        catch (Exception e)
        {
            // Of a listener to the metrics, or of the log.
            _exception = e;
        }

        if (_exception is null)
        {
            _core.SetResult(_result);
        }
        else
        {
            _core.SetException(_exception);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    public StepResult GetResult(short token)
    {
        // Only who has the token of this step, and has waited for it, gives it back.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The step was not awaited.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Begin(default!, default, default, null);
            _result = default;
            _exception = null;
            _isDone = false;
            _core.Reset();
            queue.Return(this);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        TKey key = Key;
        queue.Host.Require(GetResult(token).Status, key);
    }
}
