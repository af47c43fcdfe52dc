using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>What all schedules are made of: loops over units, an axis in blocks, and outer products.</summary>
internal static class Tiling
{
    /// <summary>The loops over the units of a stage: tiles, if there are several, and passes over a tile, if one does not cover it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="vectors">Vectors of a pass.</param>
    /// <param name="pass">One pass.</param>
    /// <param name="isPart">Whether only half of the tiles: the first ones if the axis <c>part</c> is 0, those behind them if it is 1.</param>
    public static IEnumerable<Node> OverUnits(Stage stage, Width width, int vectors, IEnumerable<Node> pass, bool isPart = false)
    {
        IEnumerable<Node> tile = HasUnits(stage, width) ? [new Loop("unit", width == Width.One && stage.Tiles == 1 ? stage.Size : stage.UsedLanes, width.Of(vectors), pass)] : pass;
        int units = CacheLine.Pad(stage.Size);
        int half = (stage.Tiles + 1) / 2 * stage.Shape.Tile;
        return stage.Tiles == 1 ? tile
            : isPart ? [new Loop("tile", new Extent(units - half, "part") { Plus = half }, stage.Shape.Tile, tile) { Start = new Extent(half, "part") }]
            : [new Loop("tile", units, stage.Shape.Tile, tile)];
    }

    /// <summary>The axes of the units of a pass, where they lie side by side.</summary>
    public static IEnumerable<Term> Unit(Stage stage, Width width) => Unit(stage, width, tile: 1);

    /// <summary>The same in a panel of weights, which has all rows of a tile before the next one.</summary>
    public static IEnumerable<Term> Unit(Stage stage, Width width, WeightPanel panel) => Unit(stage, width, panel.TileStride / panel.Tile);

    /// <summary>The same where two tiles are so many times as far apart as they have units.</summary>
    public static IEnumerable<Term> Unit(Stage stage, Width width, int tile) =>
        [.. stage.Tiles > 1 ? [new Term("tile", tile)] : Array.Empty<Term>(), .. HasUnits(stage, width) ? ["unit"] : Array.Empty<Term>()];

    /// <summary>Whether a pass is one of several over the units of a tile.</summary>
    private static bool HasUnits(Stage stage, Width width) => !width.IsWide && !(width == Width.One && stage.Size == 1);

    /// <summary>Rows in blocks: a loop over the whole ones, if there are several, and what is left.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="block">Rows of a block.</param>
    /// <param name="body">The first row, the number of rows, and the axis that comes on top in the loop.</param>
    public static IEnumerable<IEnumerable<Node>> InBlocks(int rows, int block, Func<int, int, Term[], IEnumerable<Node>> body)
    {
        int looped = Looped(rows, block);
        if (looped > 0)
        {
            yield return [new Loop("row", looped, block, body(0, block, ["row"]))];
        }

        if (looped < rows)
        {
            yield return body(looped, rows - looped, []);
        }
    }

    /// <summary>How many of the rows are left to a loop: whole blocks, if there are several.</summary>
    public static int Looped(int rows, int block) => rows / block > 1 ? rows / block * block : 0;

    /// <summary>Some numbers times some vectors, each product with a sum of its own. What is used more than once gets a name.</summary>
    public static IEnumerable<Node> OuterProduct(
        IReadOnlyList<(string Name, Address From)> numbers, IReadOnlyList<(string Name, Address From)> vectors, Func<int, int, string> sum)
    {
        return [.. numbers.Count == 1 ? [] : vectors.Select(v => new Let(v.Name, new Load(v.From))), .. numbers.SelectMany(Products)];

        IEnumerable<Node> Products((string Name, Address From) number, int n) =>
        [
            .. vectors.Count == 1 ? [] : new[] { new Let(number.Name, new Broadcast(number.From)) },
            .. vectors.Select((vector, v) => new MultiplyAdd(
                sum(n, v),
                vectors.Count == 1 ? new Broadcast(number.From) : new Named(number.Name),
                numbers.Count == 1 ? new Load(vector.From) : new Named(vector.Name))),
        ];
    }
}
