using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Text;

/// <summary>Names and words for packed panels of weights.</summary>
internal static class PanelText
{
    /// <summary>The reference that walks through a panel.</summary>
    public static string Weights(WeightPanel panel)
    {
        string[] sources = Sources(panel);
        return (sources.Length == 1 ? sources[0] : panel.Joint == 0 ? "joint" : "joint" + Literals.Integer(panel.Joint + 1)) + "Weights";
    }

    /// <summary>What a panel's rows are those of.</summary>
    public static string SourceNames(WeightPanel panel) => string.Join(" and ", Sources(panel));

    /// <summary>The products of some of the sums with the rows of a panel.</summary>
    public static string Products(WeightPanel panel, IReadOnlyCollection<int> accumulators)
    {
        string products = string.Join(", ", panel.Columns.Where(c => accumulators.Contains(c.Accumulator))
            .Select(c => $"{c.Projection.Matrix.Symbol}{(c.Projection.Matrix.IsTransposed ? "ᵀ" : "")}·{Names.Local(c.SourceName)}"));
        return $"{products}: {(panel.Columns.Any(c => c.IsToken) ? "one row per token" : panel.Rows == 1 ? "1 row" : $"{panel.Rows} rows")}";
    }

    /// <summary>The biases of some of the sums. A narrow panel has those of a sum added up.</summary>
    public static string Biases(WeightPanel panel, IReadOnlyCollection<int> accumulators) => string.Join(
        ", ", panel.Biases.Where(b => accumulators.Contains(b.Accumulator)).GroupBy(b => b.Accumulator)
            .Select(sum => string.Join(panel.Format == WeightFormatKind.Float32 ? ", " : " + ", sum.Select(b => b.Vector.Symbol))));

    /// <summary>What stands where in a region.</summary>
    public static string Contents(IEnumerable<(string Name, int Size, int Offset)> values) =>
        string.Join(", ", values.Select(v => v.Offset == 0 ? $"{v.Name} [{v.Size}]" : $"{v.Name} [{v.Size}] at {Literals.Integer(v.Offset)}"));

    private static string[] Sources(WeightPanel panel) => [.. panel.Columns.Select(c => Names.Local(c.SourceName)).Distinct()];
}
