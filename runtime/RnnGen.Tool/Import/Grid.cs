namespace RnnGen.Tool.Import;

/// <summary>Which position is which step of which row of a batch.</summary>
/// <param name="Steps">The number of steps.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Positions">The positions, [Steps, Rows].</param>
internal sealed record Grid(int Steps, int Rows, int[] Positions)
{
    /// <summary>Rows of one step each.</summary>
    public static Grid OneStep(int rows) => new(1, rows, [.. Enumerable.Range(0, rows)]);

    /// <summary>The position of a step of a row.</summary>
    public int this[int step, int row] => Positions[(step * Rows) + row];

    /// <summary>Whether two grids are the same.</summary>
    public bool Fits(Grid other) => Steps == other.Steps && Rows == other.Rows && Positions.AsSpan().SequenceEqual(other.Positions);
}
