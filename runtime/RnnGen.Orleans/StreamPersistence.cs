namespace RnnGen.Orleans;

/// <summary>
/// When a stream is written to grain storage: what may be lost when a silo dies. A silo that is stopped in order, and a stream that is deactivated because it is idle, lose nothing
/// under any policy, unless the storage fails at that moment.
/// </summary>
public sealed class StreamPersistence
{
    private StreamPersistence(int steps, TimeSpan time)
    {
        Steps = steps;
        Time = time;
    }

    /// <summary>Before each answer, the default: an answered step is never lost.</summary>
    public static StreamPersistence EachStep { get; } = new(1, Timeout.InfiniteTimeSpan);

    /// <summary>Only when the stream is deactivated: all steps since it was activated may be lost.</summary>
    public static StreamPersistence OnDeactivation { get; } = new(int.MaxValue, Timeout.InfiniteTimeSpan);

    /// <summary>Number of steps after which a stream is written.</summary>
    internal int Steps { get; }

    /// <summary>How long a step may be unwritten; infinite for any time.</summary>
    internal TimeSpan Time { get; }

    /// <summary>With every n-th step: at most n - 1 answered steps may be lost.</summary>
    /// <param name="steps">n, at least 1.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public static StreamPersistence Every(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return new StreamPersistence(steps, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// So that a step is written at most a time after its answer: the answered steps of that time may be lost. While the storage fails, steps that come later than that are not answered.
    /// </summary>
    /// <param name="time">The time, more than zero and at most 49 days.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is not in this range.</exception>
    public static StreamPersistence Every(TimeSpan time) => Every(int.MaxValue, time);

    /// <summary>With every n-th step, and at most a time after a step: whichever comes first.</summary>
    /// <param name="steps">n, at least 1.</param>
    /// <param name="time">The time, more than zero and at most 49 days.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1, or the time is not in this range.</exception>
    public static StreamPersistence Every(int steps, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(49));
        return new StreamPersistence(steps, time);
    }
}
