using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>One step of a cell: a matrix times a vector per panel, whose partial sums stay in registers, and then the element-wise work.</summary>
internal sealed class StepLoops(Kernel kernel)
{
    public IEnumerable<Node> Nodes() => kernel.Stages(OfStage);

    /// <summary>One stage: its means, then a pass over the units.</summary>
    public IEnumerable<Node> OfStage(Stage stage) => stage.Stores.Count == 0
        ? Means(stage)
        : Means(stage).Concat(Tiling.OverUnits(stage, kernel.Width, kernel.Shape(stage).Vectors, Pass(stage)));

    /// <summary>The means that come before a stage.</summary>
    public IEnumerable<Node> Means(Stage stage) => stage.Reductions.Select(r => new StoreMean(kernel.At(r.Place), kernel.At(r.Source), r.Value.Operand.Size));

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
