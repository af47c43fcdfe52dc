using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// One step of a cell for a whole number of blocks of lanes, or of steps that do not wait for each other. A weight is loaded once per block and
/// multiplies one number of every lane, whose sums stay in registers; then the lanes do their element-wise work one by one. A tile of the
/// weights serves all blocks before the next one is read.
/// </summary>
/// <param name="kernel">The kernel.</param>
/// <param name="stride">The distance between two lanes in a region.</param>
internal sealed class LaneBlockSchedule(Kernel kernel, Func<Region, int> stride)
{
    private const int Block = Lanes.Group;

    private readonly StepSchedule _step = new(kernel);

    private int MostSums => kernel.Width.IsWide ? Thresholds.GroupSums : Thresholds.PortableGroupSums;

    public IEnumerable<Node> Nodes() => kernel.Stages(Stage);

    private IEnumerable<Node> Stage(Sweep sweep) => sweep.Accumulators.Count == 0 ? [EachLane(sweep, _step.Stage(sweep))] :
    [
        .. sweep.Reductions.Count == 0 ? [] : new[] { EachLane(sweep, _step.Means(sweep)) },
        .. StepSchedule.Panels(sweep),
        .. Tiling.InTiles(sweep, kernel.Width, 1, StepSchedule.TileStrides(sweep), [new Loop("group", "lanes", Block, OneBlock(sweep))]),
    ];

    /// <summary>All lanes, one at a time.</summary>
    private Loop EachLane(Sweep sweep, IEnumerable<Node> body) =>
        new("stream", "lanes", 1, Pointers(kernel.Plan.RegionsOf(sweep), Names.Of, Names.OfLanes, "stream").Concat(body));

    private IEnumerable<Node> OneBlock(Sweep sweep)
    {
        // One vector at a time where there are few registers; the whole tile otherwise.
        int vectors = kernel.Width.IsWide ? sweep.Shape.Tile / Lanes.Count : 1;
        var names = new SumNames(sweep, vectors);
        IReadOnlyList<Region> elements = kernel.Plan.RegionsOf(sweep);
        IEnumerable<Region> sources = sweep.Segments.SelectMany(s => s.Columns).Where(c => !c.IsToken).Select(c => c.Source.Region);
        return
        [
            .. Pointers(sources.Concat(elements), OfGroup, Names.OfLanes, "group"),
            .. sweep.Segments.Any(s => s.Columns[0].IsToken) ? [new Pointer("tokensOfGroup", new Address("tokens").Along("group"))] : new Node[0],
            .. sweep.RunsOfAlike().SelectMany(run => Run(sweep, run, vectors, names).Prepend(new Comment(""))),
            new Comment(""),
            new Loop("member", Block, 1,
            [
                .. Pointers(elements, Names.Of, OfGroup, "member"),
                new Pointer("totals", new Address("scratch").Along(new Term("member", sweep.Accumulators.Count * sweep.Shape.Tile))),
                .. Sums(Enumerable.Range(0, sweep.Accumulators.Count), vectors).Select(s => new Let(
                    names.Name(s.Accumulator, s.Vector, 0), new Load(new Address("totals", s.Accumulator * sweep.Shape.Tile).At(s.Vector)))),
                new Comment(""),
                .. ElementWork.Nodes(kernel, sweep, names),
            ]),
        ];
    }

    /// <summary>Sums that are alike take turns in one text; if there are registers for all of them, they need not.</summary>
    private IEnumerable<Node> Run(Sweep sweep, int[] run, int vectors, SumNames names)
    {
        int turn = Enumerable.Range(1, run.Length).Last(count => count == 1 || (run.Length % count == 0 && count * vectors <= MostSums));
        if (turn < run.Length)
        {
            string Name(int a, int v, int lane) => "sum" + (turn > 1 ? Letter('A', a - run[0]) : "") + names.Suffix(v) + "_" + lane;
            int tile = sweep.Shape.Tile;
            return [new Loop("column", run.Length * tile, turn * tile, new SumBlock(kernel, stride, sweep, Sums(run.Take(turn), vectors), "column", Name).Nodes())];
        }

        // As many at a time as there are registers for.
        (int Accumulator, int Vector)[] sums = Sums(run, vectors);
        int blocks = (sums.Length + MostSums - 1) / MostSums;
        return sums.Select((sum, k) => (sum, k)).GroupBy(s => ((s.k * blocks) + blocks - 1) / sums.Length, s => s.sum).Select(block => new Scope(
            new SumBlock(kernel, stride, sweep, [.. block], null, (a, v, lane) => $"{names.Name(a, v, 0)}_{lane}").Nodes()));
    }

    private static (int Accumulator, int Vector)[] Sums(IEnumerable<int> accumulators, int vectors) =>
        [.. from a in accumulators from v in Enumerable.Range(0, vectors) select (a, v)];

    /// <summary>References to the rows of a lane.</summary>
    private IEnumerable<Node> Pointers(IEnumerable<Region> regions, Func<Region, string> names, Func<Region, string> from, string lane)
    {
        return regions.Distinct().Where(r => r != Region.Weights).OrderBy(r => r).Select(r => new Pointer(names(r), new Address(from(r)).Along(Lane(stride(r)))));

        Term Lane(int floats) => new(lane, floats) { Text = $"{lane} * {floats}" };
    }

    private string OfGroup(Region region) => Names.Of(region) + "OfGroup";

    private static string Letter(char first, int index) => ((char)(first + index)).ToString();

