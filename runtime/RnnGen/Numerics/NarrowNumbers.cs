using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>The numbers that a step multiplies by weights of 8 bits, as bytes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class NarrowNumbers
{
    /// <summary>
    /// What a number is at most, in either direction: 7 bits in all. Products of two neighbors then fit 16 bits, which is what processors without
    /// VNNI add them in.
    /// </summary>
    public const int Largest = 63;

    /// <summary>What a number is at most for weights of four bits.</summary>
    public const int LargestSigned = 127;

    /// <summary>Where the largest number is below it, its inverse might be infinite: all are zeros.</summary>
    internal const float Smallest = 1e-36f;

    /// <summary>The byte of zero: bytes are unsigned.</summary>
    public const int Zero = 64;

    // Adding it rounds a small float to a whole number, to nearest, ties to even, whose low byte is that of the bits.
    private const float Round = 12_582_912;

    /// <summary>Writes numbers as bytes: the nearest multiples of a scale for which the largest of them is <see cref="Largest"/>.</summary>
    /// <param name="numbers">The first number.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="target">
    /// Receives the scale, then four bytes in each float. The scale is NaN if a number is not finite, and with it all products: the bytes do not tell which
    /// sign infinity had.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Store(ref float numbers, int count, ref float target)
    {
        target = ScaleOf(ref numbers, count, Largest, out float inverse);
        Write(ref numbers, count, inverse, Zero, ref Unsafe.As<float, byte>(ref Unsafe.Add(ref target, 1)));
    }

    /// <summary>
    /// Writes numbers as bytes for weights of four bits: the nearest multiples of a scale for which the largest of them is <see cref="LargestSigned"/>. As these are
    /// small, their products leave room for an eighth bit.
    /// </summary>
    /// <param name="numbers">The first number.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="target">
    /// Receives the scale, then blocks of 64 numbers: what the two sums of the block begin with, in a float, which makes up for the weights' being unsigned, and the
    /// bytes, zeros behind the last one.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void StoreBlocks(ref float numbers, int count, ref float target)
    {
        target = ScaleOf(ref numbers, count, LargestSigned, out float inverse);
        ref float block = ref Unsafe.Add(ref target, 1);
        for (int start = 0; start < count; start += NibbleRounding.Block)
        {
            int inBlock = Math.Min(count - start, NibbleRounding.Block);
            ref byte bytes = ref Unsafe.As<float, byte>(ref Unsafe.Add(ref block, 1));
            Write(ref Unsafe.Add(ref numbers, start), inBlock, inverse, 0, ref bytes);
            for (int k = inBlock; k < NibbleRounding.Block; k++)
            {
                Unsafe.Add(ref bytes, k) = 0;
            }

            Unsafe.As<float, int>(ref block) = StartOf(ref bytes);
            block = ref Unsafe.Add(ref block, 1 + (NibbleRounding.Block / sizeof(float)));
        }
    }

    /// <summary>The scale for which the largest number is a multiple that is given, and its inverse; NaN if a number is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ScaleOf(ref float numbers, int count, int multiple, out float inverse)
    {
        // NaN is larger than infinity, and that than all others.
        float largest = BitConverter.UInt32BitsToSingle(FloatBits.Largest(ref numbers, count, FloatBits.Magnitude));
        inverse = largest < Smallest ? 0 : multiple / largest;
        return float.IsFinite(largest) ? largest / multiple : float.NaN;
    }

    /// <summary>-8 times the sums of the first two of every four bytes, and of the other two, as two halves.</summary>
    private static int StartOf(ref byte bytes)
    {
        Vector256<short> pairs = Pairs(Vector256.LoadUnsafe(ref bytes)) + Pairs(Vector256.LoadUnsafe(ref bytes, 32));
        Vector128<short> sums = pairs.GetLower() + pairs.GetUpper();
        sums += Vector128.Shuffle(sums.AsInt32(), Vector128.Create(2, 3, 0, 1)).AsInt16();
        sums += Vector128.Shuffle(sums.AsInt32(), Vector128.Create(1, 0, 3, 2)).AsInt16();
        return (sums * Vector128.Create((short)-NibbleRounding.Zero)).AsInt32()[0];

        static Vector256<short> Pairs(Vector256<byte> bytes) => ((bytes.AsInt16() << 8) >> 8) + (bytes.AsInt16() >> 8);
    }

    /// <summary>Writes multiples of a scale, to nearest, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref float numbers, int count, float inverse, float zero, ref byte bytes)
    {
        int k = 0;
        if (Avx512F.IsSupported)
        {
            for (; k <= count - 16; k += 16)
            {
                Vector512<float> scaled = (Vector512.LoadUnsafe(ref numbers, (nuint)k) * Vector512.Create(inverse)) + Vector512.Create(Round + zero);
                Avx512F.ConvertToVector128Byte(scaled.AsUInt32()).StoreUnsafe(ref bytes, (nuint)k);
            }
        }

        Vector256<float> factor = Vector256.Create(inverse);
        Vector256<float> round = Vector256.Create(Round + zero);
        for (; k <= count - 16; k += 16)
        {
            Vector256<uint> low = ((Vector256.LoadUnsafe(ref numbers, (nuint)k) * factor) + round).AsUInt32() & Vector256.Create(0xFFu);
            Vector256<uint> high = ((Vector256.LoadUnsafe(ref numbers, (nuint)k + 8) * factor) + round).AsUInt32() & Vector256.Create(0xFFu);
            Vector256<ushort> both = Vector256.Narrow(low, high);
            Vector128.Narrow(both.GetLower(), both.GetUpper()).StoreUnsafe(ref bytes, (nuint)k);
        }

        for (; k < count; k++)
        {
            float scaled = Unsafe.Add(ref numbers, k) * inverse;
            Unsafe.Add(ref bytes, k) = (byte)BitConverter.SingleToUInt32Bits(scaled + (Round + zero));
        }
    }
}
