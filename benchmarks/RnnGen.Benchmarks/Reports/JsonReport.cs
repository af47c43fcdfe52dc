using System.Text.Json;

namespace RnnGen.Benchmarks;

/// <summary>One object per workload and peer; a workload without peers has one, too, with the peer null.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static string Write(Report report) => JsonSerializer.Serialize(
        report.Results.SelectMany(result => result.Opponents.Count > 0 ? result.Opponents.Select(opponent => Row(report, result, opponent)) : [Row(report, result, null)]),
        Options) + "\n";

    private static object Row(Report report, Result result, Opponent? opponent) => new
    {
        Mode = result.Workload.Mode.Name(),
        result.Workload.Adam,
        Cell = result.Shape.CellName,
        result.Shape.Size,
        result.Weights,
        opponent?.Peer,
        OursNs = Round(result.Ours.Best),
        OursMedianNs = Round(result.Ours.Median),
        PeerNs = Round(opponent?.Timing.Best),
        PeerMedianNs = Round(opponent?.Timing.Median),
        Ratio = Round(opponent?.RatioTo(result.Ours)),
        Float32Ns = Round(result.Floats?.Best),
        Gain = Round(result.Gain),
        result.Deviation,
        FloorNs = Round(report.Floor(result)),
        result.Allocated,
        opponent?.Difference,
        OursLatencyNs = Row(result.Ours.Latency),
        PeerLatencyNs = Row(opponent?.Timing.Latency),
        NothingLatencyNs = Row(result.Nothing),
    };

    private static object? Row(Latency? latency) =>
        latency is null ? null : new { P50 = Round(latency.P50), P99 = Round(latency.P99), P999 = Round(latency.P999), Max = Round(latency.Max) };

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 3) : null;
}
