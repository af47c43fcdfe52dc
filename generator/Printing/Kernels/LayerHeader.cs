using RnnGen.Generator.Loops;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>The comment at the top of a layer's file: sizes, equations, and how the loops are unrolled.</summary>
internal sealed class LayerHeader(ModelPlan model, LayerPlan layer, Width width)
{
    public void Write(SourceWriter writer)
    {
        string vectors = width.IsWide ? "512-bit vectors" : layer.IsNarrow ? "vectors of any width (256 bits hold all units)" : "vectors of any width";
        writer.Line($"// {model.Spec.Target.Name.TrimStart('@')}.{layer.Name}: {layer.Cell.Name}, {layer.Spec.InputSize} -> {layer.Spec.Size}, for {vectors}.");
        writer.Line($"// {Literals.Grouped(layer.ParameterCount)} parameters, {Literals.Grouped(layer.MultiplyAdds)} multiply-adds per step.");
        if (model.Spec.Reproducible)
        {
            writer.Line("// Reproducible: every sum is added row by row, and products are rounded before they are added.");
        }

        if (layer.Step.ReadsNarrowWeights)
        {
            string how = layer.Step.NarrowFormat switch
            {
                WeightFormatKind.Int8 => "four rows at a time, as bytes with a scale per unit, and its inputs and states with 7 bits",
                WeightFormatKind.Int4 => "eight rows at a time, with four bits, a factor per 32 of them and a scale per unit, and its inputs and states with 8 bits",
                _ => "two rows at a time, the upper halves of floats",
            };
            writer.Line($"// Weights as {layer.Step.NarrowFormat}: a step reads {how}. What is recorded reads floats, and the blocks and rows below are its.");
        }

        writer.Line("//");
        WriteEquations(layer.Cell);
        if (layer.Twins.Count > 0)
        {
            writer.Line($"// Shares the kernels of {layer.Home().Name} (same equations and sizes), except those below, whose row strides differ.");
            return;
        }

        if (layer.Backward.Stages.Count > 0 && !width.IsWide)
        {
            writer.Line(layer.Cell.States.Count == 0 ? "// Backward, from the gradient of the output:" : "// Backward, from the gradients of the output and of the next states:");
            writer.Line("//");
            WriteEquations(layer.Adjoint.Cell);
        }

        string[] users = [.. model.Layers.Where(l => l.Twins.Count > 0 && ReferenceEquals(l.Home(), layer)).Select(l => l.Name)];
        if (users.Length > 0)
        {
            writer.Line($"// These kernels also serve {string.Join(", ", users)}.");
        }

        var summary = ScheduleSummary.Of(layer, width);
        writer.Lines(summary.Blocks.Select(Describe).Concat(summary.Rows.Count == 0 ? [] : [Describe(summary)]).Select(line => "// " + line));

        void WriteEquations(Cells.Cell cell) => writer.Lines([.. Equations.Of(cell).Select(equation => "//     " + equation), "//"]);
    }

    private static string Describe(RegisterBlock block)
    {
        string[] factors = [Count(block.Gates, "sum"), Count(block.Vectors, "vector"), .. block.PartialSums == 1 ? [] : new[] { Count(block.PartialSums, "partial sum") }];
        return $"Register block: {string.Join(" x ", factors)} = {Count(block.Registers, "accumulator")}.";
    }

    /// <summary>How many rows are written out in the kernels of single steps, and why.</summary>
    private static string Describe(ScheduleSummary summary)
    {
        string why = summary.Unroll switch
        {
            UnrollKind.Auto when !summary.HasLoop => ".",
            UnrollKind.Auto => " (full unrolling was measured to gain less than 2 %).",
            UnrollKind.None => " (Unroll.None).",
            _ when summary.TooLarge.Count == 0 => " (Unroll.Rows).",
            _ => $". Unroll.Rows asks for all of them, but {string.Join(", ", summary.TooLarge)} would exceed {Literals.Grouped(ScheduleSummary.LargestMethod)} bytes of IL.",
        };
        return $"Unrolled: {string.Join(", ", summary.Rows.Select(Describe).Distinct())}{(summary.HasLoop ? " per iteration" : "")}{why}";
    }

    private static string Describe(UnrolledRows rows) =>
        rows.IsToken ? "the row of the token"
        : rows.Count == 1 ? $"the row of {rows.Source}"
        : rows.Unrolled == rows.Count ? $"all {rows.Count} rows of {rows.Source}"
        : $"{rows.Unrolled} of the {rows.Count} rows of {rows.Source}";

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
