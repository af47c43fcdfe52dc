using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    public static uint Largest(ReadOnlySpan<float> values, uint mask)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        uint largest = 0;
        if (bits.Length >= Vector<uint>.Count)
        {
            var masks = new Vector<uint>(mask);
            Vector<uint> most = Vector<uint>.Zero;
            for (; bits.Length >= Vector<uint>.Count; bits = bits[Vector<uint>.Count..])
            {
                most = Vector.Max(most, new Vector<uint>(bits) & masks);
            }

            for (int k = 0; k < Vector<uint>.Count; k++)
            {
                largest = Math.Max(largest, most[k]);
            }
        }

        foreach (uint rest in bits)
        {
            largest = Math.Max(largest, rest & mask);
        }

        return largest;
    }
}
