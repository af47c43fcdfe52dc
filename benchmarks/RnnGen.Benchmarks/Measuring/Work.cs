using System.Diagnostics;

namespace RnnGen.Benchmarks;

/// <summary>One contender's side of a workload: units of work that can be repeated.</summary>
internal abstract class Work : IDisposable
{
    /// <summary>Whether its allocations are those of this process.</summary>
    public virtual bool IsManaged => false;

    /// <summary>Does so many units.</summary>
    /// <returns>The time that they took, in seconds.</returns>
    public abstract double Run(int count);

    /// <summary>Does so many units, each after reading other memory.</summary>
    /// <returns>The time that the units took, in seconds.</returns>
    public abstract double RunCold(int count, CacheSweeper sweeper);

    /// <summary>Times single units, in nanoseconds.</summary>
    public abstract double[] Singles(int count);

    /// <summary>The first outputs, or the gradients of the first batch. To be asked once, before anything runs.</summary>
    public abstract float[] Check();

    public virtual void Dispose()
    {
    }
}

/// <summary>Work that is done in this process.</summary>
internal abstract class LocalWork : Work
{
    public override double Run(int count)
    {
        long start = Stopwatch.GetTimestamp();
        Do(count);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public override double RunCold(int count, CacheSweeper sweeper)
    {
        double seconds = 0;
        for (int k = 0; k < count; k++)
        {
            sweeper.Sweep();
            seconds += Run(1);
        }

        return seconds;
    }

    public override double[] Singles(int count)
    {
        var times = new double[count];
        double nanoseconds = 1e9 / Stopwatch.Frequency;
        for (int k = 0; k < count; k++)
        {
            long start = Stopwatch.GetTimestamp();
            Do(1);
            times[k] = (Stopwatch.GetTimestamp() - start) * nanoseconds;
        }

        return times;
    }

    protected abstract void Do(int count);
}
