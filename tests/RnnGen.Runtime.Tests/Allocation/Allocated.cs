namespace RnnGen.Tests.Allocation;

/// <summary>Counts the bytes that calls allocate. For tests in the collection that runs alone.</summary>
internal static class Allocated
{
    private const int Rounds = 3;

    /// <summary>After one call, and one only, nothing more is taken.</summary>
    public static void Nothing(Action call, int calls)
    {
        call();
        long taken = Measure(call, calls);

        // A collection that another thread causes closes this thread's allocation buffer, and what was left of it is counted, some KB once.
        // A call that allocates does so in every round.
        for (int round = 1; round < Rounds && taken > 0; round++)
        {
            taken = Measure(call, calls);
        }

        Assert.Equal(0, taken);
    }

    private static long Measure(Action call, int calls)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < calls; k++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
