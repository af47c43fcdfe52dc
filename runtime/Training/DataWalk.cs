using RnnGen.Numerics;

namespace RnnGen.Training;

/// <summary>In which order windows are taken. It allocates when it is made and never again.</summary>
internal sealed class DataWalk
{
    private readonly int[] _shuffled;
    private RandomStream _random;
    private RandomStream _epoch;

    /// <summary>Starts an epoch.</summary>
    public DataWalk(DataOrder order, int count, RandomStream random)
    {
        Order = order;
        Count = count;
        _random = random;
        _shuffled = order == DataOrder.Shuffled ? new int[count] : [];
        StartEpoch();
    }

    /// <summary>Goes on where another one was.</summary>
    public DataWalk(DataOrder order, int count, ulong random, ulong epoch, int position)
        : this(order, count, new RandomStream(epoch))
    {
        _random = new RandomStream(random);
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
    public DataWalk On(DataOrder order, int count) => new(order, count, _random);

    /// <summary>Index of the next window.</summary>
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
        return Order == DataOrder.Shuffled ? _shuffled[position] : position;
    }

    private void StartEpoch()
    {
        Position = 0;
        _epoch = _random;
        for (int k = 0; k < _shuffled.Length; k++)
        {
            // Fisher and Yates, inside out.
            int place = _random.NextInt(k + 1);
            _shuffled[k] = _shuffled[place];
            _shuffled[place] = k;
        }
    }
}
