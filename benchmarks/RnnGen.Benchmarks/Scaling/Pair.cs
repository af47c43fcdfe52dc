namespace RnnGen.Benchmarks;

/// <summary>A piece of work in two amounts, or done in two ways, whose rounds take turns.</summary>
/// <param name="work">What is done.</param>
/// <param name="first">Does it so many times.</param>
/// <param name="second">Does the other so many times.</param>
/// <param name="used">What is to be disposed of at the end.</param>
internal sealed class Pair(string work, Action<int> first, Action<int> second, params IDisposable[] used) : IDisposable
{
    public string Work => work;

    /// <summary>Nanoseconds of the first.</summary>
    public Rounds First { get; } = new(Repeat.Of(first), stepsPerUnit: 1);

    /// <summary>Nanoseconds of the second.</summary>
    public Rounds Second { get; } = new(Repeat.Of(second), stepsPerUnit: 1);

    /// <summary>What one of both allocates, in all threads; the more of them.</summary>
    public double Bytes { get; private set; }

    /// <summary>Warm-up, allocations, then the rounds of all pairs in turn.</summary>
    public static void Run(IReadOnlyList<Pair> pairs, int rounds)
    {
        WarmUp.Run([.. pairs.SelectMany(pair => (Rounds[])[pair.First, pair.Second]).Select(way => (Func<double>)(() => way.Work(1)))]);
        foreach (Pair pair in pairs)
        {
            pair.Bytes = Math.Max(Allocation.PerUnit(pair.First.Work), Allocation.PerUnit(pair.Second.Work));
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (Pair pair in pairs)
            {
                pair.First.Run();
                pair.Second.Run();
            }
        }
    }

    public void Dispose()
    {
        foreach (IDisposable one in used)
        {
            one.Dispose();
        }
    }
}
