using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// The rows of a panel in a narrow format, added to the sums of one step: two rows of 16 bits in each lane, which are floats once they are in place, or four rows
/// of 8 bits, or eight of 4, whose products are added as integers first.
/// </summary>
/// <param name="block">The sums.</param>
/// <param name="panel">The panel.</param>
internal sealed class NarrowRows(SumBlock block, WeightPanel panel)
{
    // With one, the loop itself is a quarter of the instructions.
    private const int FewestGroups = 2;

    private readonly Product[] _products =
    [
        .. from k in Enumerable.Range(0, panel.Columns.Count)
           from sum in block.Of(panel.Columns[k])
           select new Product(panel.Columns[k], k * panel.Tile, sum.Vector),
    ];

    /// <summary>Groups of rows that an iteration takes.</summary>
    private int Unroll => Math.Max(FewestGroups, block.Unroll(panel) / panel.Format.RowsPerLane());

    /// <summary>The tile of the units at hand.</summary>
    private Address Tile => block.Weights(block.Kernel.NarrowDistance + panel.Offset)
        .Along(Tiling.Unit(block.Stage, block.Kernel.Width, panel.NarrowTileStride() / panel.Tile));

    public IEnumerable<Node> Nodes() => [.. block.Describe(PanelText.Products(panel, block.Accumulators)), .. panel.Format switch
        {
            WeightFormatKind.Int8 => Bytes(),
            WeightFormatKind.Int4 => Nibbles(),
            _ => Halves(),
        }];

    private IEnumerable<Node> Halves()
    {
        Pointer weights = Tile.As(PanelText.Weights(panel));
        int pairs = panel.Rows / 2;
        return
        [
            weights,
            .. Groups(weights, pairs, (pair, start, axis) => Rows(2 * pair, 2, start, axis)),
            .. panel.Rows % 2 == 0 ? [] : Rows(panel.Rows - 1, 1, weights.Start.Plus((pairs - Tiling.Looped(pairs, Unroll)) * panel.RowStride), []),
        ];

        IEnumerable<Node> Rows(int row, int count, Address start, Term[] axis) =>
            from source in _products.GroupBy(p => p.Column.Source)
            from node in Pair(source.Key, [.. source], row, count, start, axis)
            select node;
    }

    /// <summary>One or two rows of one source.</summary>
    private IEnumerable<Node> Pair(Operand source, Product[] products, int row, int count, Address start, Term[] axis)
    {
        string[] numbers = [.. Enumerable.Range(row, count).Select(r => SumNames.OfNumber(products[0].Column, r))];
        Term[] rows = [.. axis.Select(term => term with { Stride = 2 })];
        return
        [
            .. numbers.Select((name, k) => new Let(name, new Broadcast(block.Source(source, 0).Plus(row + k).Along(rows)))),
            .. from p in products
               let pair = block.Names.OfWeights(p.Column, row, p.Vector)
               from node in Enumerable.Range(0, count)
                   .Select(k => (Node)new MultiplyAdd(block.Part(p.Column, p.Vector, row + k), new Named(numbers[k]), new HalfOf(new Named(pair), IsSecond: k == 1)))
                   .Prepend(new Let(pair, new Load(start.Plus(p.Place).At(p.Vector))))
               select node,
        ];
    }

    private IEnumerable<Node> Bytes()
    {
        Pointer weights = Tile.Plus(panel.HeaderRows() * panel.RowStride).As(PanelText.Weights(panel));
        return
        [
            .. Tile.As(PanelText.Weights(panel) + "Scales", out Address scales),
            .. _products.Select(p => new Let(Integers(p), new Integers(new Load(scales.Plus(panel.RowStride + p.Place).At(p.Vector))))),
            weights,
            .. Groups(weights, panel.RowGroups(), Group),
            .. AddIntegers(scales),
        ];

        IEnumerable<Node> Group(int index, Address start, Term[] axis) =>
            from source in _products.GroupBy(p => p.Column.Source)
            let numbers = SumNames.OfNumber(source.First().Column, index)
            from node in source
                .Select(p => (Node)new AddByteProducts(Integers(p), new Named(numbers), new Load(start.Plus(p.Place).At(p.Vector))))
                .Prepend(new Let(numbers, new Broadcast(block.Kernel.BytesOf(source.Key).Plus(1 + index).Along(axis))))
            select node;
    }

