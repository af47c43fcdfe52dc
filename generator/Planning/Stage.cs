using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// One pass over the units of a phase: for every tile of units, sum up the accumulators in registers, then do the element-wise
/// work that needs them and store the results.
/// </summary>
/// <param name="Phase">0 needs no accumulator and no mean; their phase is one more than their sources' latest.</param>
/// <param name="Size">Number of units.</param>
/// <param name="Accumulators">The sums of this pass.</param>
/// <param name="Panels">The weights that it reads.</param>
/// <param name="Stores">The results and their places.</param>
/// <param name="Shape">How its loop is written out.</param>
internal sealed record Stage(
    int Phase,
    int Size,
    IReadOnlyList<Accumulator> Accumulators,
    IReadOnlyList<WeightPanel> Panels,
    IReadOnlyList<Store> Stores,
    StageShape Shape)
{
    /// <summary>What its values are called.</summary>
    public ValueNames Names { get; init; } = new();

    /// <summary>Means that are taken first, of values that earlier phases stored.</summary>
    public IReadOnlyList<Reduction> Reductions { get; init; } = [];

    /// <summary>Where its sums have been begun ahead of the step, so many floats into <see cref="Region.Sums"/>; null: they begin with the biases.</summary>
    public int? Ahead { get; init; }

    /// <summary>Whether a vector of 256 bits holds all its units.</summary>
    public bool IsNarrow => Size <= Thresholds.NarrowUnits;

    /// <summary>Lanes of a tile that stand for units, in whole vectors.</summary>
    public int UsedLanes => IsNarrow ? Thresholds.NarrowUnits : Shape.Tile;

    public int Tiles => CacheLine.Pad(Size) / Shape.Tile;

    /// <summary>Whether a value is one of its results.</summary>
    public bool Gives(Expression value)
    {
        foreach (Store store in Stores)
        {
            if (store.Value == value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The accumulators in runs that differ in nothing but their places: as many biases, and a column in the same panels, one behind the other.
    /// </summary>
    public IReadOnlyList<int[]> RunsOfAlike()
    {
        var runs = new List<int[]>();
        for (int a = 0; a < Accumulators.Count; a++)
        {
            int last = runs.Count - 1;
            if (last >= 0 && Follows(runs[last][0], a, runs[last].Length))
            {
                runs[last] = [.. runs[last], a];
            }
            else
            {
                runs.Add([a]);
            }
        }

        return runs;

        bool Follows(int first, int a, int distance) => Panels.All(panel =>
            Follow(Places(panel.Columns, c => c.Accumulator, first), Places(panel.Columns, c => c.Accumulator, a), distance, most: 1)
            && Follow(Places(panel.Biases, b => b.Accumulator, first), Places(panel.Biases, b => b.Accumulator, a), distance, most: int.MaxValue));

        static bool Follow(int[] first, int[] other, int distance, int most) =>
            first.Length <= most && other.SequenceEqual(first.Select(place => place + (distance * first.Length)));

        static int[] Places<T>(IReadOnlyList<T> items, Func<T, int> accumulator, int a) =>
            [.. Enumerable.Range(0, items.Count).Where(k => accumulator(items[k]) == a)];
    }
}

/// <param name="Value">What is stored.</param>
/// <param name="Place">Where.</param>
internal sealed record Store(Expression Value, Operand Place);

/// <param name="Value">The mean.</param>
/// <param name="Source">What it is taken of, without the padding.</param>
/// <param name="Place">Where it goes: one float.</param>
internal sealed record Reduction(Mean Value, Operand Source, Operand Place);

/// <summary>
/// A stretch of the packed weights that one reference walks through:
/// <c>[tile][biases, then rows of the source][column][lane]</c>.
/// </summary>
/// <param name="Offset">Where it starts, in floats.</param>
/// <param name="Tile">Lanes per tile.</param>
/// <param name="Biases">Vectors that come first in every tile.</param>
/// <param name="Rows">Size of the sources.</param>
/// <param name="Columns">The products that a row has side by side.</param>
internal sealed record WeightPanel(int Offset, int Tile, IReadOnlyList<PanelBias> Biases, int Rows, IReadOnlyList<PanelColumn> Columns)
{
    /// <summary>Counts the panels of a stage that walk through several sources together.</summary>
    public int Joint { get; init; }

    /// <summary>What its rows are read as; its biases are floats in any case.</summary>
    public WeightFormatKind Format { get; init; } = WeightFormatKind.Float32;

    /// <summary>Products with rows of weights: of a token, one row counts.</summary>
    public int Products => (Columns.Any(c => c.IsToken) ? 1 : Rows) * Columns.Count;

    public int RowStride => Columns.Count * Tile;

    public int TileStride => (Biases.Count * Tile) + (Rows * RowStride);

    /// <summary>Which of its biases an accumulator starts from.</summary>
    public IEnumerable<int> BiasesOf(int accumulator) => Enumerable.Range(0, Biases.Count).Where(b => Biases[b].Accumulator == accumulator);
}

/// <param name="Vector">The trained vector.</param>
/// <param name="Accumulator">Index of the accumulator that it is added to.</param>
internal sealed record PanelBias(ParameterVector Vector, int Accumulator);

/// <param name="Projection">Matrix and source.</param>
/// <param name="Accumulator">Index of the accumulator that it is added to.</param>
/// <param name="PartialSum">Which of several independent partial sums of that accumulator takes it.</param>
/// <param name="Source">Where the source is; its elements are read one by one.</param>
internal sealed record PanelColumn(Projection Projection, int Accumulator, int PartialSum, Operand Source)
{
    /// <summary>What the source is called.</summary>
    public string SourceName { get; init; } = "source";

    /// <summary>Whether the source is a token: a one-hot vector of which only one row counts.</summary>
    public bool IsToken { get; init; }
}
