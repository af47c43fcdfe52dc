using RnnGen.Numerics;

namespace RnnGen.Training;

/// <summary>The order in which windows are taken. It allocates only in <see cref="Begin"/>.</summary>
internal sealed class SampleCursor
{
    // Null before it begins.
    private int[]? _shuffled;
    private RandomStream _random;
    private RandomStream _epoch;

    /// <summary>Starts with a new epoch.</summary>
    public SampleCursor(DataOrder order, int count, RandomStream random)
        : this(order, count, random.State, random.State, position: count)
    {
    }

    /// <summary>
    /// Continues from another cursor, perhaps from a file. The numbers of a file are trusted only once the data are there: this allocates nothing
    /// before <see cref="Begin"/>.
    /// </summary>
    public SampleCursor(DataOrder order, int count, ulong random, ulong epoch, int position)
    {
        Order = order;
        Count = count;
        _random = new RandomStream(random);
        _epoch = new RandomStream(epoch);
        Position = position;
    }

    public DataOrder Order { get; }

    /// <summary>Number of windows per epoch.</summary>
    public int Count { get; }

    /// <summary>Number of windows taken in this epoch.</summary>
    public int Position { get; private set; }

    /// <summary>The state of the random numbers.</summary>
    public ulong Random => _random.State;

    /// <summary>The state of the random numbers at the start of the epoch.</summary>
    public ulong Epoch => _epoch.State;

    /// <summary>Whether the next window is the first of an epoch.</summary>
    public bool StartsEpoch => Position == 0 || Position == Count;

    /// <summary>A cursor for other data that continues the random numbers, at the start of an epoch.</summary>
    public SampleCursor On(DataOrder order, int count) => new(order, count, _random);

    /// <summary>Builds the order of the current epoch.</summary>
    /// <returns>The cursor itself.</returns>
    public SampleCursor Begin()
    {
        if (_shuffled is null)
        {
            _shuffled = Order == DataOrder.Shuffled ? new int[Count] : [];
            if (Position < Count)
            {
                RandomStream random = _epoch;
                random.Shuffle(_shuffled);
            }
        }

        return this;
    }

    /// <summary>Index of the next window, after <see cref="Begin"/>.</summary>
    public int Next()
    {
        if (Order == DataOrder.Random)
        {
            return _random.NextInt(Count);
        }

        if (Position == Count)
        {
            StartEpoch();
        }

        int position = Position++;
        return Order == DataOrder.Shuffled ? _shuffled![position] : position;
    }

    private void StartEpoch()
    {
        Position = 0;
        _epoch = _random;
        _random.Shuffle(_shuffled);
    }
}
