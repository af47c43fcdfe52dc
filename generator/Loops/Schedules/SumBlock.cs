using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// Sums that stay in registers while panels of weights are reduced into them (BLIS: micro-kernel): of one row, in several parts that do not
/// wait for each other, or of a block of lanes, so that a weight is loaded once for all of them.
/// </summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Sums">Which of its sums.</param>
/// <param name="Names">Their variables.</param>
internal sealed record SumBlock(Kernel Kernel, Stage Stage, IReadOnlyList<(int Accumulator, int Vector)> Sums, SumNames Names)
{
    /// <summary>Lanes side by side; null for a single row.</summary>
    public int? Lanes { get; init; }

    /// <summary>Partial sums of a single row per column: successive rows take turns.</summary>
    public int PartialSums { get; init; } = 1;

    /// <summary>The axis along which other sums take their turn, in the same text.</summary>
    public string? Column { get; init; }

    /// <summary>Rows of a panel that an iteration takes.</summary>
    public Func<WeightPanel, int> Unroll { get; init; } = panel => panel.Rows;

    /// <summary>Where the first number of a source is in a lane.</summary>
    public Func<Operand, int, Address> Source { get; init; } = (source, _) => Kernel.At(source);

    /// <summary>The row of the token of a lane, so many floats apart.</summary>
    public Func<int, int, Term> Token { get; init; } = (_, stride) => new Term("token", stride);

    private IEnumerable<int> AllLanes => Enumerable.Range(0, Lanes ?? 1);

    public IEnumerable<Node> Nodes()
    {
        WeightPanel[] panels = [.. Stage.Panels.Where(panel => panel.Columns.Any(c => Of(c).Any()))];
        int last = Math.Max(0, panels.Length - 1);
        int waiting = WaitingParts(panels);
        return
        [
            .. Starts(),
            .. panels.Take(last).SelectMany(Panel),
            .. from s in Sums
               from part in Enumerable.Range(0, Parts(s.Accumulator)).Skip(waiting)
               select new AddTo(Names.Of(s.Accumulator, s.Vector, part % waiting), new Named(Names.Of(s.Accumulator, s.Vector, part))),
            .. panels.Skip(last).SelectMany(Panel),
            .. from s in Sums
               let parts = Enumerable.Range(0, Math.Min(Parts(s.Accumulator), waiting)).Select(part => Names.Of(s.Accumulator, s.Vector, part)).ToArray()
               where parts.Length > 1
               select Merge(parts),
        ];
    }

    /// <summary>
    /// How many parts of a sum the last rows add to. They are those of the state, which a step waits for, so that the other parts are merged before them.
    /// </summary>
    private int WaitingParts(WeightPanel[] panels) =>
        Lanes is null && panels.Length > 1 && panels.Last() is var last && last.Rows < PartialSums && last.Columns.All(c => c.PartialSum == 0) ? last.Rows : int.MaxValue;

    /// <summary>What the sums begin with: their biases, or what has been summed up ahead of the step.</summary>
    private IEnumerable<Node> Starts()
    {
        Func<int, int, Value> start = (_, _) => Value.Zero;
        IReadOnlyList<Node> before = [];
        if (Stage.Ahead is int ahead)
        {
            Address sums = Kernel.At(new Operand(Region.Sums, ahead)).Along(Tiling.Unit(Stage, Kernel.Width));
            start = (a, v) => new Load(sums.Plus(a * CacheLine.Pad(Stage.Size)).At(v));
        }
        else if (Stage.Panels.FirstOrDefault() is { Biases.Count: > 0 } first && Sums.Any(s => first.BiasesOf(s.Accumulator).Any()))
        {
            // The biases of a sum are side by side, so that those of the next one are as many columns away. Narrow panels have one vector for all of them.
            bool isNarrow = first.Format != WeightFormatKind.Float32;
            int each = first.BiasesOf(Sums[0].Accumulator).Count();
            IEnumerable<Term> axes = [.. Tiling.Unit(Stage, Kernel.Width, first), .. Column is null ? Array.Empty<Term>() : [new Term(Column, each)]];
            Address place = isNarrow ? NarrowTile(first) : Weights(first.Offset).Along(axes);
            IReadOnlyList<int> biased = first.BiasedSums();
            before = [.. Describe(PanelText.Biases(first, Accumulators)), .. place.As("biases", out Address biases)];
            start = (a, v) => Value.Sum((isNarrow ? Enumerable.Range(0, biased.Count).Where(k => biased[k] == a) : first.BiasesOf(a)).Select(k => new Load(biases.Plus(k * first.Tile).At(v))));
        }

        // The first of several parts or lanes has the start; the other parts begin with zero, the other lanes with the same.
        return before.Concat(
            from s in Sums
            let first = Name(s.Accumulator, s.Vector, 0)
            from node in Enumerable.Range(1, Math.Max(Parts(s.Accumulator), Lanes ?? 1) - 1)
                .Select(k => Lanes is null ? new Let(Names.Of(s.Accumulator, s.Vector, k), Value.Zero) : new Let(Name(s.Accumulator, s.Vector, k), new Named(first)))
                .Prepend(new Let(first, start(s.Accumulator, s.Vector)))
            select node);
    }

