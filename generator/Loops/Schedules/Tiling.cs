using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>The loops that all kernels have around them: tiles of units, and passes over a tile where one does not cover it.</summary>
internal static class Tiling
{
    /// <param name="sweep">The units.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="vectors">Vectors of a pass.</param>
    /// <param name="moved">The references that go on from tile to tile, and how far.</param>
    /// <param name="body">One pass.</param>
    public static IEnumerable<Node> InTiles(Sweep sweep, Width width, int vectors, IEnumerable<(string Pointer, int Stride)> moved, IEnumerable<Node> body)
    {
        IEnumerable<Node> tile = width.IsWide ? body : [new Loop("lane", sweep.UsedLanes, width.Of(vectors), body)];
        return sweep.Tiles == 1
            ? tile
            : [new Loop("unit", Lanes.Pad(sweep.Size), sweep.Shape.Tile, tile.Concat(moved.Select(m => new Advance(m.Pointer, m.Stride))))];
    }

    /// <summary>The axes of the units of a pass: its tile, if there are several, and the lanes in it, if a pass does not cover them all.</summary>
    public static IEnumerable<Term> Unit(Sweep sweep, Width width) => [.. sweep.Tiles > 1 ? new Term[] { "unit" } : [], .. Lane(width)];

    /// <summary>The axis of the passes over a tile.</summary>
    public static IEnumerable<Term> Lane(Width width) => width.IsWide ? [] : ["lane"];
}
