using System.Globalization;

namespace RnnGen.Benchmarks;

/// <summary>The results of a comparison, in tables of text.</summary>
internal sealed class Report(Comparison comparison, Limits limits, TimeSpan duration)
{
    public IReadOnlyList<Result> Results => comparison.Results;

    public IEnumerable<IGrouping<string, Result>> Groups => Results.GroupBy(result => result.Group);

    /// <summary>The machine, the versions, and the missing peers.</summary>
    public IEnumerable<string> Notes =>
    [
        Machine.Describe(),
        "Limits of one core, measured in this run: " + limits.Describe() + ".",
        .. comparison.Versions.Select(version => version + "."),
        .. comparison.Missing,
        .. comparison.Unable,
        .. comparison.Disagreements,
        string.Create(CultureInfo.InvariantCulture, $"The run took {duration.TotalMinutes:0.0} minutes."),
    ];

    public static IReadOnlyList<string> Peers(IEnumerable<Result> results) =>
        [.. AllPeers.Names.Where(name => results.Any(result => result.Opponents.Any(opponent => opponent.Peer == name)))];

    /// <summary>By the best of what the limits were found to be during the run.</summary>
    public double Floor(Result result) => RnnGen.Benchmarks.Floor.Of(result.Workload, limits);

    /// <summary>One row per model: our times and those of the peers.</summary>
    public Grid Times(IEnumerable<Result> results)
    {
        IReadOnlyList<string> peers = Peers(results);
        var grid = new Grid(["cell", "size", "ours best", "median", "floor", "floor / ours", "bytes", .. peers]);
        foreach (Result result in results)
        {
            grid.Add(
            [
                result.Shape.CellName.ToUpperInvariant(),
                result.Shape.Size,
                Format.Nanoseconds(result.Ours.Best),
                Format.Nanoseconds(result.Ours.Median),
                Format.Nanoseconds(Floor(result)),
                Format.Percent(Floor(result) / result.Ours.Best),
                Format.Bytes(result.Allocated),
                .. peers.Select(peer => result.Opponents.FirstOrDefault(opponent => opponent.Peer == peer) is { } opponent
                    ? $"{Format.Nanoseconds(opponent.Timing.Best)} ({Format.Ratio(opponent.RatioTo(result.Ours))})"
                    : ""),
            ]);
        }

        return grid;
    }

    /// <summary>One row per model and contender: the distribution of single steps.</summary>
    public static Grid Latencies(IEnumerable<Result> results)
    {
        var grid = new Grid(["cell", "size", "who", "p50", "p99", "p99.9", "max"]);
        foreach (Result result in results)
        {
            foreach ((string name, Timing timing) in (IEnumerable<(string, Timing)>)[("ours", result.Ours), .. result.Opponents.Select(o => (o.Peer, o.Timing))])
            {
                if (timing.Latency is { } latency)
                {
                    grid.Add(
                    [
                        result.Shape.CellName.ToUpperInvariant(), result.Shape.Size, name,
                        Format.Nanoseconds(latency.P50), Format.Nanoseconds(latency.P99), Format.Nanoseconds(latency.P999), Format.Nanoseconds(latency.Max),
                    ]);
                }
            }
        }

        return grid;
    }

    /// <summary>Every cell of the tables in which a peer was faster.</summary>
    public IEnumerable<string> Losses() =>
        from result in Results
        from opponent in result.Opponents
        where opponent.RatioTo(result.Ours) < 1
        select $"{result.Workload.Name}, {result.Shape.CellName.ToUpperInvariant()} {result.Shape.Size}: {opponent.Peer} needs {Format.Nanoseconds(opponent.Timing.Best)} ns, ours {Format.Nanoseconds(result.Ours.Best)} ({Format.Ratio(opponent.RatioTo(result.Ours))}).";
}
