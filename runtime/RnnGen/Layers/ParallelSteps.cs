using System.Diagnostics;

namespace RnnGen;

/// <summary>
/// Settings for the steps of models with <see cref="RnnModelAttribute.Parallel"/> = 2. A second thread takes half of the units of each large layer; between the steps it waits, without sleeping, for the
/// next one, because waking it would take longer than a step. There is one such thread for every second processor at most, and none on machines with a single one.
/// </summary>
public static class ParallelSteps
{
    private static long s_spinTicks = Stopwatch.Frequency / 1000;

    /// <summary>
    /// How long a second thread waits for the next step before it goes to sleep, and how soon two steps must follow each other to wake it. A step that finds none awake is computed by its caller alone, with
    /// the same result. Where steps come at intervals, such as every 10 ms, a longer time gives each of them two threads, and occupies one processor all the time. One millisecond by default;
    /// <see cref="Timeout.InfiniteTimeSpan"/>: it never sleeps; <see cref="TimeSpan.Zero"/>: all steps are computed by their callers alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public static TimeSpan SpinTime
    {
        get => s_spinTicks == long.MaxValue ? Timeout.InfiniteTimeSpan : Stopwatch.GetElapsedTime(0, s_spinTicks);
        set
        {
            bool isInfinite = value == Timeout.InfiniteTimeSpan;
            ArgumentOutOfRangeException.ThrowIfLessThan(value, isInfinite ? Timeout.InfiniteTimeSpan : TimeSpan.Zero);
            Volatile.Write(ref s_spinTicks, isInfinite ? long.MaxValue : (long)(value.TotalSeconds * Stopwatch.Frequency));
        }
    }

    internal static long SpinTicks => Volatile.Read(ref s_spinTicks);
}
