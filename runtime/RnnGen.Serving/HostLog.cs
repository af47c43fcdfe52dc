using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RnnGen.Checkpoints;

namespace RnnGen.Serving;

/// <summary>What a host writes to a log: rare events, and keys only for debugging. What can happen often is told once in a while, with its number.</summary>
/// <param name="logger">The log; null for none.</param>
/// <param name="clock">The clock.</param>
internal sealed partial class HostLog(ILogger? logger, TimeProvider clock)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private readonly OftenRepeated _full = new(clock);
    private readonly OftenRepeated _notFinite = new(clock);

    /// <summary>Number of streams that were refused because the host was full.</summary>
    public long Full => _full.Count;

    /// <summary>Number of steps whose states would not be finite.</summary>
    public long NotFinite => _notFinite.Count;

    /// <summary>A call was not done.</summary>
    /// <param name="status">Why.</param>
    /// <param name="key">The key of its stream.</param>
    /// <param name="capacity">The capacity of the host.</param>
    public void Refused<TKey>(StreamStatus status, TKey key, int capacity)
    {
        if (status == StreamStatus.Full)
        {
            if (_full.Add() is long starts and > 0)
            {
                LogFull(capacity, starts);
            }
        }
        else if (status == StreamStatus.NotFinite)
        {
            if (_notFinite.Add() is long steps and > 0)
            {
                LogNotFinite(steps);
            }
        }
        else
        {
            return;
        }

        if (_logger.IsEnabled(LogLevel.Debug))
        {
            LogKey(Printable.Name(key?.ToString() ?? ""), status);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "New weights, version {version}; live streams: {live}", EventName = "Swapped")]
    public partial void Swapped(int version, LiveStreams live);

    [LoggerMessage(2, LogLevel.Information, "Idle streams that were ended: {streams}", EventName = "IdleEnded")]
    public partial void IdleEnded(int streams);

    [LoggerMessage(3, LogLevel.Warning, "Full: {capacity} streams are live. Refused since the last message: {starts}", EventName = "Full")]
    private partial void LogFull(int capacity, long starts);

    [LoggerMessage(4, LogLevel.Warning, "States that would not be finite after a step, since the last message: {steps}", EventName = "NotFinite")]
    private partial void LogNotFinite(long steps);

    [LoggerMessage(5, LogLevel.Debug, "The stream '{key}': {status}", EventName = "Refused")]
    private partial void LogKey(string key, StreamStatus status);

    /// <summary>Something that can happen often, and is told once a minute.</summary>
    private sealed class OftenRepeated(TimeProvider clock)
    {
        private readonly long _pause = 60 * clock.TimestampFrequency;
        private readonly Lock _lock = new();
        private long _count;
        private long _told;
        private long? _last;

        public long Count => Volatile.Read(ref _count);

        /// <summary>Counts one.</summary>
        /// <returns>How many there were since the last time, if it is time to tell; else 0.</returns>
        public long Add()
        {
            lock (_lock)
            {
                _count++;
                long now = clock.GetTimestamp();
                if (now - _last < _pause)
                {
                    return 0;
                }

                long untold = _count - _told;
                _told = _count;
                _last = now;
                return untold;
            }
        }
    }
}
