using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>
/// One step of a cell: a matrix times a vector per panel, whose partial sums stay in registers, and then the element-wise work.
/// </summary>
internal sealed class StepSchedule(Kernel kernel)
{
    public IEnumerable<Node> Nodes() => kernel.Stages(Stage);

    /// <summary>One stage: its means, then a pass over the units.</summary>
    public IEnumerable<Node> Stage(Sweep sweep) => sweep.Stores.Count == 0 ? Means(sweep) :
    [
        .. Means(sweep),
        .. Panels(sweep),
        // A wide pass walks through the whole tile, and its references end where the next one starts.
        .. Tiling.InTiles(sweep, kernel.Width, sweep.Shape.Portable.Vectors, kernel.Width.IsWide ? [] : TileStrides(sweep), new Pass(kernel, sweep).Nodes()),
    ];

    /// <summary>The means that come before a stage.</summary>
    public IEnumerable<Node> Means(Sweep sweep) =>
        sweep.Reductions.Select(r => new StoreMean(kernel.At(r.Place), kernel.At(r.Source), r.Value.Operand.Size));

    /// <summary>The references to the weights of the first tile.</summary>
    public static IEnumerable<Node> Panels(Sweep sweep) => sweep.Segments.SelectMany(segment => (Node[])
        [new Comment(PanelText.Describe(segment)), new Pointer(PanelText.Weights(segment), new Address("weights", segment.Offset))]);

    /// <summary>These references, and the distance between their tiles.</summary>
    public static IEnumerable<(string, int)> TileStrides(Sweep sweep) => sweep.Segments.Select(s => (PanelText.Weights(s), s.TileStride));

    /// <summary>A pass over a tile: start the sums, walk through the rows, finish with the element-wise work.</summary>
    private sealed class Pass(Kernel kernel, Sweep sweep)
    {
        private readonly KernelShape _shape = kernel.Shape(sweep);
        private readonly SumNames _sums = new(sweep, kernel.Shape(sweep).Vectors);

        public IEnumerable<Node> Nodes()
        {
            IEnumerable<Node> elements = ElementWork.Nodes(kernel, sweep, _sums);
            return sweep.Accumulators.Count == 0 ? elements :
            [
                .. kernel.Width.IsWide ? [] : sweep.Segments.Select(s => new Pointer(Walk(s), new Address(PanelText.Weights(s)).Along("lane"))),
                .. from a in Range(sweep.Accumulators.Count)
                   from v in Range(_shape.Vectors)
                   from part in Range(PartialSums(a))
                   select new Let(_sums.Name(a, v, part), part == 0 ? Start(a, v) : Value.Zero),
                .. sweep.Ahead is null ? new[] { Move(sweep.Segments[0], sweep.Segments[0].Biases.Count * sweep.Segments[0].Tile) } : [],
                .. sweep.Segments.SelectMany(s => s.Columns[0].IsToken ? Token(s) : Rows(s)),
                new Comment(""),
                .. from a in Range(sweep.Accumulators.Count) where PartialSums(a) > 1 from v in Range(_shape.Vectors) select Merge(a, v),
                new Comment(""),
                .. elements,
            ];
        }

        // A wide pass needs no reference of its own.
        private string Walk(Segment segment) => kernel.Width.IsWide ? PanelText.Weights(segment) : PanelText.Walk(segment);

        private Advance Move(Segment segment, int floats) => new(Walk(segment), floats);

        /// <summary>What a sum begins with: its biases, or what was summed up ahead.</summary>
        private Value Start(int a, int v) => sweep.Ahead is int ahead
            ? new Load(kernel.At(new Operand(Region.Sums, ahead + (a * Lanes.Pad(sweep.Size)))).Along(Tiling.Unit(sweep, kernel.Width)).At(v))
            : Value.Sum(sweep.Segments[0].BiasesOf(a).Select(b => new Load(new Address(Walk(sweep.Segments[0]), b * sweep.Segments[0].Tile).At(v))));

