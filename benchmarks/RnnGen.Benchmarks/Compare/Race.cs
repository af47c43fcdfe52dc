namespace RnnGen.Benchmarks;

/// <summary>Ours in some formats and the peers at one workload, in turn, many short rounds. The limits are measured between them.</summary>
internal sealed class Race(Workload workload, int rounds, CacheSweeper sweeper, Limits limits) : IDisposable
{
    private const int StepsPerColdRound = 3;
    private const int SinglesPerRound = 500;

    /// <summary>Enough of them to tell; a slow contender stops there.</summary>
    private const int FewestRounds = 7;
    private const double MostSeconds = 2;

    private readonly List<Entry> _ours = [];
    private readonly List<Entry> _peers = [];
    private readonly List<double> _nothing = [];

    public void EnterOurs(StoredWeights stored, Work work) => _ours.Add(Create("ours", stored, work, difference: 0));

    public void Enter(Peer peer, StoredWeights stored, Work work, double difference) => _peers.Add(Create(peer.Name, stored, work, difference));

    /// <summary>Runs it; one result for each format of ours.</summary>
    public IReadOnlyList<Result> Run()
    {
        Entry[] entries = [.. _ours, .. _peers];
        WarmUp.Run(entries.Where(entry => entry.Work.IsManaged).Select(entry => (Func<int, double>)entry.Work.Run), workload.Mode);
        double[] allocated = [.. _ours.Select(entry => Allocation.PerUnit(entry.Work.Run))];
        IdleWork? nothing = null;
        for (int round = 0; round < rounds; round++)
        {
            // In both directions, so that no contender always runs after the same one.
            foreach (Entry entry in round % 2 == 0 ? entries : entries.Reverse())
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

            foreach (Entry entry in _ours)
            {
                long bytes = Floor.BytesRead(workload.With(entry.Stored));
                if (workload.Mode == Mode.StreamCold)
                {
                    limits.RefineCold(bytes, sweeper);
                }
                else
                {
                    limits.Refine(bytes);
                }
            }

            if (workload.Mode == Mode.Stream)
            {
                nothing ??= new IdleWork(Latency.Of([.. _ours[0].Singles]).P50);
                _nothing.AddRange(nothing.Singles(SinglesPerRound));
            }
        }

        return [.. _ours.Zip(allocated, Result)];
    }

    public void Dispose()
    {
        foreach (Entry entry in _ours.Concat(_peers))
        {
            entry.Work.Dispose();
        }
    }

    private Entry Create(string name, StoredWeights stored, Work work, double difference)
    {
        Func<int, double> run = workload.Mode == Mode.StreamCold ? _ => work.RunCold(StepsPerColdRound, sweeper) / StepsPerColdRound : work.Run;
        return new Entry(name, stored, work, new Rounds(run, workload.StepsPerUnit, calibrate: workload.Mode != Mode.StreamCold), difference);
    }

    private Result Result(Entry ours, double allocated) =>
        new(workload.With(ours.Stored), ours.Timing, allocated, [.. _peers.Where(peer => peer.Stored == ours.Stored).Select(peer => new Opponent(peer.Name, peer.Timing, peer.Difference))])
        {
            Floats = _ours.FirstOrDefault(entry => entry.Stored.AreFloats)?.Timing,
            Nothing = _nothing.Count > 0 ? Latency.Of([.. _nothing]) : null,
        };

    private sealed record Entry(string Name, StoredWeights Stored, Work Work, Rounds Rounds, double Difference)
    {
        public List<double> Singles { get; } = [];

        public Timing Timing => new(Rounds.Best, Rounds.Median, Singles.Count > 0 ? Latency.Of([.. Singles]) : null);
    }
}
