namespace RnnGen.Serving;

/// <summary>Counts the streams of a host against its capacity.</summary>
/// <param name="capacity">The most that there can be.</param>
internal sealed class Population(int capacity)
{
    private int _count;

    public int Capacity => capacity;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes places for streams, all or none.</summary>
    public bool TryEnter(int streams = 1)
    {
        int count = Volatile.Read(ref _count);
        while (streams <= capacity - count)
        {
            int found = Interlocked.CompareExchange(ref _count, count + streams, count);
            if (found == count)
            {
                return true;
            }

            count = found;
        }

        return false;
    }

    public void Leave(int streams = 1) => Interlocked.Add(ref _count, -streams);
}
