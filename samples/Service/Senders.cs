using System.Collections.Concurrent;
using RnnGen.Serving;

/// <summary>Who sends. A stream has one sender at a time, so that its readings have an order: a socket as long as it is open, a request as long as it runs.</summary>
/// <param name="options">The settings: there are at most as many senders as live streams.</param>
public sealed class Senders(ServiceOptions options)
{
    private readonly ConcurrentDictionary<string, bool> _keys = new();
    private int _count;

    /// <summary>Begins to send; <see cref="Leave"/> ends it.</summary>
    /// <returns><see cref="StreamStatus.Done"/>, <see cref="StreamStatus.Exists"/> if another one sends, or <see cref="StreamStatus.Full"/>.</returns>
    public StreamStatus TryEnter(string key)
    {
        StreamStatus status = StreamStatus.Full;
        if (Interlocked.Increment(ref _count) <= options.Capacity)
        {
            status = _keys.TryAdd(key, true) ? StreamStatus.Done : StreamStatus.Exists;
        }

        if (status != StreamStatus.Done)
        {
            Interlocked.Decrement(ref _count);
        }

        return status;
    }

    /// <summary>Ends to send.</summary>
    public void Leave(string key)
    {
        _keys.TryRemove(key, out _);
        Interlocked.Decrement(ref _count);
    }
}
