namespace RnnGen.Benchmarks;

/// <summary>What narrow weights are to reach, and whether they do.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Row">The row that it concerns.</param>
/// <param name="Value">What was found.</param>
/// <param name="Limit">What it is to be; nothing: it is only reported.</param>
/// <param name="IsHeld">Whether it is.</param>
internal sealed record Target(string What, string Row, string Value, string Limit, bool? IsHeld);

internal static class Targets
{
    /// <summary>Times of the floor within which bytes are to be.</summary>
    private const double NearFloor = 1.3;

    private static readonly Dictionary<string, double> Gains = new() { ["m64"] = 2.2, ["m128"] = 2.6, ["l256"] = 4 };

    // Of the stack with two layers, on the processor that the record was set on.
    private const int RecordFamily = 26;
    private static readonly Dictionary<string, double> Records = new() { ["int8"] = 1700, ["bfloat16"] = 2800 };

    public static IEnumerable<Target> Of(IReadOnlyList<Result> results, Func<Result, double> floor)
    {
        Result[] streams = [.. results.Where(result => result.Workload.Mode == Mode.Stream)];
        Result[] alone = [.. results.Where(result => result.Workload.Mode != Mode.Stream10k)];
        Result[] bytes = [.. streams.Where(result => result.Weights == "int8")];
        return
        [
            .. bytes.Where(result => result.Gain is not null && Gains.ContainsKey(result.Shape.Size)).Select(result => AtLeast(result, result.Gain!.Value, Gains[result.Shape.Size])),
            .. bytes.Where(result => result.Shape.Size is "m128" or "l256").Select(result => Near(result, floor(result), IsCounted(result))),
            .. streams.Where(result => result.Shape.Size == "stack2x128" && Records.ContainsKey(result.Weights)).Select(result => Record(result, floor(result))),
            .. alone.Length > 0 ? [Slowest(alone, floor)] : (Target[])[],
        ];
    }

    private static bool IsCounted(Result result) => result.Shape.Cell != Cell.Rnn;

    private static Target AtLeast(Result result, double gain, double limit) => new(
        "times as fast as float32", Row(result), Format.Ratio(gain), IsCounted(result) ? $"at least {limit:0.0}x" : "", IsCounted(result) ? gain >= limit : null);

    private static Target Near(Result result, double floor, bool isCounted) => new(
        "/ floor", Row(result), Format.Ratio(result.Ours.Best / floor), isCounted ? $"at most {NearFloor:0.0}x" : "", isCounted ? result.Ours.Best <= NearFloor * floor : null);

    private static Target Record(Result result, double floor) => Machine.Family == RecordFamily
        ? new("ns", Row(result), Format.Nanoseconds(result.Ours.Best), $"at most {Format.Nanoseconds(Records[result.Weights])}", result.Ours.Best <= Records[result.Weights])
        : Near(result, floor, isCounted: true);

    /// <summary>Whether the floors are floors: not those of many streams, of which several share the weights that they read.</summary>
    private static Target Slowest(IEnumerable<Result> results, Func<Result, double> floor)
    {
        Result result = results.MaxBy(result => floor(result) / result.Ours.Best)!;
        double share = floor(result) / result.Ours.Best;
        return new("highest floor / ours", $"{result.Workload.Name}, {Row(result)}", Format.Percent(share), "at most 103 %", share <= 1.03);
    }

    private static string Row(Result result) => $"{result.Shape.CellName.ToUpperInvariant()} {result.Shape.Size}, {result.Weights}";
}
