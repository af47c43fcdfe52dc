using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops;

/// <summary>What the schedules of a layer's steps have decided, for readers.</summary>
/// <param name="Blocks">The sums that each stage has in registers.</param>
/// <param name="Rows">The rows of each source that an iteration takes.</param>
/// <param name="Unroll">What the user asked for.</param>
/// <param name="TooLarge">The kernels that would be too large with all rows written out, though it was asked for.</param>
internal sealed record ScheduleSummary(
    IReadOnlyList<RegisterBlock> Blocks, IReadOnlyList<UnrolledRows> Rows, UnrollKind Unroll, IReadOnlyList<string> TooLarge)
{
    /// <summary>Bytes of IL that are too many for a kernel.</summary>
    public const int LargestMethod = Thresholds.LargestMethod;

    /// <summary>Whether any rows are left to a loop.</summary>
    public bool HasLoop => Rows.Any(r => !r.IsToken && r.Unrolled < r.Count);

    public static ScheduleSummary Of(LayerPlan layer, Width width)
    {
        Stage[] stages = [.. layer.Record.Stages.Where(s => s.Panels.Count > 0)];
        (string Name, KernelPlan? Plan)[] steps =
        [
            ("Step", layer.Step), ("RecordStep", layer.Record), ("SummedStep", layer.StepSplit?.Step), ("RecordSummedStep", layer.RecordSplit?.Step),
            ("BackwardStep", layer.Backward), ("BackwardStatesStep", layer.BackwardSplit?.Step),
        ];
        return new ScheduleSummary(
            [.. stages.Where(s => !(width.IsWide && s.IsNarrow)).Select(s => new RegisterBlock(s.Accumulators.Count, Shape(s).Vectors, Shape(s).PartialSums))],
            [.. from stage in stages
                from panel in stage.Panels
                select new UnrolledRows(PanelText.SourceNames(panel), layer.Record.RowsPerIteration(panel, Shape(stage)), panel.Rows, panel.Columns[0].IsToken)],
            layer.Record.Unroll,
            [.. steps.Where(s => s.Plan is { IsTooLargeToUnroll: true }).Select(s => s.Name)]);

        KernelShape Shape(Stage stage) => width.IsWide ? stage.Shape.Wide : stage.Shape.Portable;
    }
}

/// <summary>Sums that are in registers at the same time.</summary>
/// <param name="Gates">The sums of a unit.</param>
/// <param name="Vectors">Vectors of units.</param>
/// <param name="PartialSums">Parts of each sum, which do not wait for each other.</param>
internal sealed record RegisterBlock(int Gates, int Vectors, int PartialSums)
{
    public int Registers => Gates * Vectors * PartialSums;
}

/// <param name="Source">What the rows are those of.</param>
/// <param name="Unrolled">Rows per iteration.</param>
/// <param name="Count">All of them.</param>
/// <param name="IsToken">Whether the source is a token, which takes one row.</param>
internal sealed record UnrolledRows(string Source, int Unrolled, int Count, bool IsToken);
