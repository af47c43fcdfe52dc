using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Text;

/// <summary>Names and words for packed panels of weights.</summary>
internal static class PanelText
{
    /// <summary>The reference that walks through a panel.</summary>
    public static string Weights(Segment segment)
    {
        string[] sources = Sources(segment);
        return (sources.Length == 1 ? sources[0] : segment.Joint == 0 ? "joint" : "joint" + Literals.Integer(segment.Joint + 1)) + "Weights";
    }

    /// <summary>What a segment's rows are those of.</summary>
    public static string SourceNames(Segment segment) => string.Join(" and ", Sources(segment));

    /// <summary>The products of some of the sums with the rows of a panel.</summary>
    public static string Products(Segment segment, IReadOnlyCollection<int> accumulators)
    {
        string products = string.Join(", ", segment.Columns.Where(c => accumulators.Contains(c.Accumulator))
            .Select(c => $"{c.Projection.Matrix.Symbol}{(c.Projection.Matrix.IsTransposed ? "ᵀ" : "")}·{Names.Local(c.SourceName)}"));
        return $"{products}: {(segment.Columns.Any(c => c.IsToken) ? "one row per token" : segment.Rows == 1 ? "1 row" : $"{segment.Rows} rows")}";
    }

    /// <summary>The biases of some of the sums.</summary>
    public static string Biases(Segment segment, IReadOnlyCollection<int> accumulators) =>
        string.Join(", ", segment.Biases.Where(b => accumulators.Contains(b.Accumulator)).Select(b => b.Vector.Symbol));

    /// <summary>What stands where in a region.</summary>
    public static string Contents(IEnumerable<(string Name, int Size, int Offset)> values) =>
        string.Join(", ", values.Select(v => v.Offset == 0 ? $"{v.Name} [{v.Size}]" : $"{v.Name} [{v.Size}] at {Literals.Integer(v.Offset)}"));

    private static string[] Sources(Segment segment) => [.. segment.Columns.Select(c => Names.Local(c.SourceName)).Distinct()];
}
