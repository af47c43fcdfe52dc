using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>Where a matrix stands in the packed weights: tiles of units, in each of them the rows of the source.</summary>
/// <param name="Offset">The first unit's weight for the first row, in floats.</param>
/// <param name="Units">Size of the result.</param>
/// <param name="Tile">Units per tile; they are neighbours.</param>
/// <param name="TileStride">Distance between tiles.</param>
/// <param name="Rows">Size of the source.</param>
/// <param name="RowStride">Distance between the rows of a tile.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PackedMatrix(int Offset, int Units, int Tile, int TileStride, int Rows, int RowStride)
{
    /// <summary>The place of one weight.</summary>
    /// <param name="unit">Index into the result.</param>
    /// <param name="row">Index into the source.</param>
    /// <returns>The place, in floats.</returns>
    public int At(int unit, int row) => Offset + (unit / Tile * TileStride) + (row * RowStride) + (unit % Tile);
}

/// <summary>A copy of a matrix with rows and columns exchanged, such as the backward step reads.</summary>
/// <param name="Source">The matrix.</param>
/// <param name="Target">The place of its transpose.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Transposition(PackedMatrix Source, PackedMatrix Target)
{
    internal void Run(ReadOnlySpan<float> weights, Span<float> copies)
    {
        for (int row = 0; row < Source.Rows; row++)
        {
            int target = Target.At(row, 0);
            for (int tile = 0; tile < Source.Units; tile += Source.Tile)
            {
                int source = Source.At(tile, row);
                int units = Math.Min(Source.Tile, Source.Units - tile);
                for (int unit = 0; unit < units; unit++)
                {
                    copies[target] = weights[source + unit];
                    target += Target.RowStride;
                }
            }
        }
    }

    /// <summary>Adds the copy to its source, and leaves zeros.</summary>
    internal void Collect(Span<float> values)
    {
        for (int row = 0; row < Source.Rows; row++)
        {
            for (int unit = 0; unit < Source.Units; unit++)
            {
                ref float copy = ref values[Target.At(row, unit)];
                values[Source.At(unit, row)] += copy;
                copy = 0;
            }
        }
    }
}
