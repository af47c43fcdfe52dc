using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// One step of a cell for a whole number of blocks of lanes, or of steps that do not wait for each other: sums of a block in registers, then
/// the lanes do their element-wise work one by one. A tile of the weights serves all blocks before the next one is read.
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="stride">The distance between two lanes in a region.</param>
internal sealed class LaneBlockLoops(Kernel kernel, Func<Region, int> stride)
{
    private const int Block = LaneBlock.Size;

    private static readonly Address Scratch = new(new Reference("scratch"));

    private readonly StepLoops _step = new(kernel);

    private int MostSums => kernel.Width.IsWide ? Thresholds.BlockSums : Thresholds.PortableBlockSums;

    public IEnumerable<Node> Nodes() => kernel.Stages(OfStage);

    private IEnumerable<Node> OfStage(Stage stage)
    {
        IEnumerable<Region> means = stage.Reductions.SelectMany(r => new[] { r.Source.Region, r.Place.Region });
        return stage.Accumulators.Count == 0 ? [EachLane(kernel.Plan.RegionsOf(stage), _step.OfStage(stage))] :
        [
            .. stage.Reductions.Count == 0 ? [] : new[] { EachLane(means, _step.Means(stage)) },
            .. Tiling.OverUnits(stage, kernel.Width, 1, [new Loop("block", "lanes", Block, OneBlock(stage))]),
        ];
    }

    /// <summary>All lanes, one at a time.</summary>
    private Loop EachLane(IEnumerable<Region> regions, IEnumerable<Node> body) => new("lane", "lanes", 1, Rows(regions, Names.Of, Names.OfLanes, "lane").Concat(body));

    private IEnumerable<Node> OneBlock(Stage stage)
    {
        // One vector at a time where there are few registers; the whole tile otherwise.
        var names = new SumNames(stage, kernel.Width.IsWide ? stage.Shape.Tile / CacheLine.Floats : 1);
        IReadOnlyList<Region> elements = kernel.Plan.RegionsOf(stage with { Reductions = [] });
        IEnumerable<Region> sources = stage.Panels.SelectMany(s => s.Columns).Where(c => !c.IsToken).Select(c => c.Source.Region);
        Pointer sums = Scratch.Along(new Term("lane", stage.Accumulators.Count * stage.Shape.Tile)).As("sumsOfLane");
        return
        [
            .. Rows(sources.Concat(elements), OfBlock, Names.OfLanes, "block"),
            .. stage.Panels.Any(s => s.Columns[0].IsToken) ? [new Address(new Reference("tokens", Element.Int)).Along("block").As("tokensOfBlock")] : new Node[0],
            .. Scope.Each(stage.RunsOfAlike().SelectMany(run => Run(stage, run, names))),
            new Loop("lane", Block, 1,
            [
                .. Rows(elements, Names.Of, OfBlock, "lane"),
                sums,
                .. names.Sums(Enumerable.Range(0, stage.Accumulators.Count)).Select(s => new Let(
                    names.Of(s.Accumulator, s.Vector), new Load(sums.Start.Plus(s.Accumulator * stage.Shape.Tile).At(s.Vector)))),
                .. ElementWork.Nodes(kernel, stage, names),
            ]),
        ];
    }

    /// <summary>Sums that are alike take turns in one text, as many at a time as there are registers for; a single one that is too wide is halved.</summary>
    private IEnumerable<IEnumerable<Node>> Run(Stage stage, int[] run, SumNames names)
    {
        int tile = stage.Shape.Tile;
        int turn = Enumerable.Range(1, run.Length).Last(count => count == 1 || (run.Length % count == 0 && count * names.Vectors <= MostSums));
        IReadOnlyList<(int, int)> sums = names.Sums(run.Take(turn));
        if (turn < run.Length)
        {
            var inTurn = new SumNames(stage, names.Vectors) { InTurn = [.. run.Take(turn)] };
            var remark = new Remark($"{string.Join(", ", run.Select(names.Stem))}: {turn} at a time");
            return [[remark, new Loop("column", run.Length * tile, turn * tile, SumsOf(stage, sums, inTurn, "column"))]];
        }

        int blocks = (sums.Count + MostSums - 1) / MostSums;
        return sums.Select((sum, k) => (sum, k))
            .GroupBy(s => ((s.k * blocks) + blocks - 1) / sums.Count, s => s.sum)
            .Select(block => SumsOf(stage, [.. block], names, column: null));
    }

    /// <summary>Some of the sums of all lanes of a block, from their biases to scratch memory.</summary>
    private IEnumerable<Node> SumsOf(Stage stage, IReadOnlyList<(int Accumulator, int Vector)> sums, SumNames names, string? column)
    {
        var block = new SumBlock(kernel, stage, sums, names)
        {
            Lanes = Block,
            Column = column,
            Unroll = panel => kernel.Plan.Unroll == UnrollKind.None ? 1
                : Math.Min(Math.Max(1, Thresholds.BlockProductsPerIteration / (Block * panel.Columns.Sum(c => sums.Count(s => s.Accumulator == c.Accumulator)))), panel.Rows),
            Source = (source, lane) => new Address(new Reference(OfBlock(source.Region)), source.Offset + (lane * stride(source.Region))),
            Token = (lane, distance) => Term.Of(new Address(new Reference("tokensOfBlock", Element.Int), lane), distance),
        };
        return block.Nodes().Concat(
            from lane in Enumerable.Range(0, Block)
            from s in sums
            let place = Scratch.Plus(((lane * stage.Accumulators.Count) + s.Accumulator) * stage.Shape.Tile)
            select new Store(place.Along(column is null ? [] : [column]).At(s.Vector), new Named(names.OfLane(s.Accumulator, s.Vector, lane))));
    }

    /// <summary>References to the rows of a lane, or of the first one of a block.</summary>
    private IEnumerable<Node> Rows(IEnumerable<Region> regions, Func<Region, string> names, Func<Region, string> from, string axis) =>
        regions.Distinct().Where(r => r != Region.Weights).OrderBy(r => r).Select(r => new Address(new Reference(from(r))).Along(new Term(axis, stride(r))).As(names(r)));

    private static string OfBlock(Region region) => Names.Of(region) + "OfBlock";
}
