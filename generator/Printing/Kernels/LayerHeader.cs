using RnnGen.Generator.Loops;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>The comment at the top of a layer's file: what it is, its equations, and how its loops are written out.</summary>
internal sealed class LayerHeader(ModelPlan model, LayerPlan layer, Width width)
{
    public void Write(SourceWriter writer)
    {
        string vectors = width.IsWide ? "512-bit vectors" : layer.IsNarrow ? "vectors of any width; 256 bits hold all units" : "vectors of any width";
        writer.Line($"// {model.Spec.Target.Name.TrimStart('@')}.{layer.Name}: {layer.Cell.Name}, {layer.Spec.InputSize} -> {layer.Spec.Size}, for {vectors}.");
        writer.Line($"// {Literals.Grouped(layer.ParameterCount)} parameters, {Literals.Grouped(layer.MultiplyAdds)} multiply-adds per step.");
        writer.Line("//");
        foreach (string equation in Equations.Of(layer.Cell))
        {
            writer.Line("//     " + equation);
        }

        writer.Line("//");
        if (layer.Twins.Count > 0)
        {
            writer.Line($"// Kernels of {layer.Home().Name}, which has the same equations and sizes; here are those whose rows are differently far apart.");
            return;
        }

        string[] users = [.. model.Layers.Where(l => l.Twins.Count > 0 && ReferenceEquals(l.Home(), layer)).Select(l => l.Name)];
        if (users.Length > 0)
        {
            writer.Line($"// The kernels are also those of {string.Join(", ", users)}.");
        }

        var summary = ScheduleSummary.Of(layer, width);
        foreach (string line in summary.Blocks.Select(Describe).Concat(summary.Rows.Count == 0 ? [] : [Describe(summary)]))
        {
            writer.Line("// " + line);
        }
    }

    private static string Describe(RegisterBlock block)
    {
        string rows = block.PartialSums == 1 ? "" : $", {block.PartialSums} rows at a time with sums of their own";
        return $"A pass sums up {Count(block.Vectors, "vector")} of units{rows}: {Count(block.Registers, "register")}.";
    }

    /// <summary>How many rows are written out in the kernels of single steps, and why.</summary>
    private static string Describe(ScheduleSummary summary)
    {
        string why = summary.Unroll switch
        {
            UnrollKind.Auto when !summary.HasLoop => "",
            UnrollKind.Auto => "; all of them gained less than 2 % when measured",
            UnrollKind.None => ", as Unroll.None asks",
            _ when summary.TooLarge.Count == 0 => ", as Unroll.Rows asks",
            _ => $". Unroll.Rows asks for all, but {string.Join(", ", summary.TooLarge)} would have more than {Literals.Grouped(ScheduleSummary.LargestMethod)} bytes of IL",
        };
        return $"Rows written out: {string.Join(", ", summary.Rows.Select(Describe).Distinct())}{why}.";
    }

    private static string Describe(UnrolledRows rows) =>
        rows.IsToken ? "the one of the token" : rows.Unrolled == rows.Count ? $"all {rows.Count} of {rows.Source}" : $"{rows.Unrolled} of {rows.Count} of {rows.Source} per turn";

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
