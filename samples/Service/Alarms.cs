using System.Collections.Concurrent;

/// <summary>Alarms: each is told once, when it begins.</summary>
public sealed class Alarms
{
    private const int Kept = 20;

    private readonly Telemetry _telemetry;
    private readonly ILogger<Alarms> _log;

    private readonly ConcurrentDictionary<string, bool> _current = new();
    private readonly Queue<Alarm> _last = new();

    /// <summary>Creates an empty list.</summary>
    public Alarms(Streams streams, Telemetry telemetry, ILogger<Alarms> log)
    {
        _telemetry = telemetry;
        _log = log;

        // Only live streams have an alarm: there are no more of them than streams.
        streams.Left += key => _current.TryRemove(key, out _);
    }

    /// <summary>The last ones, the oldest first.</summary>
    public Alarm[] Last
    {
        get
        {
            lock (_last)
            {
                return [.. _last];
            }
        }
    }

    /// <summary>Looks at an answer.</summary>
    public void Tell(string key, Answer answer)
    {
        if (!answer.Alarm)
        {
            _current.TryRemove(key, out _);
        }
        else if (_current.TryAdd(key, true))
        {
            _telemetry.Alarmed();
            _log.Alarm(key, answer.Score);
            lock (_last)
            {
                _last.Enqueue(new Alarm(DateTimeOffset.UtcNow, key, answer.Score));
                if (_last.Count > Kept)
                {
                    _last.Dequeue();
                }
            }
        }
    }
}

/// <summary>The begin of an alarm.</summary>
/// <param name="Time">When.</param>
/// <param name="Key">Of which stream.</param>
/// <param name="Score">The score.</param>
public sealed record Alarm(DateTimeOffset Time, string Key, float Score);
