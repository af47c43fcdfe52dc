using System.Globalization;

namespace RnnGen.Benchmarks;

/// <summary>The results of a comparison, in tables of text.</summary>
internal sealed class Report(Comparison comparison, Limits limits, HostTime host, TimeSpan duration)
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
        host.Describe(duration),
    ];

    public static IReadOnlyList<string> Peers(IEnumerable<Result> results) =>
        [.. AllPeers.Names.Where(name => results.Any(result => result.Opponents.Any(opponent => opponent.Peer == name)))];

    /// <summary>By the best of what the limits were found to be during the run.</summary>
    public double Floor(Result result) => RnnGen.Benchmarks.Floor.Of(result.Workload, limits);

    /// <summary>What narrow weights are to reach.</summary>
    public Grid Targets()
    {
        var grid = new Grid(["row", "what", "found", "target", "held"]);
        foreach (Target target in RnnGen.Benchmarks.Targets.Of(Results, Floor))
        {
            grid.Add([target.Row, target.What, target.Value, target.Limit, target.IsHeld switch { true => "yes", false => "no", null => "" }]);
        }

        return grid;
    }

    /// <summary>One row per model: our times and those of the peers.</summary>
    /// <param name="results">Results of one mode and format.</param>
    public Grid Times(IEnumerable<Result> results)
    {
        IReadOnlyList<string> peers = Peers(results);
        List<Column> columns =
        [
            new("cell", result => result.Shape.CellName.ToUpperInvariant()),
            new("size", result => result.Shape.Size),
            new("ours best", result => Format.Nanoseconds(result.Ours.Best)),
            new("median", result => Format.Nanoseconds(result.Ours.Median)),
        ];
        if (results.Any(result => result.Ours.Latency is not null))
        {
            columns.Add(new("step p50", result => result.Ours.Latency is { } latency ? Format.Nanoseconds(latency.P50) : ""));
            columns.Add(new("p99", result => result.Ours.Latency is { } latency ? Format.Nanoseconds(latency.P99) : ""));
        }

        if (results.Any(result => result.Gain is not null))
        {
            columns.Add(new("float32", result => result.Floats is { } floats ? Format.Nanoseconds(floats.Best) : ""));
            columns.Add(new("times as fast", result => result.Gain is { } gain ? Format.Ratio(gain) : ""));
        }

        columns.Add(new("floor", result => Format.Nanoseconds(Floor(result))));
        columns.Add(new("ours / floor", result => Format.Ratio(result.Ours.Best / Floor(result))));
        if (results.Any(result => result.Deviation is not null))
        {
            columns.Add(new("h off by", result => result.Deviation is { } deviation ? Format.Deviation(deviation) : ""));
        }

        columns.Add(new("bytes", result => Format.Bytes(result.Allocated)));
        columns.AddRange(peers.Select(peer => new Column(peer, result => result.Opponents.FirstOrDefault(opponent => opponent.Peer == peer) is { } opponent
            ? $"{Format.Nanoseconds(opponent.Timing.Best)} ({Format.Ratio(opponent.RatioTo(result.Ours))}{(result.Workload.Stored.AreFloats ? "" : ", " + Format.Deviation(opponent.Difference))})"
            : "")));

        var grid = new Grid([.. columns.Select(column => column.Header)]);
        foreach (Result result in results)
        {
            grid.Add([.. columns.Select(column => column.Value(result))]);
        }

        return grid;
    }

    /// <summary>One row per model and contender: the distribution of single steps.</summary>
    public static Grid Latencies(IEnumerable<Result> results)
    {
        var grid = new Grid(["cell", "size", "who", "p50", "p99", "p99.9", "max"]);
        foreach (Result result in results)
        {
            foreach ((string name, Latency? its) in (IEnumerable<(string, Latency?)>)
                [("ours", result.Ours.Latency), .. result.Opponents.Select(o => (o.Peer, o.Timing.Latency)), .. result.Workload.Stored.AreFloats ? [("nothing", result.Nothing)] : ((string, Latency?)[])[]])
            {
                if (its is { } latency)
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
        select $"{result.Workload.Name}, {result.Shape.CellName.ToUpperInvariant()} {result.Shape.Size}, {result.Weights}: {opponent.Peer} needs {Format.Nanoseconds(opponent.Timing.Best)} ns, ours {Format.Nanoseconds(result.Ours.Best)} ({Format.Ratio(opponent.RatioTo(result.Ours))}).";

    private sealed record Column(string Header, Func<Result, string> Value);
}