    private IEnumerable<Node> Nibbles()
    {
        const int Whole = NarrowWeights.GroupsOfBlock;
        int blocks = panel.RowGroups() / Whole;
        int rest = panel.RowGroups() % Whole;
        Pointer weights = Tile.Plus(panel.HeaderRows() * panel.RowStride).As(PanelText.Weights(panel));
        return
        [
            .. Tile.As(PanelText.Weights(panel) + "Scales", out Address scales),
            .. _products.Select(p => new Let(Integers(p), new Integers(Value.Zero))),
            weights,
            .. Tiling.InBlocks(blocks, 1, (first, _, axis) => axis.Length == 0
                ? [new Scope(Block(first, Whole, weights.Start, axis))]
                : [.. Block(first, Whole, weights.Start, axis), new Advance(weights.Reference, (1 + Whole) * panel.RowStride)]).SelectMany(part => part),
            .. rest == 0 ? [] : new[] { new Scope(Block(blocks, rest, weights.Start.Plus((blocks - Tiling.Looped(blocks, 1)) * (1 + Whole) * panel.RowStride), [])) },
            .. AddIntegers(scales),
        ];
    }

    /// <summary>Up to 64 rows: two sums of 16 bits in each lane, which go to that of the unit with their factors.</summary>
    private IEnumerable<Node> Block(int index, int groups, Address start, Term[] axis)
    {
        Term[] blocks = [.. axis.Select(term => term with { Stride = NarrowWeights.NumbersOfBlock })];
        IGrouping<Operand, Product>[] sources = [.. _products.GroupBy(p => p.Column.Source)];
        return
        [
            .. from source in sources
               let starts = SumNames.OfNumber(source.First().Column, 0) + "Start"
               from node in source.Select(p => (Node)new Let(Pairs(p), new Named(starts))).Prepend(new Let(starts, new Halves(new Broadcast(Number(source, 0)))))
               select node,
            .. from row in Enumerable.Range(0, groups)
               from source in sources
               let first = SumNames.OfNumber(source.First().Column, 2 * row)
               let second = SumNames.OfNumber(source.First().Column, (2 * row) + 1)
               from node in source
                   .Select(p => (Node)new AddNibbleProducts(Pairs(p), new Named(first), new Named(second), new Load(start.Plus(((1 + row) * panel.RowStride) + p.Place).At(p.Vector))))
                   .Prepend(new Let(second, new Broadcast(Number(source, 2 + (2 * row)))))
                   .Prepend(new Let(first, new Broadcast(Number(source, 1 + (2 * row)))))
               select node,
            .. _products.Select(p => new AddScaledHalves(Integers(p), new Named(Pairs(p)), new Load(start.Plus(p.Place).At(p.Vector)))),
        ];

        Address Number(IGrouping<Operand, Product> source, int place) =>
            block.Kernel.BytesOf(source.Key).Plus(1 + (index * NarrowWeights.NumbersOfBlock) + place).Along(blocks);
    }

    /// <summary>Sums of integers as floats: times the scale of the numbers, and that of the unit.</summary>
    private IEnumerable<Node> AddIntegers(Address scales) => _products.Select(p => new MultiplyAdd(
        block.Part(p.Column, p.Vector, row: 0),
        new Broadcast(block.Kernel.BytesOf(p.Column.Source)),
        new Operation('*', new Floats(new Named(Integers(p))), new Load(scales.Plus(p.Place).At(p.Vector)))));

    /// <summary>Groups of rows: a loop, and what is left.</summary>
    private IEnumerable<Node> Groups(Pointer weights, int groups, Func<int, Address, Term[], IEnumerable<Node>> group) =>
        Tiling.InBlocks(groups, Unroll, (first, count, axis) =>
        [
            .. Enumerable.Range(0, count).SelectMany(g => group(first + g, weights.Start.Plus(g * panel.RowStride), axis)),
            .. axis.Length == 0 ? [] : new[] { new Advance(weights.Reference, count * panel.RowStride) },
        ]).SelectMany(part => part);

    private string Integers(Product product) => $"{block.Names.Of(product.Column.Accumulator, product.Vector)}Of{Names.Local(product.Column.SourceName).ToUpperInvariant()}";

    private string Pairs(Product product) => Integers(product) + "Block";

    /// <param name="Column">Matrix and source.</param>
    /// <param name="Place">Where a row has its weights.</param>
    /// <param name="Vector">The vector of it.</param>
    private sealed record Product(PanelColumn Column, int Place, int Vector);
}
