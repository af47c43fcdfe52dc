using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.CompilerServices;

/// <summary>A copy of a matrix in a narrow format, as steps read it: see <see cref="WeightFormat"/>.</summary>
/// <param name="Format">The format.</param>
/// <param name="Source">The matrix.</param>
/// <param name="Target">
/// Its copy. Its rows are groups of two or four rows of the matrix, which share a float; with <see cref="WeightFormat.Int8"/>, two rows come before them: the scale of
/// each unit, and the integer that its sum begins with, which makes up for the numbers' being unsigned.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NarrowCopy(WeightFormat Format, PackedMatrix Source, PackedMatrix Target)
{
    private const int LargestByte = 127;
    private const int HeaderRows = 2;
    private const int RowsPerGroup = 4;

    /// <summary>Floats that a step reads, with the padding of units.</summary>
    internal long Size => (Target.Rows + (Format == WeightFormat.Int8 ? HeaderRows : 0)) * PaddedUnits;

    /// <summary>Floats of the matrix, which a step does not read.</summary>
    internal long Replaced => Source.Rows * PaddedUnits;

    private long PaddedUnits => (Source.Units + Source.Tile - 1) / Source.Tile * (long)Source.Tile;

    internal void Run(Span<float> weights)
    {
        const int Line = 16;
        ref float origin = ref MemoryMarshal.GetReference(weights);
        for (int tile = 0; tile < Source.Units; tile += Source.Tile)
        {
            // Vectors are whole: padded units have weights of zero.
            int units = (Math.Min(Source.Tile, Source.Units - tile) + Line - 1) / Line * Line;
            for (int unit = 0; unit < units; unit += Vector<float>.Count)
            {
                ref float source = ref Unsafe.Add(ref origin, Source.At(tile, 0) + unit);
                ref float target = ref Unsafe.Add(ref origin, Target.At(tile, 0) + unit);
                if (Format == WeightFormat.Int8)
                {
                    WriteBytes(ref source, ref target);
                }
                else
                {
                    WriteHalves(ref source, ref target);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteHalves(ref float source, ref float target)
    {
        for (int row = 0; row < Source.Rows; row += 2)
        {
            Vector<uint> pair = Half(Row(ref source, row));
            if (row + 1 < Source.Rows)
            {
                pair |= Vector.ShiftLeft(Half(Row(ref source, row + 1)), 16);
            }

            Vector.AsVectorSingle(pair).StoreUnsafe(ref target, (nuint)(row / 2 * Target.RowStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteBytes(ref float source, ref float target)
    {
        // As bits, NaN is the largest.
        Vector<uint> most = Vector<uint>.Zero;
        for (int row = 0; row < Source.Rows; row++)
        {
            most = Vector.Max(most, Vector.AsVectorUInt32(Vector.Abs(Row(ref source, row))));
        }

        // A weight that is not finite makes all of its unit zero, and their scale such that the sum is not finite.
        Vector<float> largest = Vector.AsVectorSingle(most);
        Vector<float> inverse = Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(largest, Vector.Create(NarrowNumbers.Smallest)), Vector.Create((float)LargestByte) / largest, Vector<float>.Zero);
        Vector<int> sum = Vector<int>.Zero;
        for (int group = 0; group < Target.Rows; group++)
        {
            Vector<int> four = Vector<int>.Zero;
            for (int k = 0; k < RowsPerGroup && (RowsPerGroup * group) + k < Source.Rows; k++)
            {
                Vector<int> rounded = Rounded(Row(ref source, (RowsPerGroup * group) + k) * inverse);
                sum += rounded;
                four |= Vector.ShiftLeft(rounded & Vector.Create(0xFF), 8 * k);
            }

            Vector.AsVectorSingle(four).StoreUnsafe(ref target, (nuint)((HeaderRows + group) * Target.RowStride));
        }

        (largest / LargestByte).StoreUnsafe(ref target);
        Vector.AsVectorSingle(sum * -NarrowNumbers.Zero).StoreUnsafe(ref target, (nuint)Target.RowStride);
    }

    private Vector<float> Row(ref float source, int row) => Vector.LoadUnsafe(ref source, (nuint)(row * Source.RowStride));

    /// <summary>The upper half of a float, rounded to nearest, ties to even; NaN stays NaN.</summary>
    private static Vector<uint> Half(Vector<float> value)
    {
        Vector<uint> bits = Vector.AsVectorUInt32(value);
        Vector<uint> upper = Vector.ShiftRightLogical(bits, 16);
        Vector<uint> rounded = Vector.ShiftRightLogical(bits + Vector.Create(0x7FFFu) + (upper & Vector<uint>.One), 16);
        return Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(value, value)), rounded, upper | Vector.Create(0x40u));
    }

    /// <summary>The nearest whole number, ties to even; 0 for what is not finite.</summary>
    private static Vector<int> Rounded(Vector<float> value)
    {
        // Adding it puts a small whole number into the low bits.
        const float Shift = 12_582_912;
        Vector<int> isFinite = Vector.LessThan(Vector.Abs(value), Vector.Create(Shift));
        return (Vector.AsVectorInt32(value + Vector.Create(Shift)) - Vector.Create(BitConverter.SingleToInt32Bits(Shift))) & isFinite;
    }
}
