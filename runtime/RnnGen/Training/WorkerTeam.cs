using System.Runtime.ExceptionServices;

namespace RnnGen.Training;

/// <summary>Threads that do the same job at the same time, the caller's thread being the first. Idle threads wait without using a core.</summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly SemaphoreSlim[] _starts;
    private readonly SemaphoreSlim _done = new(0);
    private readonly ExceptionDispatchInfo?[] _failures;
    private Action<int>? _job;
    private bool _isOver;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">Number of workers, including the caller.</param>
    public WorkerTeam(int workers)
    {
        _failures = new ExceptionDispatchInfo?[workers];
        _starts = [.. Enumerable.Range(1, workers - 1).Select(_ => new SemaphoreSlim(0))];
        for (int worker = 1; worker < workers; worker++)
        {
            int number = worker;
            new Thread(() => Work(number)) { IsBackground = true, Name = $"RnnGen worker {number}" }.Start();
        }
    }

    /// <summary>Runs a job once on every worker, and waits for all of them.</summary>
    /// <param name="job">The job, called with the number of the worker, from 0.</param>
    /// <exception cref="Exception">What the job threw; if several workers threw, that of the first one.</exception>
    public void Run(Action<int> job)
    {
        _job = job;
        foreach (SemaphoreSlim start in _starts)
        {
            start.Release();
        }

        Do(0);
        for (int worker = 1; worker < _failures.Length; worker++)
        {
            _done.Wait();
        }

        ExceptionDispatchInfo? failure = Array.Find(_failures, f => f is not null);
        Array.Clear(_failures);
        failure?.Throw();
    }

    /// <summary>Ends the threads, which are idle.</summary>
    public void Dispose()
    {
        _isOver = true;
        foreach (SemaphoreSlim start in _starts)
        {
            start.Release();
        }
    }

    private void Work(int worker)
    {
        while (true)
        {
            _starts[worker - 1].Wait();
            if (_isOver)
            {
                return;
            }

            Do(worker);
            _done.Release();
        }
    }

    private void Do(int worker)
    {
        try
        {
            _job!(worker);
        }
        catch (Exception exception)
        {
            _failures[worker] = ExceptionDispatchInfo.Capture(exception);
        }
    }
}
