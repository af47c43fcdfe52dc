using System.Diagnostics;

namespace RnnGen.Benchmarks;

/// <summary>Steps that only look at the clock, until they have taken so long. Longer ones were interrupted.</summary>
/// <param name="nanoseconds">How long a step takes.</param>
internal sealed class IdleWork(double nanoseconds) : LocalWork
{
    private readonly long _ticks = (long)(nanoseconds * Stopwatch.Frequency / 1e9);

    public override bool IsManaged => true;

    public override float[] Check() => [];

    protected override void Do(int count)
    {
        for (; count > 0; count--)
        {
            long end = Stopwatch.GetTimestamp() + _ticks;
            while (Stopwatch.GetTimestamp() < end)
            {
            }
        }
    }
}
