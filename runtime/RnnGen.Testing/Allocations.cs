using System.Globalization;

namespace RnnGen.Testing;

/// <summary>Checks of the memory that code allocates.</summary>
public static class Allocations
{
    private const int Rounds = 3;

    /// <summary>
    /// Checks that an action allocates nothing on the calling thread, apart from its first call, which may compile code and create what is kept.
    /// </summary>
    /// <remarks>
    /// If other threads allocate at the same time, they can cause garbage collections, which can be counted here once. So it is measured up to three times, and the
    /// check fails if none is free of allocations.
    /// </remarks>
    /// <param name="action">The action. It is called often, so that nothing in it may be used up.</param>
    /// <param name="calls">Number of calls per measurement, at least 1.</param>
    /// <exception cref="CheckException">Bytes were allocated.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no calls.</exception>
    public static void None(Action action, int calls = 1000)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        action();
        long bytes = Measure(action, calls);
        for (int round = 1; round < Rounds && bytes > 0; round++)
        {
            bytes = Math.Min(bytes, Measure(action, calls));
        }

        if (bytes > 0)
        {
            throw new CheckException(string.Create(CultureInfo.InvariantCulture, $"Expected no allocations, found {bytes} bytes in {calls} calls, {bytes / (double)calls:0.#} per call."));
        }
    }

    private static long Measure(Action action, int calls)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < calls; call++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
