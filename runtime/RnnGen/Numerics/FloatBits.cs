using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Numerics;

/// <summary>Floats as their bits, which are ordered like the magnitudes: infinity is above all finite numbers, NaN above infinity.</summary>
internal static class FloatBits
{
    /// <summary>The mask of all bits but the sign.</summary>
    public const uint Magnitude = 0x7FFFFFFF;

    /// <summary>The mask of all bits. With the sign, negative numbers are above NaN.</summary>
    public const uint All = uint.MaxValue;

    private const uint Infinity = 0x7F800000;

    // A step of a model that keeps its streams clean calls it several times: it is optimized from the first call on, as the step is.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AreFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        int count = Vector<uint>.Count;
        if (bits.Length < count)
        {
            foreach (uint value in bits)
            {
                if ((value & Magnitude) >= Infinity)
                {
                    return false;
                }
            }

            return true;
        }

        var masks = new Vector<uint>(Magnitude);
        var infinity = new Vector<uint>(Infinity);
        Vector<uint> bad = Vector<uint>.Zero;
        for (int k = 0; k <= bits.Length - count; k += count)
        {
            bad |= Vector.GreaterThanOrEqual(new Vector<uint>(bits[k..]) & masks, infinity);
        }

        // The last vector overlaps the one before.
        bad |= Vector.GreaterThanOrEqual(new Vector<uint>(bits[^count..]) & masks, infinity);
        return bad == Vector<uint>.Zero;
    }

    /// <summary>The largest bits of some floats; 0 if there are none.</summary>
    /// <param name="values">The floats.</param>
    /// <param name="mask">The bits that count.</param>
    public static uint Largest(ReadOnlySpan<float> values, uint mask) => Largest(ref MemoryMarshal.GetReference(values), values.Length, mask);

    // Steps with narrow weights call it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Largest(ref float values, int count, uint mask)
    {
        ref uint bits = ref Unsafe.As<float, uint>(ref values);
        uint largest = 0;
        int k = 0;
        if (count >= Vector256<uint>.Count)
        {
            Vector256<uint> masks = Vector256.Create(mask);
            Vector256<uint> most = Vector256<uint>.Zero;
            if (Vector512.IsHardwareAccelerated && count >= Vector512<uint>.Count)
            {
                Vector512<uint> wide = Vector512<uint>.Zero;
                for (; k <= count - Vector512<uint>.Count; k += Vector512<uint>.Count)
                {
                    wide = Vector512.Max(wide, Vector512.LoadUnsafe(ref bits, (nuint)k) & Vector512.Create(mask));
                }

                most = Vector256.Max(wide.GetLower(), wide.GetUpper());
            }

            for (; k <= count - Vector256<uint>.Count; k += Vector256<uint>.Count)
            {
                most = Vector256.Max(most, Vector256.LoadUnsafe(ref bits, (nuint)k) & masks);
            }

            Vector128<uint> half = Vector128.Max(most.GetLower(), most.GetUpper());
            half = Vector128.Max(half, Vector128.Shuffle(half, Vector128.Create(2u, 3, 0, 1)));
            half = Vector128.Max(half, Vector128.Shuffle(half, Vector128.Create(1u, 0, 3, 2)));
            largest = half[0];
        }

        for (; k < count; k++)
        {
            largest = Math.Max(largest, Unsafe.Add(ref bits, k) & mask);
        }

        return largest;
    }
}