    private IEnumerable<Node> Panel(WeightPanel panel) => panel.Format == WeightFormatKind.Float32 ? FloatPanel(panel) : new NarrowRows(this, panel).Nodes();

    private IEnumerable<Node> FloatPanel(WeightPanel panel)
    {
        IEnumerable<Term> axes = [.. Tiling.Unit(Stage, Kernel.Width, panel), .. Column is null ? Array.Empty<Term>() : [Column]];
        Pointer weights = Weights(panel.Offset + (panel.Biases.Count * panel.Tile)).Along(axes).As(PanelText.Weights(panel));
        return
        [
            .. Describe(PanelText.Products(panel, Accumulators)),
            weights,
            .. panel.Columns[0].IsToken ? AllLanes.SelectMany(TokenRow) : Tiling.InBlocks(panel.Rows, Unroll(panel), Rows).SelectMany(part => part),
        ];

        // A token stands for a one-hot vector, so that the product is one row.
        IEnumerable<Node> TokenRow(int lane)
        {
            Pointer row = weights.Start.Along(Token(lane, panel.RowStride)).As("tokenRow" + OfLane(lane));
            return
            [
                row,
                .. from c in Enumerable.Range(0, panel.Columns.Count)
                   from s in Of(panel.Columns[c])
                   select new AddTo(Name(s.Accumulator, s.Vector, lane), new Load(row.Start.Plus(c * panel.Tile).At(s.Vector))),
            ];
        }

        IEnumerable<Node> Rows(int first, int count, Term[] axis) =>
        [
            .. Enumerable.Range(0, count).SelectMany(r => Row(first + r, weights.Start.Plus(r * panel.RowStride), axis)),
            .. axis.Length == 0 ? [] : new[] { new Advance(weights.Reference, count * panel.RowStride) },
        ];

        // One outer product per source: its numbers, one per lane, times its columns.
        IEnumerable<Node> Row(int row, Address start, Term[] axis) =>
            from source in panel.Columns.Select((c, k) => (Column: c, Index: k)).GroupBy(c => c.Column.Source)
            let vectors = (from c in source from s in Of(c.Column) select (c.Column, c.Index, s.Vector)).ToArray()
            where vectors.Length > 0
            from node in Tiling.OuterProduct(
                [.. AllLanes.Select(lane => (SumNames.OfNumber(source.First().Column, row) + OfLane(lane), Source(source.Key, lane).Plus(row).Along(axis)))],
                [.. vectors.Select(v => (Names.OfWeights(v.Column, row, v.Vector), start.Plus(v.Index * panel.Tile).At(v.Vector)))],
                (lane, v) => Lanes is null
                    ? Part(vectors[v].Column, vectors[v].Vector, row)
                    : Name(vectors[v].Column.Accumulator, vectors[v].Vector, lane))
            select node;
    }

    public IReadOnlyCollection<int> Accumulators => [.. Sums.Select(s => s.Accumulator).Distinct()];

    /// <summary>The tile of the units at hand in the narrow copy of a panel.</summary>
    public Address NarrowTile(WeightPanel panel) => Weights(Kernel.NarrowDistance + panel.Offset).Along(Tiling.Unit(Stage, Kernel.Width, panel.NarrowTileStride() / panel.Tile));

    public Address Weights(int offset) => Kernel.At(new Operand(Region.Weights, offset));

    // Sums that take turns are those of no gate.
    public IEnumerable<Node> Describe(string text) => Column is null ? [new Remark(text)] : [];

    private string Name(int accumulator, int vector, int lane) => Lanes is null ? Names.Of(accumulator, vector) : Names.OfLane(accumulator, vector, lane);

    private string OfLane(int lane) => Lanes is null ? "" : "_" + Literals.Integer(lane);

    /// <summary>The part of a sum of a single row that takes a row of weights.</summary>
    public string Part(PanelColumn column, int vector, int row) => Names.Of(column.Accumulator, vector, (column.PartialSum * PartialSums) + (row % PartialSums));

    /// <summary>How many partial sums a sum of a single row has.</summary>
    private int Parts(int accumulator)
    {
        if (Lanes is not null)
        {
            return 1;
        }

        int columns = Stage.Panels.SelectMany(s => s.Columns).Where(c => c.Accumulator == accumulator).Select(c => c.PartialSum + 1).DefaultIfEmpty(1).Max();
        int rows = Stage.Panels.Where(s => !s.Columns[0].IsToken && !s.Format.ReadsBytes()).Select(s => s.Rows).DefaultIfEmpty(1).Max();
        return ((columns - 1) * PartialSums) + Math.Min(rows, PartialSums);
    }

    public IEnumerable<(int Accumulator, int Vector)> Of(PanelColumn column) => Sums.Where(s => s.Accumulator == column.Accumulator);

    // Pairwise, so that the additions do not wait for each other.
    private static Node Merge(string[] parts)
    {
        return parts.Length == 2 ? new AddTo(parts[0], new Named(parts[1])) : new Assign(parts[0], Pairwise(parts));

        static Value Pairwise(string[] some) => some.Length == 1
            ? new Named(some[0])
            : new Operation('+', Pairwise([.. some.Take((some.Length + 1) / 2)]), Pairwise([.. some.Skip((some.Length + 1) / 2)]));
    }
}
