using System.Runtime;

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
        WarmUp();
        Allocated = MeasureAllocation();
        for (int round = 0; round < rounds; round++)
        {
            // In both directions, so that nobody always comes after the same neighbour.
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

    /// <summary>
    /// Managed code is compiled again, in the background, once it has been called some thirty times and nothing new was compiled for 100 ms.
    /// So this goes on until nothing was compiled for some passes.
    /// </summary>
    private void WarmUp()
    {
        const int QuietPasses = 5;
        const int MostPasses = 30;
        long compiled = 0;
        for (int pass = 0, quiet = 0; pass < MostPasses && quiet < QuietPasses; pass++)
        {
            foreach (Entry entry in _entries.Where(entry => entry.Work.IsManaged))
            {
                double seconds = 0;
                for (int k = 0; k < 40 && seconds < 0.03; k++)
                {
                    seconds += entry.Work.Run(1) + entry.Work.Run(workload.Mode.Streams() ? 50 : 1);
                }
            }

            Thread.Sleep(120);
            long now = JitInfo.GetCompiledMethodCount();
            quiet = now == compiled ? quiet + 1 : 0;
            compiled = now;
        }
    }

    /// <summary>In all threads of the process; the least of some tries, because others of its threads may allocate.</summary>
    private double MeasureAllocation()
    {
        const int Count = 20;
        long least = long.MaxValue;
        for (int k = 0; k < 5; k++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            _entries[0].Work.Run(Count);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return (double)least / Count;
    }

    private sealed record Entry(string Name, Work Work, Rounds Rounds, double Difference)
    {
        public List<double> Singles { get; } = [];

        public Timing Timing => new(Rounds.Best, Rounds.Median, Singles.Count > 0 ? Latency.Of(Singles) : null);
    }
}