        private IEnumerable<Node> Rows(Segment segment)
        {
            int rows = segment.Rows;
            int turn = kernel.Plan.RowsPerTurn(segment, _shape);
            int looped = turn == rows ? 0 : rows / turn * turn;
            return
            [
                new Comment(""),
                .. looped == 0 ? [] : new[] { new Loop("row", looped, turn, Block(0, turn, ["row"])) },
                .. looped == rows ? [] : Block(looped, rows - looped, []),
            ];

            IEnumerable<Node> Block(int first, int count, Term[] row) =>
                [.. Range(count).SelectMany(r => Products(segment, first, r, row, isOnly: count == 1 && row.Length > 0)), Move(segment, count * segment.RowStride)];
        }

        /// <summary>The products of one row: each source in all lanes, times the weights of its columns.</summary>
        private IEnumerable<Node> Products(Segment segment, int first, int r, Term[] row, bool isOnly)
        {
            return segment.Columns.Select(c => c.Source).Distinct()
                .Select(source => (Node)new Let(Scalar(source), new Broadcast(kernel.At(source).Plus(first + r).Along(row))))
                .Concat(from c in Range(segment.Columns.Count)
                        from v in Range(_shape.Vectors)
                        let column = segment.Columns[c]
                        let sum = _sums.Name(column.Accumulator, v, (column.Chain * _shape.Chains) + ((first + r) % _shape.Chains))
                        let weight = new Address(Walk(segment), (r * segment.RowStride) + (c * segment.Tile)).At(v)
                        select new MultiplyAdd(sum, new Named(Scalar(column.Source)), new Load(weight)));

            string Scalar(Operand source) => Names.Source(segment.Columns.First(c => c.Source == source).Projection.Source) + "Row" + (isOnly ? "" : $"{first + r}");
        }

        private IEnumerable<Node> Token(Segment segment)
        {
            string row = Walk(segment) + "OfToken";
            return
            [
                new Comment(""),
                new Comment("The token stands for a one-hot vector, so that the product is one row."),
                new Pointer(row, new Address(Walk(segment)).Along(new Term("token", segment.RowStride))),
                .. from c in Range(segment.Columns.Count)
                   from v in Range(_shape.Vectors)
                   select new AddTo(_sums.Name(segment.Columns[c].Accumulator, v, 0), new Load(new Address(row, c * segment.Tile).At(v))),
                Move(segment, segment.Rows * segment.RowStride),
            ];
        }

        /// <summary>How many sums of its own a sum is split into, so that they do not wait for each other.</summary>
        private int PartialSums(int accumulator)
        {
            int columns = sweep.Segments.SelectMany(s => s.Columns).Where(c => c.Accumulator == accumulator).Select(c => c.Chain + 1).DefaultIfEmpty(1).Max();
            int rows = sweep.Segments.Where(s => !s.Columns[0].IsToken).Select(s => s.Rows).DefaultIfEmpty(1).Max();
            return rows < _shape.Chains ? Math.Max(columns, ((columns - 1) * _shape.Chains) + rows) : columns * _shape.Chains;
        }

        private Node Merge(int a, int v)
        {
            // Pairwise, so that the additions do not wait for each other.
            string[] parts = [.. Range(PartialSums(a)).Select(part => _sums.Name(a, v, part))];
            return parts.Length == 2 ? new AddTo(parts[0], new Named(parts[1])) : new Assign(parts[0], Pairwise(parts));
        }

        private static Value Pairwise(string[] parts)
        {
            int half = (parts.Length + 1) / 2;
            return parts.Length == 1 ? new Named(parts[0]) : new Operation('+', Part([.. parts.Take(half)]), Part([.. parts.Skip(half)]));

            static Value Part(string[] some) => some.Length > 1 ? new Group(Pairwise(some)) : Pairwise(some);
        }

        private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
    }
}

/// <summary>The variables of the sums of a stage.</summary>
/// <param name="sweep">The stage.</param>
/// <param name="vectors">Vectors of each sum.</param>
internal sealed class SumNames(Sweep sweep, int vectors)
{
    public int Vectors => vectors;

    /// <summary>The variable of a sum, or of a part of it.</summary>
    public string Name(int accumulator, int vector, int part) =>
        Names.Local(sweep.Accumulators[accumulator].Name ?? "sum" + accumulator) + Suffix(vector) + (part == 0 ? "" : (char)('A' + part));

    /// <summary>What the name of anything has at its end in one of the vectors.</summary>
    public string Suffix(int vector) => vectors > 1 ? Literals.Integer(vector) : "";
}
