using RnnGen.Numerics;

namespace RnnGen.Training;

/// <summary>In which order windows are taken. It allocates when it begins and never again.</summary>
internal sealed class SampleCursor
{
    // Null before it begins.
    private int[]? _shuffled;
    private RandomStream _random;
    private RandomStream _epoch;

    /// <summary>Starts with an epoch: it is as if one had just ended.</summary>
    public SampleCursor(DataOrder order, int count, RandomStream random)
        : this(order, count, random.State, random.State, position: count)
    {
    }

    /// <summary>
    /// Goes on where another one was. That one may have been in a file, whose numbers are believed when the data are there: it takes no memory
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

    /// <summary>Windows per epoch.</summary>
    public int Count { get; }

    /// <summary>Windows taken of this epoch.</summary>
    public int Position { get; private set; }

    /// <summary>The random numbers to come.</summary>
    public ulong Random => _random.State;

    /// <summary>The random numbers that the epoch began with.</summary>
    public ulong Epoch => _epoch.State;

    /// <summary>Whether the next window is the first of an epoch.</summary>
    public bool StartsEpoch => Position == 0 || Position == Count;

    /// <summary>The same random numbers for other data: an epoch starts.</summary>
    public SampleCursor On(DataOrder order, int count) => new(order, count, _random);

    /// <summary>Builds the order of an epoch that has begun already.</summary>
    /// <returns>The cursor itself.</returns>
    public SampleCursor Begin()
    {
        if (_shuffled is null)
        {
            _shuffled = Order == DataOrder.Shuffled ? new int[Count] : [];
            if (Position < Count)
            {
                RandomStream random = _epoch;
                Shuffle(ref random);
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
        Shuffle(ref _random);
    }

    private void Shuffle(ref RandomStream random)
    {
        for (int k = 0; k < _shuffled!.Length; k++)
        {
            // Fisher and Yates, inside out.
            int place = random.NextInt(k + 1);
            _shuffled[k] = _shuffled[place];
            _shuffled[place] = k;
        }
    }
}
