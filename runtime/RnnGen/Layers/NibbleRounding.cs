using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.CompilerServices;

/// <summary>
/// Weights of four bits: whole numbers from -7 to 7, times a factor of their group, a whole number from 1 to 63, times a scale of the unit. A block of 64 rows is two
/// groups: the first two of every four rows, and the other two.
/// </summary>
internal static class NibbleRounding
{
    /// <summary>Rows of a block.</summary>
    public const int Block = 64;

    /// <summary>Groups of a block.</summary>
    public const int Groups = 2;

    /// <summary>What makes a weight a positive nibble.</summary>
    public const int Zero = 8;

    /// <summary>A weight is at most this, in either direction, times its factor,</summary>
    public const int Largest = 7;

    /// <summary>which is at most this,</summary>
    public const int LargestFactor = 63;

    /// <summary>and so the product.</summary>
    public const int LargestWeight = Largest * LargestFactor;

    // Times a number of nine bits, a scale of 15 bits is a float of 24, exactly.
    private const uint BitsOfScale = 0xFFFF_FE00;

    /// <summary>What a weight of 1 counts in each unit, and its inverse, which is 0 if all weights are to be.</summary>
    public static Vector<float> Scale(ref float first, PackedMatrix matrix, out Vector<float> largest, out Vector<float> inverse)
    {
        largest = WeightRounding.Largest(ref first, matrix);
        return WeightRounding.Scale(largest, LargestWeight, BitsOfScale, out inverse);
    }

    /// <summary>
    /// The factor of a group in each unit: the one with the smallest sum of squared errors. That of the unit's largest weight is 63, so that the scale can be told from
    /// the rounded weights.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector<float> Factor(ref float first, PackedMatrix matrix, int block, int group, Vector<float> largest, Vector<float> inverse)
    {
        // The candidates make the group's largest weight at least 5, and are not so small that they cut off more than two ninths of it. The rounded weights have the
        // same factor among theirs, with an error of zero; the margin is for the rounding of the division.
        const float Margin = 0.01f;
        Vector<uint> bits = Vector<uint>.Zero;
        int end = Math.Min(matrix.Rows, (block + 1) * Block);
        for (int row = FirstRow(block, group); row < end; row = NextRow(row))
        {
            bits = Vector.Max(bits, Vector.AsVectorUInt32(Vector.Abs(WeightRounding.Row(ref first, matrix, row))));
        }

        Vector<float> most = Vector.AsVectorSingle(bits);
        Vector<float> reach = most * inverse;
        Vector<int> isLargest = Vector.Equals(most, largest);
        Vector<float> top = Vector.Create((float)LargestFactor);
        Vector<float> high = Vector.Max(Vector<float>.One, Vector.Min(top, Vector.Floor((reach / 5) + Vector.Create(Margin))));
        Vector<float> low = Vector.Max(Vector<float>.One, Vector.Min(high, Vector.Ceiling((reach / 9) - Vector.Create(Margin))));
        high = Vector.ConditionalSelect(isLargest, top, high);
        low = Vector.ConditionalSelect(isLargest, top, low);

        Vector<float> best = high;
        Vector<float> smallest = Vector.Create(float.PositiveInfinity);
        for (Vector<float> factor = low; Vector.LessThanOrEqualAny(factor, high); factor += Vector<float>.One)
        {
            Vector<float> reciprocal = Vector<float>.One / factor;
            Vector<float> error = Vector<float>.Zero;
            for (int row = FirstRow(block, group); row < end; row = NextRow(row))
            {
                Vector<float> weight = WeightRounding.Row(ref first, matrix, row) * inverse;
                Vector<float> rest = weight - (Vector.ConvertToSingle(ToNibble(weight, reciprocal)) * factor);
                error += rest * rest;
            }

            Vector<int> isBetter = Vector.LessThan(error, smallest) & Vector.LessThanOrEqual(factor, high);
            best = Vector.ConditionalSelect(isBetter, factor, best);
            smallest = Vector.ConditionalSelect(isBetter, error, smallest);
        }

        return best;
    }

    /// <summary>The weight of a row, from -7 to 7.</summary>
    /// <param name="weight">The weight by its scale.</param>
    /// <param name="reciprocal">That of the factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> ToNibble(Vector<float> weight, Vector<float> reciprocal) =>
        Vector.Max(Vector.Create(-Largest), Vector.Min(Vector.Create(Largest), WeightRounding.ToInteger(weight * reciprocal)));

    /// <summary>Which group of its block a row belongs to.</summary>
    public static int GroupOf(int row) => row / 2 % Groups;

    /// <summary>The first row of a group.</summary>
    public static int FirstRow(int block, int group) => (block * Block) + (2 * group);

    /// <summary>The row behind another one in its group.</summary>
    public static int NextRow(int row) => row + (row % 2 == 0 ? 1 : 3);

    /// <summary>Rounds some units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round(ref float first, PackedMatrix matrix)
    {
        Vector<float> scale = Scale(ref first, matrix, out Vector<float> largest, out Vector<float> inverse);
        for (int block = 0; block * Block < matrix.Rows; block++)
        {
            for (int group = 0; group < Groups; group++)
            {
                Vector<float> factor = Factor(ref first, matrix, block, group, largest, inverse);
                Vector<float> reciprocal = Vector<float>.One / factor;
                for (int row = FirstRow(block, group); row < Math.Min(matrix.Rows, (block + 1) * Block); row = NextRow(row))
                {
                    Vector<float> weight = WeightRounding.Row(ref first, matrix, row) * inverse;
                    WeightRounding.Set(ref first, matrix, row, Vector.ConvertToSingle(ToNibble(weight, reciprocal)) * factor * scale);
                }
            }
        }
    }
}
