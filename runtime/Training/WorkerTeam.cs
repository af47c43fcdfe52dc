using System.Runtime.ExceptionServices;

namespace RnnGen.Training;

/// <summary>Threads that do the same job side by side, the caller's own being the first of them. They wait in between and take no memory.</summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly SemaphoreSlim[] _starts;
    private readonly SemaphoreSlim _done = new(0);
    private readonly ExceptionDispatchInfo?[] _failures;
    private Action<int>? _job;
    private bool _isOver;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">How many there are, with the caller.</param>
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

    /// <summary>Has all workers do a job once, and waits for them.</summary>
    /// <param name="job">What each of them does, told its number from 0 on.</param>
    /// <exception cref="Exception">What the job threw, of several the one of the first worker.</exception>
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
