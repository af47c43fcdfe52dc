using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>The gradients of a panel of weights: a matrix product over the steps, with a block of rows and vectors in registers.</summary>
/// <param name="plan">The kernel.</param>
/// <param name="width">Its vectors.</param>
/// <param name="stride">Distance between the steps in a region.</param>
internal sealed class GradientSchedule(GradientPlan plan, Width width, Func<Region, Extent> stride)
{
    private readonly Segment _segment = plan.Segment;
    private readonly int _vectors = width.IsWide ? plan.Segment.Tile / Lanes.Count : plan.Sweep.IsNarrow ? 1 : 2;
    private readonly IReadOnlyList<Term> _lane = [.. Tiling.Lane(width)];

    public IEnumerable<Node> Nodes() =>
    [
        .. width.IsWide ? new Node[0] : [new AskWidth()],
        .. _segment.Offset > 0 ? [new Advance("gradients", _segment.Offset)] : new Node[0],
        .. plan.ReadsTokens ? [Tokens()] : Tiling.InTiles(plan.Sweep, width, _vectors, [("gradients", _segment.TileStride)], plan.IsBias ? Biases() : Products()),
    ];

    private IEnumerable<Node> Products()
    {
        // Columns with the same source share its broadcasts; as many at a time as there are registers for.
        int columns = Math.Max(1, (width.IsWide ? Thresholds.GradientVectors : Thresholds.PortableGradientVectors) / _vectors);
        return from source in plan.Terms.GroupBy(t => t.Source)
               from chunk in source.Select((t, k) => (t, k)).GroupBy(t => t.k / columns, t => t.t)
               from node in Chunk([.. chunk])
               select node;
    }

    private IEnumerable<Node> Chunk(GradientTerm[] terms)
    {
        int rows = _segment.Rows;
        int block = Block(rows);
        int looped = rows / block * block;
        return
        [
            new Comment(""),
            new Comment(string.Join(", ", terms.Select(t => t.Symbol))),
            looped == block ? new Scope(Rows(terms, 0, block, null)) : new Loop("row", looped, block, Rows(terms, 0, block, "row")),
            .. looped == rows ? new Node[0] : [new Scope(Rows(terms, looped, rows - looped, null))],
        ];
    }

    /// <summary>Rows per block: as many as there are registers for, or a few less if that leaves no rest.</summary>
    private int Block(int rows)
    {
        int most = width.IsWide ? Thresholds.GradientRows : Thresholds.PortableGradientRows;
        int even = Enumerable.Range(Thresholds.EvenGradientRows, most - Thresholds.EvenGradientRows + 1).LastOrDefault(count => rows % count == 0);
        return even > 0 ? even : Math.Min(most, rows);
    }

    /// <summary>Sums a block of rows over all steps in registers, then adds it to the gradients.</summary>
    private IEnumerable<Node> Rows(GradientTerm[] terms, int first, int count, string? row)
    {
        Operand source = terms[0].Source!.Value;
        Region[] regions = [.. terms.Select(t => t.Gradient.Region).Distinct()];
        IEnumerable<int> rows = Enumerable.Range(0, count);
        (GradientTerm Term, int V, string Name)[] vectors = [.. from t in terms from v in Enumerable.Range(0, _vectors) select (t, v, t.Name + (_vectors > 1 ? "V" + v : ""))];
        return
        [
            new Pointer("source", new Address(Names.Of(source.Region), source.Offset + first).Along(row is null ? [] : [row])),
            .. regions.Select(Walk),
            .. rows.Select(r => new Let(vectors[0].Name + r, Value.Zero) { Beside = [.. vectors.Skip(1).Select(v => new Let(v.Name + r, Value.Zero))] }),
            Steps(
            [
                .. vectors.Select(v => new Let(v.Name, OfStep(v.Term, v.V))),
                .. rows.SelectMany(r => vectors.Select(v => (Node)new MultiplyAdd(v.Name + r, new Named($"row{r}"), new Named(v.Name)))
                    .Prepend(new Let($"row{r}", new Broadcast(new Address("source", r))))),
                new Advance("source", stride(source.Region)),
                .. regions.Select(Next),
            ]),
            new Pointer("target", new Address("gradients").Along(row is null ? [] : [new Term(row, _segment.RowStride)]).Along(_lane)),
            .. from r in rows
               from v in vectors
               select Add((_segment.Biases.Count * _segment.Tile) + ((first + r) * _segment.RowStride) + (v.Term.Index * _segment.Tile), v.V, v.Name + r),
        ];
    }

    private IEnumerable<Node> Biases() =>
        from terms in plan.Terms.GroupBy(t => plan.Segment.Biases[t.Index].Accumulator)
        from node in Biases([.. terms])
        select node;

    private IEnumerable<Node> Biases(GradientTerm[] terms)
    {
        string[] totals = [.. Enumerable.Range(0, _vectors).Select(v => "total" + (_vectors > 1 ? $"{v}" : ""))];
        return
        [
            new Comment(""),
            new Comment(string.Join(", ", terms.Select(t => t.Symbol))),
            new Scope(
            [
                Walk(terms[0].Gradient.Region),
                .. totals.Select(t => new Let(t, Value.Zero)),
                Steps([.. totals.Select((t, v) => (Node)new AddTo(t, OfStep(terms[0], v))), Next(terms[0].Gradient.Region)]),
                new Pointer("target", new Address("gradients").Along(_lane)),
                .. from term in terms from v in Enumerable.Range(0, _vectors) select Add(term.Index * _segment.Tile, v, totals[v]),
            ]),
        ];
    }

    /// <summary>Every step adds to the row of its token.</summary>
    private Loop Tokens() => Steps(
    [
        new Position("start", new Term("", _segment.RowStride) { Token = new Address("tokens").Along("step") }),
        new Loop("unit", Lanes.Pad(plan.Sweep.Size), _segment.Tile,
        [
            new Pointer("target", new Address("gradients").Along("start")),
            new Loop("lane", plan.Sweep.UsedLanes, width.Of(1), plan.Terms.Select(term =>
            {
                Address target = new Address("target", (_segment.Biases.Count + term.Index) * _segment.Tile).Along("lane");
                Address gradient = new Address(Names.Of(term.Gradient.Region), term.Gradient.Offset).Along("unit", "lane");
                return new Store(target, new Operation('+', new Load(target), new Load(gradient)));
            })),
            new Increase("start", _segment.TileStride),
        ]),
        .. plan.Regions.Select(r => new Advance(Names.Of(r), stride(r))),
    ]);

    private static Loop Steps(IEnumerable<Node> body) => new("step", "steps", 1, body) { Type = Element.Int };

    private Store Add(int offset, int v, string sum)
    {
        Address target = new Address("target", offset).At(v);
        return new Store(target, new Operation('+', new Load(target), new Named(sum)));
    }

    private Pointer Walk(Region region) => new(Names.Of(region) + "OfStep", new Address(Names.Of(region)).Along(Tiling.Unit(plan.Sweep, width)));

    private Advance Next(Region region) => new(Names.Of(region) + "OfStep", stride(region));

    private static Load OfStep(GradientTerm term, int v) => new(new Address(Names.Of(term.Gradient.Region) + "OfStep", term.Gradient.Offset).At(v));
}
