using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>The gradients of a panel of weights: a matrix product over the steps, with a block of rows and vectors in registers.</summary>
/// <param name="plan">The kernel.</param>
/// <param name="width">Its vectors.</param>
/// <param name="stride">Distance between the steps in a region.</param>
internal sealed class GradientLoops(GradientPlan plan, Width width, Func<Region, Extent> stride)
{
    private readonly WeightPanel _panel = plan.Panel;
    private readonly int _vectors = width.IsWide ? plan.Panel.Tile / CacheLine.Floats : plan.Stage.IsNarrow ? 1 : 2;

    private Address Gradients => new(new Reference("gradients"), _panel.Offset);

    private IEnumerable<int> Vectors => Enumerable.Range(0, _vectors);

    public IEnumerable<Node> Nodes() =>
    [
        .. width.IsWide ? new Node[0] : [new AskWidth()],
        .. plan.ReadsTokens ? Tokens() : Tiling.OverUnits(plan.Stage, width, _vectors, Scope.Each(plan.IsBias ? Biases() : Products())),
    ];

    private IEnumerable<IEnumerable<Node>> Products()
    {
        // Columns with the same source share its broadcasts; as many at a time as there are registers for.
        int columns = Math.Max(1, (width.IsWide ? Thresholds.GradientVectors : Thresholds.PortableGradientVectors) / _vectors);
        return from source in plan.Terms.GroupBy(t => t.Source)
               from chunk in source.Select((t, k) => (t, k)).GroupBy(t => t.k / columns, t => t.t)
               let terms = chunk.ToArray()
               let blocks = Tiling.InBlocks(_panel.Rows, Block(_panel.Rows), (first, count, row) => Rows(terms, first, count, row))
               from part in blocks.Select((part, k) => k == 0 ? part.Prepend(new GradientSums(terms)) : part)
               select part;
    }

    /// <summary>Rows per block: as many as there are registers for, or a few less if that leaves no rest.</summary>
    private int Block(int rows)
    {
        int most = width.IsWide ? Thresholds.GradientRows : Thresholds.PortableGradientRows;
        int even = Enumerable.Range(Thresholds.EvenGradientRows, most - Thresholds.EvenGradientRows + 1).LastOrDefault(count => rows % count == 0);
        return even > 0 ? even : Math.Min(most, rows);
    }

    /// <summary>Sums a block of rows over all steps in registers, then adds it to the gradients.</summary>
    private IEnumerable<Node> Rows(GradientTerm[] terms, int first, int count, Term[] row)
    {
        Operand place = terms[0].Source!.Value;
        Pointer source = new Address(new Reference(Names.Of(place.Region)), place.Offset + first).Along(row).As(terms[0].SourceName + "OfStep");
        Dictionary<Region, Pointer> steps = terms.Select(t => t.Gradient.Region).Distinct().ToDictionary(r => r, OfStep);
        IEnumerable<int> rows = Enumerable.Range(0, count);
        (GradientTerm Term, int V)[] vectors = [.. from t in terms from v in Vectors select (t, v)];
        Address block = Gradients.Plus((_panel.Biases.Count * _panel.Tile) + (first * _panel.RowStride))
            .Along([.. row.Select(r => r with { Stride = _panel.RowStride }), .. Tiling.Unit(plan.Stage, width, _panel)]);
        return
        [
            source,
            .. steps.Values,
            .. from r in rows from v in vectors select new Let(Sum(r, v), Value.Zero),
            Steps(
            [
                .. Tiling.OuterProduct(
                    [.. rows.Select(r => (terms[0].SourceName + "Row" + r, source.Start.Plus(r)))],
                    [.. vectors.Select(v => (Suffix(v.Term.Name, v.V), steps[v.Term.Gradient.Region].Start.Plus(v.Term.Gradient.Offset).At(v.V)))],
                    (r, v) => Sum(r, vectors[v])),
                new Advance(source.Reference, stride(place.Region)),
                .. steps.Select(s => new Advance(s.Value.Reference, stride(s.Key))),
            ]),
            .. block.As("target", out Address target),
            .. from r in rows
               from v in vectors
               select Store.Add(target.Plus((r * _panel.RowStride) + (v.Term.Index * _panel.Tile)).At(v.V), new Named(Sum(r, v))),
        ];

        string Sum(int r, (GradientTerm Term, int V) v) => $"d{Names.Local(v.Term.Symbol)}{Literals.Integer(r)}{(_vectors > 1 ? "_" + Literals.Integer(v.V) : "")}";
    }

    private IEnumerable<IEnumerable<Node>> Biases() => plan.Terms.GroupBy(t => _panel.Biases[t.Index].Accumulator).Select(terms => Biases([.. terms]));

    private IEnumerable<Node> Biases(GradientTerm[] terms)
    {
        Pointer step = OfStep(terms[0].Gradient.Region);
        return
        [
            new GradientSums(terms),
            step,
            .. Vectors.Select(v => new Let(Suffix("sum", v), Value.Zero)),
            Steps(
            [
                .. Vectors.Select(v => new AddTo(Suffix("sum", v), new Load(step.Start.Plus(terms[0].Gradient.Offset).At(v)))),
                new Advance(step.Reference, stride(terms[0].Gradient.Region)),
            ]),
            .. Gradients.Along(Tiling.Unit(plan.Stage, width, _panel)).As("target", out Address target),
            .. from term in terms from v in Vectors select Store.Add(target.Plus(term.Index * _panel.Tile).At(v), new Named(Suffix("sum", v))),
        ];
    }

    /// <summary>Every step adds to the row of its token.</summary>
    private IEnumerable<Node> Tokens()
    {
        var token = Term.Of(new Address(new Reference("tokens", Element.Int)).Along("step"), _panel.RowStride);
        Pointer row = Gradients.Plus(_panel.Biases.Count * _panel.Tile).Along(token).As("tokenRow");
        return
        [
            new GradientSums(plan.Terms),
            Steps(
            [
                row,
                .. Tiling.OverUnits(plan.Stage, width, _vectors,
                    from term in plan.Terms
                    from v in Vectors
                    let gradient = new Address(new Reference(Names.Of(term.Gradient.Region)), term.Gradient.Offset).Along(Tiling.Unit(plan.Stage, width)).At(v)
                    select Store.Add(row.Start.Plus(term.Index * _panel.Tile).Along(Tiling.Unit(plan.Stage, width, _panel)).At(v), new Load(gradient))),
                .. plan.Regions.Select(r => new Advance(new Reference(Names.Of(r)), stride(r))),
            ]),
        ];
    }

    private static Loop Steps(IEnumerable<Node> body) => new("step", "steps", 1, body) { Type = Element.Int };

    /// <summary>The units of a row of gradients, which moves on from step to step.</summary>
    private Pointer OfStep(Region region) => new Address(new Reference(Names.Of(region))).Along(Tiling.Unit(plan.Stage, width)).As(Names.Of(region) + "OfStep");

    private string Suffix(string name, int v) => name + (_vectors > 1 ? Literals.Integer(v) : "");
}
