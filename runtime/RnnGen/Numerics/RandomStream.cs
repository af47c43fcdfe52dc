namespace RnnGen.Numerics;

/// <summary>
/// A seeded stream of random numbers, the same on every machine and in every version: SplitMix64 (Steele, Lea and Flood 2014).
/// </summary>
internal struct RandomStream(ulong seed)
{
    private ulong _state = seed;

    /// <summary>One of many streams: streams of different seeds or numbers are independent.</summary>
    public RandomStream(int seed, int number)
        : this(0)
    {
        _state = unchecked((uint)seed | ((ulong)(uint)number << 32));
        _state = Next();
    }

    /// <summary>The whole state: a stream made from this number continues from here.</summary>
    public readonly ulong State => _state;

    /// <summary>A whole number in [0, bound), uniformly distributed (Lemire 2019).</summary>
    public int NextInt(int bound)
    {
        uint limit = (uint)bound;
        ulong product = (ulong)(uint)(Next() >> 32) * limit;

        // 2^32 is not a multiple of the bound; the surplus numbers are drawn again.
        for (uint surplus = (uint)(0x1_0000_0000 % limit); (uint)product < surplus;)
        {
            product = (ulong)(uint)(Next() >> 32) * limit;
        }

        return (int)(product >> 32);
    }

    /// <summary>Writes 0 .. n - 1 in random order: the inside-out shuffle of Fisher and Yates.</summary>
    public void Shuffle(Span<int> order)
    {
        for (int k = 0; k < order.Length; k++)
        {
            int place = NextInt(k + 1);
            order[k] = order[place];
            order[place] = k;
        }
    }

    /// <summary>The initial state of another stream.</summary>
    public ulong NextState() => Next();

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [-bound, bound).</summary>
    public float NextUniform(float bound) => (float)((NextDouble() * 2) - 1) * bound;

    /// <summary>A number from the standard normal distribution (Box and Muller 1958).</summary>
    public float NextNormal()
    {
        double radius = Math.Sqrt(-2 * PortableMath.Log(1 - NextDouble()));
        return (float)(radius * PortableMath.SinCosOfTurns(NextDouble()).Cosine);
    }

    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