    /// <summary>Some of the sums of all lanes of a block, from their biases to scratch memory.</summary>
    /// <param name="sums">The sums; of those that take turns, the first ones.</param>
    /// <param name="column">The axis along which others take their turn.</param>
    /// <param name="name">The variable of a sum of a lane.</param>
    private sealed class SumBlock(
        Kernel kernel, Func<Region, int> stride, Sweep sweep, (int Accumulator, int Vector)[] sums, string? column, Func<int, int, int, string> name)
    {
        private readonly IReadOnlyList<Term> _lane = [.. Tiling.Lane(kernel.Width)];
        private readonly IReadOnlyList<Term> _column = column is null ? [] : [column];

        public IEnumerable<Node> Nodes() =>
        [
            .. from s in sums
               from lane in Range(Block)
               let start = lane == 0 ? Start(s.Accumulator, s.Vector) : new Named(name(s.Accumulator, s.Vector, 0))
               select new Let(name(s.Accumulator, s.Vector, lane), start),
            .. sweep.Segments.Where(segment => segment.Columns.Any(c => sums.Any(s => s.Accumulator == c.Accumulator))).SelectMany(Panel),
            new Comment(""),
            .. from lane in Range(Block)
               from s in sums
               let place = new Address("scratch", ((lane * sweep.Accumulators.Count) + s.Accumulator) * sweep.Shape.Tile)
               select new Store(place.Along(_column).At(s.Vector), new Named(name(s.Accumulator, s.Vector, lane))),
        ];

        private Value Start(int a, int v)
        {
            Segment first = sweep.Segments[0];
            int[] biases = [.. first.BiasesOf(a)];
            // The biases of a sum are side by side, so that those of the next one are as many columns away.
            IEnumerable<Term> next = column is null || biases.Length < 2 ? _column : [new Term(column, biases.Length) { Text = $"({biases.Length} * {column})" }];
            return Value.Sum(biases.Select(b => new Load(new Address(PanelText.Weights(first), b * first.Tile).Along(_lane).Along(next).At(v))));
        }

        private IEnumerable<Node> Panel(Segment segment) =>
        [
            new Comment(""),
            new Pointer(PanelText.Walk(segment), new Address(PanelText.Weights(segment), segment.Biases.Count * segment.Tile).Along(_lane).Along(_column)),
            .. segment.Columns[0].IsToken ? Tokens(segment) : Rows(segment),
        ];

        private IEnumerable<Node> Rows(Segment segment)
        {
            int products = Block * segment.Columns.Sum(c => Of(c).Count());
            int turn = kernel.Plan.Unroll == UnrollKind.None ? 1 : Math.Min(Math.Max(1, Thresholds.GroupProductsPerTurn / products), segment.Rows);
            int looped = segment.Rows / turn > 1 ? segment.Rows / turn * turn : 0;
            return
            [
                .. looped == 0 ? [] : new[] { new Loop("row", looped, turn,
                    Range(turn).SelectMany(r => Products(segment, 0, r, ["row"])).Append(new Advance(PanelText.Walk(segment), turn * segment.RowStride))) },
                .. looped == segment.Rows ? [] : new[] { new Scope(Range(segment.Rows - looped).SelectMany(r => Products(segment, looped, r, []))) },
            ];
        }

        /// <summary>The products of one row: per source, its weights, then one number of every lane.</summary>
        private IEnumerable<Node> Products(Segment segment, int first, int r, Term[] row)
        {
            foreach (IGrouping<Operand, (SegmentColumn Column, int Index)> source in segment.Columns.Select((c, index) => (Column: c, Index: index)).GroupBy(c => c.Column.Source))
            {
                var weights = (from c in source from s in Of(c.Column) select (Id: Id(c.Index, s.Vector), c.Index, s.Accumulator, s.Vector)).ToArray();
                foreach (var w in weights)
                {
                    yield return new Let("weight" + w.Id, new Load(new Address(PanelText.Walk(segment), (r * segment.RowStride) + (w.Index * segment.Tile)).At(w.Vector)));
                }

                for (int lane = 0; lane < Block && weights.Length > 0; lane++)
                {
                    Value number = new Broadcast(new Address(Names.Of(source.Key.Region) + "OfGroup", source.Key.Offset + first + r + (lane * stride(source.Key.Region))).Along(row));
                    if (weights.Length > 1)
                    {
                        string local = $"number{weights[0].Id}_{lane}";
                        yield return new Let(local, number);
                        number = new Named(local);
                    }

                    foreach (var w in weights)
                    {
                        yield return new MultiplyAdd(name(w.Accumulator, w.Vector, lane), number, new Named("weight" + w.Id));
                    }
                }
            }

            string Id(int index, int v) => $"{r}{(segment.Columns.Count > 1 ? Letter('A', index) : "")}{(sums.Any(s => s.Vector > 0) ? Letter('a', v) : "")}";
        }

        private IEnumerable<Node> Tokens(Segment segment) =>
        [
            new Comment("A token stands for a one-hot vector, so that the product is one row."),
            .. Range(Block).SelectMany(lane => (IEnumerable<Node>)
            [
                new Pointer($"row{lane}", new Address(PanelText.Walk(segment)).Along(new Term("", segment.RowStride) { Token = new Address("tokensOfGroup", lane) })),
                .. from c in Range(segment.Columns.Count)
                   from s in Of(segment.Columns[c])
                   select new AddTo(name(s.Accumulator, s.Vector, lane), new Load(new Address($"row{lane}", c * segment.Tile).At(s.Vector))),
            ]),
        ];

        private IEnumerable<(int Accumulator, int Vector)> Of(SegmentColumn column) => sums.Where(s => s.Accumulator == column.Accumulator);

        private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
    }
}
