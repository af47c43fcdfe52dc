using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.CompilerServices;

/// <summary>
/// A copy of a matrix in a narrow format, as steps read it: see <see cref="WeightFormat"/>. With <see cref="WeightFormat.Float32"/>, the matrix has the biases of a sum, one in each row,
/// and the copy their sum.
/// </summary>
/// <param name="Format">The format.</param>
/// <param name="Source">The matrix.</param>
/// <param name="Target">
/// Its copy. Its rows are groups of two, four or eight rows of the matrix, which share a float; with <see cref="WeightFormat.Int8"/>, two rows come before them: the
/// scale of each unit, and the integer that its sum begins with, which makes up for the numbers' being unsigned; with <see cref="WeightFormat.Int4"/>, one row with the
/// scales, and one before every eight, with the factors of their groups.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NarrowCopy(WeightFormat Format, PackedMatrix Source, PackedMatrix Target)
{
    private const int HeaderRows = 2;
    private const int RowsPerGroup = 4;
    private const int RowsOfNibbles = 8;
    private const int NibbleRows = NibbleRounding.Block / RowsOfNibbles;

    /// <summary>Floats that a step reads, with the padding of units.</summary>
    internal long Size => (Target.Rows + OtherRows) * PaddedUnits;

    /// <summary>Floats of the matrix, which a step does not read.</summary>
    internal long Replaced => Source.Rows * PaddedUnits;

    private int OtherRows => Format switch
    {
        WeightFormat.Int8 => HeaderRows,
        WeightFormat.Int4 => 1 + ((Target.Rows + NibbleRows - 1) / NibbleRows),
        _ => 0,
    };

    private long PaddedUnits => (Source.Units + Source.Tile - 1) / Source.Tile * (long)Source.Tile;

    internal void Run(Span<float> weights)
    {
        ref float origin = ref MemoryMarshal.GetReference(weights);
        for (int tile = 0; tile < Source.Units; tile += Source.Tile)
        {
            int units = WeightRounding.PaddedUnits(Source, tile);
            for (int unit = 0; unit < units; unit += Vector<float>.Count)
            {
                ref float source = ref Unsafe.Add(ref origin, Source.At(tile, 0) + unit);
                ref float target = ref Unsafe.Add(ref origin, Target.At(tile, 0) + unit);
                switch (Format)
                {
                    case WeightFormat.Int8:
                        WriteBytes(ref source, ref target);
                        break;
                    case WeightFormat.Int4:
                        WriteNibbles(ref source, ref target);
                        break;
                    case WeightFormat.Float32:
                        WriteSum(ref source, ref target);
                        break;
                    default:
                        WriteHalves(ref source, ref target);
                        break;
                }
            }
        }
    }

    private void WriteSum(ref float source, ref float target)
    {
        Vector<float> sum = WeightRounding.Row(ref source, Source, 0);
        for (int row = 1; row < Source.Rows; row++)
        {
            sum += WeightRounding.Row(ref source, Source, row);
        }

        sum.StoreUnsafe(ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteHalves(ref float source, ref float target)
    {
        for (int row = 0; row < Source.Rows; row += 2)
        {
            Vector<uint> pair = WeightRounding.ToHalf(WeightRounding.Row(ref source, Source, row));
            if (row + 1 < Source.Rows)
            {
                pair |= Vector.ShiftLeft(WeightRounding.ToHalf(WeightRounding.Row(ref source, Source, row + 1)), 16);
            }

            Vector.AsVectorSingle(pair).StoreUnsafe(ref target, (nuint)(row / 2 * Target.RowStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteBytes(ref float source, ref float target)
    {
        Vector<float> scale = WeightRounding.ScaleOfBytes(ref source, Source, out Vector<float> inverse);
        Vector<int> sum = Vector<int>.Zero;
        for (int group = 0; group < Target.Rows; group++)
        {
            Vector<int> four = Vector<int>.Zero;
            for (int k = 0; k < RowsPerGroup && (RowsPerGroup * group) + k < Source.Rows; k++)
            {
                Vector<int> rounded = WeightRounding.ToInteger(WeightRounding.Row(ref source, Source, (RowsPerGroup * group) + k) * inverse);
                sum += rounded;
                four |= Vector.ShiftLeft(rounded & Vector.Create(0xFF), 8 * k);
            }

            Vector.AsVectorSingle(four).StoreUnsafe(ref target, (nuint)((HeaderRows + group) * Target.RowStride));
        }

        scale.StoreUnsafe(ref target);
        Vector.AsVectorSingle(sum * -NarrowNumbers.Zero).StoreUnsafe(ref target, (nuint)Target.RowStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteNibbles(ref float source, ref float target)
    {
        Vector<float> scale = NibbleRounding.Scale(ref source, Source, out Vector<float> largest, out Vector<float> inverse);
        scale.StoreUnsafe(ref target);
        int place = 1;
        int stride = Target.RowStride;
        for (int block = 0; block * NibbleRows < Target.Rows; block++)
        {
            Vector<float> first = NibbleRounding.Factor(ref source, Source, block, 0, largest, inverse);
            Vector<float> second = NibbleRounding.Factor(ref source, Source, block, 1, largest, inverse);
            Store(Vector.ConvertToInt32Native(first) | Vector.ShiftLeft(Vector.ConvertToInt32Native(second), 16), ref target);
            first = Vector<float>.One / first;
            second = Vector<float>.One / second;
            for (int group = block * NibbleRows; group < Math.Min(Target.Rows, (block + 1) * NibbleRows); group++)
            {
                Vector<int> eight = Vector<int>.Zero;
                for (int k = 0; k < RowsOfNibbles; k++)
                {
                    int row = (RowsOfNibbles * group) + k;
                    Vector<int> nibble = Vector.Create(NibbleRounding.Zero);
                    if (row < Source.Rows)
                    {
                        nibble += NibbleRounding.ToNibble(WeightRounding.Row(ref source, Source, row) * inverse, NibbleRounding.GroupOf(row) == 0 ? first : second);
                    }

                    eight |= Vector.ShiftLeft(nibble, (8 * (k % 4)) + (4 * (k / 4)));
                }

                Store(eight, ref target);
            }
        }

        void Store(Vector<int> row, ref float target) => Vector.AsVectorSingle(row).StoreUnsafe(ref target, (nuint)(place++ * stride));
    }
}
