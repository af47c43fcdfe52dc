using System.Diagnostics;

namespace RnnGen.Benchmarks;

internal static class Repeat
{
    /// <summary>Work that is told how often, as work that tells how long it took.</summary>
    public static Func<int, double> Of(Action<int> work) => count =>
    {
        long start = Stopwatch.GetTimestamp();
        work(count);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    };
}
