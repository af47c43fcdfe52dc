using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Text;

/// <summary>Names and words for packed panels of weights.</summary>
internal static class PanelText
{
    /// <summary>The reference to the weights of a tile.</summary>
    public static string Weights(Segment segment) => Sources(segment) + "Weights";

    /// <summary>The reference that walks through a tile.</summary>
    public static string Walk(Segment segment) => Sources(segment) + "Walk";

    /// <summary>What a segment's rows are those of.</summary>
    public static string SourceNames(Segment segment) => string.Join(" and ", Distinct(segment));

    public static string Describe(Segment segment)
    {
        string columns = string.Join(", ", segment.Columns.Select(c => c.Projection.Matrix).Select(m => m.Symbol + (m.IsTransposed ? "ᵀ" : "")));
        string rows = segment.Columns.Any(c => c.IsToken) ? "one row per token" : segment.Rows == 1 ? "1 row" : $"{segment.Rows} rows";
        return segment.Biases.Count == 0
            ? $"{columns}: {rows}"
            : $"{string.Join(", ", segment.Biases.Select(b => b.Vector.Symbol))}, then {columns}: {rows}";
    }

    private static string Sources(Segment segment)
    {
        string[] names = Distinct(segment);
        return names.Length == 1 ? names[0] : segment.Joint == 0 ? "joint" : "joint" + Literals.Integer(segment.Joint + 1);
    }

    private static string[] Distinct(Segment segment) => [.. segment.Columns.Select(c => Names.Source(c.Projection.Source)).Distinct()];
}
