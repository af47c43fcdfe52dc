namespace RnnGen.Benchmarks;

internal static class Allocation
{
    /// <summary>Bytes per unit of work, in all threads of the process; the least of some tries, because others of its threads may allocate.</summary>
    /// <param name="run">Does so many units.</param>
    public static double PerUnit(Func<int, double> run)
    {
        const int Count = 20;
        long least = long.MaxValue;
        for (int k = 0; k < 5 && least > 0; k++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            run(Count);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return (double)least / Count;
    }
}
