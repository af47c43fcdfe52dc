using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>One step of a cell: a matrix times a vector per panel, whose partial sums stay in registers, and then the element-wise work.</summary>
internal sealed class StepLoops(Kernel kernel)
{
    public IEnumerable<Node> Nodes() => kernel.Stages(OfStage);

    /// <summary>One stage: its means, then a pass over the units.</summary>
    public IEnumerable<Node> OfStage(Sweep sweep) => sweep.Stores.Count == 0
        ? Means(sweep)
        : Means(sweep).Concat(Tiling.OverUnits(sweep, kernel.Width, kernel.Shape(sweep).Vectors, Pass(sweep)));

    /// <summary>The means that come before a stage.</summary>
    public IEnumerable<Node> Means(Sweep sweep) => sweep.Reductions.Select(r => new StoreMean(kernel.At(r.Place), kernel.At(r.Source), r.Value.Operand.Size));

    private IEnumerable<Node> Pass(Sweep sweep)
    {
        KernelShape shape = kernel.Shape(sweep);
        var names = new SumNames(sweep, shape.Vectors);
        var block = new SumBlock(kernel, sweep, names.Sums(Enumerable.Range(0, sweep.Accumulators.Count)), names)
        {
            PartialSums = shape.Chains,
            Unroll = segment => kernel.Plan.RowsPerTurn(segment, shape),
        };
        return block.Nodes().Concat(ElementWork.Nodes(kernel, sweep, names));
    }
}
