namespace RnnGen.Tests.Training;

/// <summary>A group whose processes are threads: what they exchange is copied. A thread that waits for one that has ended fails after a time.</summary>
internal sealed class ThreadGroup : IProcessGroup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Meeting _meeting;

    private ThreadGroup(Meeting meeting, int rank)
    {
        _meeting = meeting;
        Rank = rank;
    }

    public int Size => _meeting.Values.Length;

    public int Rank { get; }

    /// <summary>Number of calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Runs something in every process.</summary>
    /// <returns>What each returned.</returns>
    public static T[] Run<T>(int size, Func<ThreadGroup, T> program)
    {
        using var barrier = new Barrier(size);
        var meeting = new Meeting(barrier, new byte[size][], new int[size][]);
        var results = new T[size];
        var failures = new Exception?[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = program(new ThreadGroup(meeting, rank));
            }
            catch (Exception e)
            {
                failures[rank] = e;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Array.Find(failures, failure => failure is not null) is Exception first ? throw new AggregateException(first) : results;
    }

    public void AllGather(Span<byte> values, ReadOnlySpan<int> starts)
    {
        Assert.Equal(Size + 1, starts.Length);
        Publish(values[starts[Rank]..starts[Rank + 1]].ToArray(), starts.ToArray());
        for (int process = 0; process < Size; process++)
        {
            Assert.Equal(starts.ToArray(), _meeting.Starts[process]);
            _meeting.Values[process].CopyTo(values[starts[process]..starts[process + 1]]);
        }

        Wait();
    }

    public void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentStarts, Span<byte> received, ReadOnlySpan<int> receivedStarts)
    {
        Assert.Equal(Size + 1, sentStarts.Length);
        Assert.Equal(Size + 1, receivedStarts.Length);
        Publish(sent.ToArray(), sentStarts.ToArray());
        for (int process = 0; process < Size; process++)
        {
            int[] starts = _meeting.Starts[process];
            Span<byte> place = received[receivedStarts[process]..receivedStarts[process + 1]];
            Assert.Equal(place.Length, starts[Rank + 1] - starts[Rank]);
            _meeting.Values[process].AsSpan(starts[Rank], place.Length).CopyTo(place);
        }

        Wait();
    }

    private void Publish(byte[] values, int[] starts)
    {
        Calls++;
        (_meeting.Values[Rank], _meeting.Starts[Rank]) = (values, starts);
        Wait();
    }

    private void Wait()
    {
        if (!_meeting.Barrier.SignalAndWait(Patience))
        {
            throw new TimeoutException($"Process {Rank} waits for one that does not come.");
        }
    }

    private sealed record Meeting(Barrier Barrier, byte[][] Values, int[][] Starts);
}
