using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.CompilerServices;

/// <summary>The place of a matrix in the packed weights: tiles of units, each with the rows of the source.</summary>
/// <param name="Offset">The weight of the first unit and the first row, in floats.</param>
/// <param name="Units">Size of the result.</param>
/// <param name="Tile">Number of units per tile; they are adjacent.</param>
/// <param name="TileStride">Distance between tiles, in floats.</param>
/// <param name="Rows">Size of the source.</param>
/// <param name="RowStride">Distance between the rows of a tile, in floats.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct PackedMatrix(int Offset, int Units, int Tile, int TileStride, int Rows, int RowStride)
{
    /// <summary>The place of one weight.</summary>
    /// <param name="unit">Index into the result.</param>
    /// <param name="row">Index into the source.</param>
    /// <returns>The place, in floats.</returns>
    public int At(int unit, int row)
    {
        // Small matrices have one tile, and copying one takes less than a few divisions.
        int tile = unit < Tile ? 0 : unit / Tile;
        return Offset + (tile * TileStride) + (row * RowStride) + unit - (tile * Tile);
    }
}

/// <summary>A transposed copy of a matrix, as the backward step reads it.</summary>
/// <param name="Source">The matrix.</param>
/// <param name="Target">The place of its transpose.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Transposition(PackedMatrix Source, PackedMatrix Target)
{
    /// <summary>Number of units of a cache line. Tiles are multiples of it, except those of vectors.</summary>
    private const int Line = 16;

    internal void Run(ReadOnlySpan<float> weights, Span<float> copies)
    {
        // Blocks of four by four elements are transposed in registers.
        const int Block = 4;
        int whole = Source.Tile % Line == 0 && Target.Tile % Line == 0 ? Source.Rows / Block * Block : 0;
        CopyBlocks(ref MemoryMarshal.GetReference(weights), ref MemoryMarshal.GetReference(copies), whole);
        for (int row = whole; row < Source.Rows; row++)
        {
            CopyRow(row, weights, copies);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    /// <summary>The first rows of the source, a multiple of four. A cache line of the copy, sixteen of its units, is written at once.</summary>
    private void CopyBlocks(ref float weights, ref float copies, int rows)
    {
        for (int line = 0; line < rows; line += Line)
        {
            for (int tile = 0; tile < Source.Units; tile += Source.Tile)
            {
                CopyTile(
                    ref Unsafe.Add(ref weights, Source.At(tile, line)),
                    (nuint)Source.RowStride,
                    ref Unsafe.Add(ref copies, Target.At(line, tile)),
                    (nuint)Target.RowStride,
                    (nuint)Math.Min(Line, rows - line),
                    (nuint)Math.Min(Source.Tile, Source.Units - tile));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTile(ref float source, nuint sourceStride, ref float target, nuint targetStride, nuint rows, nuint units)
    {
        for (nuint unit = 0; unit < units; unit += 4)
        {
            for (nuint row = 0; row < rows; row += 4)
            {
                ref float from = ref Unsafe.Add(ref source, unit + (row * sourceStride));
                Vector128<float> a = Vector128.LoadUnsafe(ref from);
                Vector128<float> b = Vector128.LoadUnsafe(ref from, sourceStride);
                Vector128<float> c = Vector128.LoadUnsafe(ref from, 2 * sourceStride);
                Vector128<float> d = Vector128.LoadUnsafe(ref from, 3 * sourceStride);
                Vector128<float> acLow = ZipLow(a, c);
                Vector128<float> bdLow = ZipLow(b, d);
                Vector128<float> acHigh = ZipHigh(a, c);
                Vector128<float> bdHigh = ZipHigh(b, d);

                ref float to = ref Unsafe.Add(ref target, row + (unit * targetStride));
                ZipLow(acLow, bdLow).StoreUnsafe(ref to);
                if (unit + 4 <= units)
                {
                    ZipHigh(acLow, bdLow).StoreUnsafe(ref to, targetStride);
                    ZipLow(acHigh, bdHigh).StoreUnsafe(ref to, 2 * targetStride);
                    ZipHigh(acHigh, bdHigh).StoreUnsafe(ref to, 3 * targetStride);
                    continue;
                }

                // The source is padded to a whole vector of units; the copy has no rows for the padding.
                if (unit + 1 < units)
                {
                    ZipHigh(acLow, bdLow).StoreUnsafe(ref to, targetStride);
                }

                if (unit + 2 < units)
                {
                    ZipLow(acHigh, bdHigh).StoreUnsafe(ref to, 2 * targetStride);
                }
            }
        }
    }

    /// <summary>Adds the copy to its source, and sets the copy to zero.</summary>
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

    private void CopyRow(int row, ReadOnlySpan<float> weights, Span<float> copies)
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
