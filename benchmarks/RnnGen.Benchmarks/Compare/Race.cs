namespace RnnGen.Benchmarks;

/// <summary>Ours and the peers at one workload, in turn, many short rounds.</summary>
internal sealed class Race(Workload workload, int rounds, CacheSweeper sweeper) : IDisposable
{
    private const int StepsPerColdRound = 3;
    private const int SinglesPerRound = 500;

    /// <summary>Enough of them to tell; a slow contender stops there.</summary>
    private const int FewestRounds = 7;
    private const double MostSeconds = 2;

    private readonly List<Entry> _entries = [];

    public IReadOnlyList<Opponent> Opponents => [.. _entries.Skip(1).Select(entry => new Opponent(entry.Name, entry.Timing, entry.Difference))];

    public Timing Ours => _entries[0].Timing;

    /// <summary>Bytes that ours allocates per unit of work.</summary>
    public double Allocated { get; private set; }

    public void Enter(string name, Work work, double difference)
    {
        Func<int, double> run = workload.Mode == Mode.StreamCold ? _ => work.RunCold(StepsPerColdRound, sweeper) / StepsPerColdRound : work.Run;
        _entries.Add(new Entry(name, work, new Rounds(run, workload.StepsPerUnit, calibrate: workload.Mode != Mode.StreamCold), difference));
    }

    public void Run()
    {
        WarmUp.Run(_entries.Where(entry => entry.Work.IsManaged).Select(entry => (Func<int, double>)entry.Work.Run), workload.Mode);
        Allocated = Allocation.PerUnit(_entries[0].Work.Run);
        for (int round = 0; round < rounds; round++)
        {
            // In both directions, so that no contender always runs after the same one.
            foreach (Entry entry in round % 2 == 0 ? _entries : Enumerable.Reverse(_entries))
            {
                if (entry.Rounds.Count >= FewestRounds && entry.Rounds.Seconds > MostSeconds)
                {
                    continue;
                }

                entry.Rounds.Run();
                if (workload.Mode == Mode.Stream)
                {
                    entry.Singles.AddRange(entry.Work.Singles(SinglesPerRound));
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (Entry entry in _entries)
        {
            entry.Work.Dispose();
        }
    }

    private sealed record Entry(string Name, Work Work, Rounds Rounds, double Difference)
    {
        public List<double> Singles { get; } = [];

        public Timing Timing => new(Rounds.Best, Rounds.Median, Singles.Count > 0 ? Latency.Of(Singles) : null);
    }
}
