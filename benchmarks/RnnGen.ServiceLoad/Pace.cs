using System.Diagnostics;

/// <summary>When the readings of a stream are sent.</summary>
/// <param name="Burst">So many at a time, before the first answer is read.</param>
/// <param name="Interval">From one time to the next; zero for as soon as all are answered.</param>
internal sealed record Pace(int Burst, TimeSpan Interval)
{
    /// <summary>As fast as possible.</summary>
    public static Pace Fastest(int burst) => new(burst, TimeSpan.Zero);

    /// <summary>One at a time, at a rate that all streams have together.</summary>
    public static Pace Of(double perSecond, int streams) => new(1, TimeSpan.FromSeconds(streams / perSecond));

    /// <summary>Waits for the next time.</summary>
    /// <param name="next">The time; receives the one after it.</param>
    /// <returns>The time that was waited for: what is late, whoever is to blame, counts as latency.</returns>
    public async ValueTask<long> Wait(Schedule next)
    {
        if (Interval == TimeSpan.Zero)
        {
            return Stopwatch.GetTimestamp();
        }

        long due = next.Due;
        next.Due += (long)(Interval.TotalSeconds * Stopwatch.Frequency);
        TimeSpan wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait);
        }

        // A delay has whole milliseconds, and can end before the time.
        return Math.Min(due, Stopwatch.GetTimestamp());
    }
}

/// <summary>Where a stream is in its schedule.</summary>
internal sealed class Schedule
{
    /// <summary>The time stamp at which it sends next.</summary>
    public long Due { get; set; }
}
