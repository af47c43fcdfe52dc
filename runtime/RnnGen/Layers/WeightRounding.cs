using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.CompilerServices;

/// <summary>
/// The numbers that narrow formats have for weights. They are floats that a format stores exactly: rounding them once more changes nothing.
/// </summary>
internal static class WeightRounding
{
    /// <summary>A matrix with fewer rows stays as it is, whatever the format: it would hardly become smaller.</summary>
    public const int FewestRows = 8;

    /// <summary>Scales that are smaller would lose bits, as they are hardly normal floats: all weights are zeros.</summary>
    private const float SmallestScale = 1.2e-38f;

    /// <summary>A byte is at most this, in either direction.</summary>
    public const int LargestByte = 127;

    // Times a byte of seven bits, a scale of 17 bits is a float of 24, exactly.
    private const uint BitsOfByteScale = 0xFFFF_FF80;

    /// <summary>Replaces the weights of a matrix by the numbers that steps compute with if its weights have a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="weights">Packed weights. Those of other matrices stay as they are.</param>
    /// <param name="matrix">Where the matrix is, all units and rows that share a scale: the block of a gate.</param>
    public static void Round(WeightFormat format, Span<float> weights, PackedMatrix matrix)
    {
        if (format is WeightFormat.Default or WeightFormat.Float32 || matrix.Rows < FewestRows)
        {
            return;
        }

        ref float origin = ref MemoryMarshal.GetReference(weights);
        for (int tile = 0; tile < matrix.Units; tile += matrix.Tile)
        {
            int units = PaddedUnits(matrix, tile);
            for (int unit = 0; unit < units; unit += Vector<float>.Count)
            {
                ref float first = ref Unsafe.Add(ref origin, matrix.At(tile, 0) + unit);
                switch (format)
                {
                    case WeightFormat.Int8:
                        RoundToBytes(ref first, matrix);
                        break;
                    case WeightFormat.Int4:
                        NibbleRounding.Round(ref first, matrix);
                        break;
                    default:
                        RoundToHalves(ref first, matrix);
                        break;
                }
            }
        }
    }

    /// <summary>Units of a tile in whole vectors of any width: padded units have weights of zero.</summary>
    public static int PaddedUnits(PackedMatrix matrix, int tile)
    {
        const int Line = 16;
        return (Math.Min(matrix.Tile, matrix.Units - tile) + Line - 1) / Line * Line;
    }

    /// <summary>The weights of some units for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Row(ref float first, PackedMatrix matrix, int row) => Vector.LoadUnsafe(ref first, (nuint)(row * matrix.RowStride));

    /// <summary>Replaces the weights of some units for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(ref float first, PackedMatrix matrix, int row, Vector<float> value) => value.StoreUnsafe(ref first, (nuint)(row * matrix.RowStride));

    /// <summary>What a byte of each unit counts: the largest weight is 127. NaN or infinity, and an inverse of 0, if a weight is not finite.</summary>
    public static Vector<float> ScaleOfBytes(ref float first, PackedMatrix matrix, out Vector<float> inverse)
    {
        return Scale(Largest(ref first, matrix), LargestByte, BitsOfByteScale, out inverse);
    }

    /// <summary>What a weight of 1 counts if the largest weight is a multiple that is given, and the inverse, which is 0 if all weights are to be.</summary>
    /// <param name="largest">The largest weight of each unit.</param>
    /// <param name="multiple">The multiple.</param>
    /// <param name="bits">The bits that a scale has.</param>
    /// <param name="inverse">Receives the inverse.</param>
    public static Vector<float> Scale(Vector<float> largest, int multiple, uint bits, out Vector<float> inverse)
    {
        Vector<float> scale = Vector.AsVectorSingle(Vector.AsVectorUInt32(largest / multiple) & Vector.Create(bits));
        inverse = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(scale, Vector.Create(SmallestScale)), Vector.Create((float)multiple) / largest, Vector<float>.Zero);
        return scale;
    }

    /// <summary>The upper half of a float, rounded to nearest, ties to even; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> ToHalf(Vector<float> value)
    {
        Vector<uint> bits = Vector.AsVectorUInt32(value);
        Vector<uint> upper = Vector.ShiftRightLogical(bits, 16);
        Vector<uint> rounded = Vector.ShiftRightLogical(bits + Vector.Create(0x7FFFu) + (upper & Vector<uint>.One), 16);
        return Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(value, value)), rounded, upper | Vector.Create(0x40u));
    }

    /// <summary>The nearest whole number, ties to even; 0 for what is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> ToInteger(Vector<float> value)
    {
        // Adding it puts a small whole number into the low bits.
        const float Shift = 12_582_912;
        Vector<int> isFinite = Vector.LessThan(Vector.Abs(value), Vector.Create(Shift));
        return (Vector.AsVectorInt32(value + Vector.Create(Shift)) - Vector.Create(BitConverter.SingleToInt32Bits(Shift))) & isFinite;
    }

    /// <summary>The largest magnitude of all rows: as bits, NaN is larger than infinity, and that than all others.</summary>
    public static Vector<float> Largest(ref float first, PackedMatrix matrix)
    {
        Vector<uint> most = Vector<uint>.Zero;
        for (int row = 0; row < matrix.Rows; row++)
        {
            most = Vector.Max(most, Vector.AsVectorUInt32(Vector.Abs(Row(ref first, matrix, row))));
        }

        return Vector.AsVectorSingle(most);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RoundToHalves(ref float first, PackedMatrix matrix)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            Set(ref first, matrix, row, Vector.AsVectorSingle(Vector.ShiftLeft(ToHalf(Row(ref first, matrix, row)), 16)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RoundToBytes(ref float first, PackedMatrix matrix)
    {
        Vector<float> scale = ScaleOfBytes(ref first, matrix, out Vector<float> inverse);
        for (int row = 0; row < matrix.Rows; row++)
        {
            Set(ref first, matrix, row, Vector.ConvertToSingle(ToInteger(Row(ref first, matrix, row) * inverse)) * scale);
        }
    }
}
