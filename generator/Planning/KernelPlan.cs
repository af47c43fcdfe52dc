using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>One step of a cell, ready to be printed.</summary>
/// <param name="Stages">The passes in order.</param>
/// <param name="Vectors">
/// The trained vectors that take part in element-wise work: for each of them the units that it is read for, and a panel of the
/// weights that has no matrix.
/// </param>
/// <param name="WeightSize">Floats of packed weights.</param>
/// <param name="WorkSize">Floats of the work region.</param>
/// <param name="Places">Where each value is that is stored or read.</param>
/// <param name="Output">Where the output of the cell is, or null without one.</param>
internal sealed record KernelPlan(
    IReadOnlyList<Stage> Stages,
    IReadOnlyList<Stage> Vectors,
    int WeightSize,
    int WorkSize,
    IReadOnlyDictionary<Expression, Operand> Places,
    Operand? Output)
{
    /// <summary>The regions that the kernel touches, in the order of its parameters.</summary>
    public IReadOnlyList<Region> Regions { get; init; } = [];

    /// <summary>What its values are called.</summary>
    public ValueNames Names { get; init; } = new();

    /// <summary>Where the step keeps a source as bytes: their scale, then four of them in each float.</summary>
    public IReadOnlyDictionary<Operand, Operand> Bytes { get; init; } = new Dictionary<Operand, Operand>();

    /// <summary>Floats of all these bytes: so far behind them are those of another thread.</summary>
    public int BytesSize { get; init; }

    /// <summary>Whether it reads weights in a narrow format.</summary>
    public bool ReadsNarrowWeights => NarrowFormat is not null;

    /// <summary>The format of its narrow weights; null if it reads none.</summary>
    public WeightFormatKind? NarrowFormat => Stages.SelectMany(s => s.Panels).FirstOrDefault(p => p.Format != WeightFormatKind.Float32)?.Format;

    /// <summary>How much of its loops is to be written out.</summary>
    public UnrollKind Unroll { get; init; }

    /// <summary>Whether loops over rows are to be written out, but would make too large a method.</summary>
    public bool IsTooLargeToUnroll => Unroll == UnrollKind.Rows && Math.Max(Unrolled(s => s.Wide), Unrolled(s => s.Portable)) > Thresholds.LargestMethod;

    /// <summary>Rows of a source that a turn of its loop takes; all of them where there is no loop.</summary>
    public int RowsPerIteration(WeightPanel panel, KernelShape shape)
    {
        UnrollKind unroll = IsTooLargeToUnroll ? UnrollKind.Auto : Unroll;
        return unroll == UnrollKind.Rows || (unroll == UnrollKind.Auto && panel.Rows <= Thresholds.MostWrittenOutRows)
            ? panel.Rows
            : Math.Min(unroll == UnrollKind.None ? shape.PartialSums : Math.Max(shape.PartialSums, Thresholds.RowsPerIteration), panel.Rows);
    }

    /// <summary>Bytes of IL of the kernel with all rows written out.</summary>
    private long Unrolled(Func<StageShape, KernelShape> shape) => Stages.Sum(stage => Thresholds.BytesOfStage + stage.Panels.Where(s => !s.Columns[0].IsToken).Sum(
        s => (long)s.Rows * ((s.Columns.Select(c => c.Source).Distinct().Count() * Thresholds.BytesOfRow) + (s.Columns.Count * shape(stage.Shape).Vectors * Thresholds.BytesOfProduct))));

    /// <summary>Whether lanes go through it in groups of <see cref="LaneBlock.Size"/>; one by one where there is too little to share.</summary>
    public bool HasLaneBlocks => !ReadsNarrowWeights && Products >= Math.Max(
        Thresholds.FewestProductsOfBlock, Thresholds.FewestProductsPerSum * Stages.Sum(s => s.Accumulators.Count * (CacheLine.Pad(s.Size) / CacheLine.Floats)));

    /// <summary>Products with vectors of weights.</summary>
    private int Products => Stages.Sum(s => s.Panels.Sum(g => g.Products) * (CacheLine.Pad(s.Size) / CacheLine.Floats));

    /// <summary>Whether the kernel over <c>Vector&lt;float&gt;</c> serves every machine: a 512-bit twin would have nothing to fill its vectors.</summary>
    public bool IsNarrow => Stages.All(s => s.IsNarrow);

    /// <summary>Floats of scratch memory that <see cref="LaneBlock.Size"/> lanes need side by side: their sums of one tile.</summary>
    public int BlockSums => LaneBlock.Size * Stages.Select(s => s.Accumulators.Count * s.Shape.Tile).DefaultIfEmpty(0).Max();

    /// <summary>Some of its stages, with the regions that these touch.</summary>
    public KernelPlan With(IReadOnlyList<Stage> stages) => this with { Stages = stages, Regions = RegionsOf(stages, Places) };

    /// <summary>The regions that stages touch.</summary>
    /// <param name="stages">The stages.</param>
    /// <param name="places">Where all values are that they read from memory.</param>
    public static IReadOnlyList<Region> RegionsOf(IReadOnlyList<Stage> stages, IReadOnlyDictionary<Expression, Operand> places)
    {
        var regions = new HashSet<Region>();
        foreach (Stage stage in stages)
        {
            foreach (Store store in stage.Stores)
            {
                regions.Add(store.Place.Region);
                AddReads(store.Value, stage);
            }

            foreach (PanelColumn column in stage.Panels.SelectMany(s => s.Columns))
            {
                regions.Add(Region.Weights);
                regions.Add(column.Source.Region);
            }

            foreach (Reduction reduction in stage.Reductions)
            {
                regions.Add(reduction.Source.Region);
                regions.Add(reduction.Place.Region);
            }

            if (stage.Ahead is not null)
            {
                regions.Add(Region.Sums);
            }
        }

        return [.. regions.OrderBy(r => r)];

        void AddReads(Expression value, Stage stage)
        {
            if (places.TryGetValue(value, out Operand place) && !stage.Gives(value))
            {
                regions.Add(place.Region);
            }
            else if (value is not Accumulator)
            {
                foreach (Expression operand in value.Operands)
                {
                    AddReads(operand, stage);
                }
            }
        }
    }

    /// <summary>Whether a stage finds a value in memory: a leaf, or the result of an earlier stage.</summary>
    public bool IsRead(Expression value, Stage stage) => value is Leaf || (Places.ContainsKey(value) && !stage.Gives(value));

    /// <summary>What the element-wise work of a stage, or its means, read and write.</summary>
    public IReadOnlyList<Region> RegionsOf(Stage stage)
    {
        IEnumerable<Region> means = stage.Reductions.SelectMany(r => new[] { r.Source.Region, r.Place.Region });
        return [.. means.Concat(stage.Stores.SelectMany(s => Of(s.Value).Append(s.Place.Region))).Distinct()];

        IEnumerable<Region> Of(Expression value) =>
            IsRead(value, stage) ? [Places[value].Region] : value is Accumulator ? [] : value.Operands.SelectMany(Of);
    }

    /// <summary>Whether the input is a token.</summary>
    public bool ReadsTokens => Stages.Any(s => s.Panels.Any(g => g.Columns.Any(c => c.IsToken)));

    /// <summary>Whether a region is that of the token.</summary>
    public bool IsTokenInput(Region region) => region == Region.Input && ReadsTokens;
}
