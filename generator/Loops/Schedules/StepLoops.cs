using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>One step of a cell: a matrix times a vector per panel, whose partial sums stay in registers, and then the element-wise work.</summary>
internal sealed class StepLoops(Kernel kernel)
{
    public IEnumerable<Node> Nodes() => kernel.Stages(OfStage);

    /// <summary>One of two parts of a stage, as the axis <c>part</c> says.</summary>
    public static IEnumerable<Node> Part(Kernel kernel, Stage stage)
    {
        Kernel part = kernel with { IsPart = true };
        return part.Stages(new StepLoops(part).OfStage, [stage]);
    }

    /// <summary>One stage: its means, then a pass over the units.</summary>
    public IEnumerable<Node> OfStage(Stage stage) => stage.Stores.Count == 0
        ? Means(stage)
        : Means(stage).Concat(Bytes(stage)).Concat(Tiling.OverUnits(stage, kernel.Width, kernel.Shape(stage).Vectors, Pass(stage), kernel.IsPart));

    /// <summary>The means that come before a stage.</summary>
    public IEnumerable<Node> Means(Stage stage) => stage.Reductions.Select(r => new StoreMean(kernel.At(r.Place), kernel.At(r.Source), r.Value.Operand.Size));

    /// <summary>The sources that are read as bytes from this stage on.</summary>
    private IEnumerable<Node> Bytes(Stage stage) =>
        from panel in stage.Panels
        where panel.Format.ReadsBytes()
        from source in panel.Columns.GroupBy(c => c.Source)
        where kernel.Plan.Stages.First(s => s.Panels.Any(p => p.Format == panel.Format && p.Columns.Any(c => c.Source == source.Key))) == stage
        from node in new Node[]
        {
            new Remark($"{Names.Local(source.First().SourceName)} as bytes, behind their scale"),
            new StoreBytes(kernel.BytesOf(source.Key), kernel.At(source.Key), panel.Rows) { InBlocks = panel.Format == WeightFormatKind.Int4 },
        }
        select node;

    private IEnumerable<Node> Pass(Stage stage)
    {
        KernelShape shape = kernel.Shape(stage);
        var names = new SumNames(stage, shape.Vectors);
        var block = new SumBlock(kernel, stage, names.Sums(Enumerable.Range(0, stage.Accumulators.Count)), names)
        {
            PartialSums = shape.PartialSums,
            Unroll = panel => kernel.Plan.RowsPerIteration(panel, shape),
        };
        return block.Nodes().Concat(ElementWork.Nodes(kernel, stage, names));
    }
}
