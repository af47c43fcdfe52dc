using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.CompilerServices;

/// <summary>Weights in narrow formats, for <see cref="Vector{T}"/>. <see cref="NarrowMath512"/> has the same for 512-bit vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class NarrowMath
{
    private const uint Upper = 0xFFFF0000;

    /// <summary>The first of two rows of 16 bits: the lower halves.</summary>
    /// <param name="pair">Both.</param>
    /// <returns>The row as floats.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> First(Vector<float> pair) => Vector.AsVectorSingle(Vector.ShiftLeft(Vector.AsVectorUInt32(pair), 16));

    /// <summary>The second of two rows of 16 bits: the upper halves.</summary>
    /// <param name="pair">Both.</param>
    /// <returns>The row as floats.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Second(Vector<float> pair) => Vector.AsVectorSingle(Vector.AsVectorUInt32(pair) & Vector.Create(Upper));

    /// <summary>The integers that the bits are.</summary>
    /// <param name="bits">The bits.</param>
    /// <returns>The integers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> Integers(Vector<float> bits) => Vector.AsVectorInt32(bits);

    /// <summary>Integers as floats.</summary>
    /// <param name="integers">The integers.</param>
    /// <returns>The floats.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Floats(Vector<int> integers) => Vector.ConvertToSingle(integers);

    /// <summary>Adds four products in each lane.</summary>
    /// <param name="sum">The sums.</param>
    /// <param name="numbers">Four bytes from 0 to 127 in each lane.</param>
    /// <param name="weights">Four bytes from -127 to 127 in each lane.</param>
    /// <returns>The new sums, the same on every machine.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> AddProducts(Vector<int> sum, Vector<float> numbers, Vector<float> weights)
    {
        if (Vector<float>.Count == 8 && Avx2.IsSupported)
        {
            Vector256<byte> n = numbers.AsVector256().AsByte();
            Vector256<sbyte> w = weights.AsVector256().AsSByte();
            return AvxVnni.IsSupported
                ? AvxVnni.MultiplyWideningAndAdd(sum.AsVector256(), n, w).AsVector()
                : (sum.AsVector256() + Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(n, w), Vector256<short>.One)).AsVector();
        }

        if (Vector<float>.Count == 16 && Avx512BW.IsSupported)
        {
            return NarrowMath512.AddProducts(sum.AsVector512(), numbers.AsVector512(), weights.AsVector512()).AsVector();
        }

        if (Vector<float>.Count == 4 && Ssse3.IsSupported)
        {
            Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(numbers.AsVector128().AsByte(), weights.AsVector128().AsSByte());
            return (sum.AsVector128() + Sse2.MultiplyAddAdjacent(pairs, Vector128<short>.One)).AsVector();
        }

        if (Vector<float>.Count == 4 && Dp.IsSupported)
        {
            return Dp.DotProduct(sum.AsVector128(), numbers.AsVector128().AsSByte(), weights.AsVector128().AsSByte()).AsVector();
        }

        Vector<int> four = Vector.AsVectorInt32(numbers);
        Vector<int> signed = Vector.AsVectorInt32(weights);
        for (int k = 0; k < 4; k++)
        {
            Vector<int> number = Vector.ShiftRightLogical(four, 8 * k) & Vector.Create(0xFF);
            sum += number * Vector.ShiftRightArithmetic(Vector.ShiftLeft(signed, 24 - (8 * k)), 24);
        }

        return sum;
    }

    /// <summary>The pairs of integers that the bits are.</summary>
    /// <param name="bits">The bits.</param>
    /// <returns>Two integers in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<short> Halves(Vector<float> bits) => Vector.AsVectorInt16(bits);

    /// <summary>Adds eight products in each lane to two sums: those of the first two of every four numbers, and of the other two.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="first">Four bytes from -127 to 127 in each lane, for the lower halves of the bytes of the weights.</param>
    /// <param name="second">The same for the upper halves.</param>
    /// <param name="weights">Eight nibbles from 1 to 15 in each lane.</param>
    /// <returns>The new sums, the same on every machine; they wrap around.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<short> AddNibbles(Vector<short> sums, Vector<float> first, Vector<float> second, Vector<float> weights)
    {
        if (Vector<float>.Count == 8 && Avx2.IsSupported)
        {
            Vector256<byte> nibbles = Vector256.Create((byte)0x0F);
            Vector256<byte> lower = weights.AsVector256().AsByte() & nibbles;
            Vector256<byte> upper = (weights.AsVector256().AsUInt32() >>> 4).AsByte() & nibbles;
            Vector256<short> sum = sums.AsVector256() + Avx2.MultiplyAddAdjacent(lower, first.AsVector256().AsSByte());
            return (sum + Avx2.MultiplyAddAdjacent(upper, second.AsVector256().AsSByte())).AsVector();
        }

        if (Vector<float>.Count == 16 && Avx512BW.IsSupported)
        {
            return NarrowMath512.AddNibbles(sums.AsVector512(), first.AsVector512(), second.AsVector512(), weights.AsVector512()).AsVector();
        }

        if (Vector<float>.Count == 4 && (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported))
        {
            Vector128<byte> nibbles = Vector128.Create((byte)0x0F);
            Vector128<byte> lower = weights.AsVector128().AsByte() & nibbles;
            Vector128<byte> upper = (weights.AsVector128().AsUInt32() >>> 4).AsByte() & nibbles;
            return (sums.AsVector128() + Pairs(lower, first.AsVector128().AsSByte()) + Pairs(upper, second.AsVector128().AsSByte())).AsVector();
        }

        Vector<short> mask = Vector.Create((short)0x0F0F);
        return sums + Pairs(Vector.AsVectorInt16(weights) & mask, Vector.AsVectorInt16(first))
            + Pairs(Vector.ShiftRightLogical(Vector.AsVectorInt16(weights), 4) & mask, Vector.AsVectorInt16(second));
    }

    /// <summary>Adds the two sums of each lane, each times its factor.</summary>
    /// <param name="sum">What they are added to.</param>
    /// <param name="halves">Two sums in each lane.</param>
    /// <param name="factors">Two factors in each lane, as integers of 16 bits.</param>
    /// <returns>The new sums, the same on every machine.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> AddScaled(Vector<int> sum, Vector<short> halves, Vector<float> factors)
    {
        if (Vector<float>.Count == 8 && Avx2.IsSupported)
        {
            return (sum.AsVector256() + Avx2.MultiplyAddAdjacent(halves.AsVector256(), factors.AsVector256().AsInt16())).AsVector();
        }

        if (Vector<float>.Count == 16 && Avx512BW.IsSupported)
        {
            return NarrowMath512.AddScaled(sum.AsVector512(), halves.AsVector512(), factors.AsVector512()).AsVector();
        }

        if (Vector<float>.Count == 4 && Sse2.IsSupported)
        {
            return (sum.AsVector128() + Sse2.MultiplyAddAdjacent(halves.AsVector128(), factors.AsVector128().AsInt16())).AsVector();
        }

        Vector<int> sums = Vector.AsVectorInt32(halves);
        Vector<int> each = Vector.AsVectorInt32(factors);
        return sum + (Lower(sums) * Lower(each)) + (Vector.ShiftRightArithmetic(sums, 16) * Vector.ShiftRightArithmetic(each, 16));

        static Vector<int> Lower(Vector<int> halves) => Vector.ShiftRightArithmetic(Vector.ShiftLeft(halves, 16), 16);
    }

    /// <summary>
    /// tanh(x) as that of <see cref="VectorMath"/>, within 3.6e-7, absolute and relative, in another order: two multiplications fewer, and eight cycles longer. Kernels with
    /// weights of 8 bits are bound by the multipliers, which integers need, too, and have other units to go on with while they wait.
    /// </summary>
    /// <param name="x">x.</param>
    /// <returns>-1 .. 1, or NaN. It may stay below 1 for large x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => Fraction(
        x, VectorMath.Limit, 1, VectorMath.P1, VectorMath.P2, VectorMath.P3, VectorMath.P4, VectorMath.Q1, VectorMath.Q2, VectorMath.Q3, VectorMath.Q4);

    /// <summary>1 / (1 + exp(-x)) as <see cref="Tanh"/>, within 2.1e-7.</summary>
    /// <param name="x">x.</param>
    /// <returns>0 .. 1, or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Vector.Create(0.5f) + Fraction(
        x, 2 * VectorMath.Limit, 1 / 4f, VectorMath.P1 / 16, VectorMath.P2 / 64, VectorMath.P3 / 256, VectorMath.P4 / 1024,
        VectorMath.Q1 / 4, VectorMath.Q2 / 16, VectorMath.Q3 / 64, VectorMath.Q4 / 256);

    /// <summary>x P(x²) / Q(x²) for x within the limits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fraction(Vector<float> x, float limit, float p0, float p1, float p2, float p3, float p4, float q1, float q2, float q3, float q4)
    {
        x = VectorMath.Clip(x, -limit, limit);
        Vector<float> square = x * x;
        Vector<float> p = VectorMath.MultiplyAdd(Vector.Create(p4), square, Vector.Create(p3));
        Vector<float> q = VectorMath.MultiplyAdd(Vector.Create(q4), square, Vector.Create(q3));
        p = VectorMath.MultiplyAdd(p, square, Vector.Create(p2));
        q = VectorMath.MultiplyAdd(q, square, Vector.Create(q2));
        p = VectorMath.MultiplyAdd(p, square, Vector.Create(p1));
        q = VectorMath.MultiplyAdd(q, square, Vector.Create(q1));
        p = VectorMath.MultiplyAdd(p, square, Vector.Create(p0));
        q = VectorMath.MultiplyAdd(q, square, Vector<float>.One);
        return x * p / q;
    }

    /// <summary>The sums of two products of bytes each, the first ones unsigned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Pairs(Vector128<byte> weights, Vector128<sbyte> numbers) => Ssse3.IsSupported
        ? Ssse3.MultiplyAddAdjacent(weights, numbers)
        : AdvSimd.Arm64.AddPairwise(
            AdvSimd.MultiplyWideningLower(weights.AsSByte().GetLower(), numbers.GetLower()), AdvSimd.MultiplyWideningUpper(weights.AsSByte(), numbers));

    /// <summary>The same anywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<short> Pairs(Vector<short> weights, Vector<short> numbers) =>
        ((weights & Vector.Create((short)0xFF)) * Vector.ShiftRightArithmetic(Vector.ShiftLeft(numbers, 8), 8))
        + (Vector.ShiftRightLogical(weights, 8) * Vector.ShiftRightArithmetic(numbers, 8));
}

/// <summary>Weights in narrow formats, for 512-bit vectors: see <see cref="NarrowMath"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class NarrowMath512
{
    // A matrix of bits that moves the upper half of a byte to the lower one: one instruction in place of two.
    private const ulong UpperNibble = 0x1020_4080_0000_0000;

    /// <inheritdoc cref="NarrowMath.First"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(Vector512<float> pair) => (pair.AsUInt32() << 16).AsSingle();

    /// <inheritdoc cref="NarrowMath.Second"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Second(Vector512<float> pair) => (pair.AsUInt32() & Vector512.Create(0xFFFF0000)).AsSingle();

    /// <inheritdoc cref="NarrowMath.Integers"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Integers(Vector512<float> bits) => bits.AsInt32();

    /// <inheritdoc cref="NarrowMath.Floats"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Floats(Vector512<int> integers) => Vector512.ConvertToSingle(integers);

    /// <inheritdoc cref="NarrowMath.AddProducts"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddProducts(Vector512<int> sum, Vector512<float> numbers, Vector512<float> weights)
    {
        if (Avx512BW.IsSupported)
        {
            return sum + Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(numbers.AsByte(), weights.AsSByte()), Vector512<short>.One);
        }

        Vector512<int> four = numbers.AsInt32();
        Vector512<int> signed = weights.AsInt32();
        for (int k = 0; k < 4; k++)
        {
            sum += ((four >>> (8 * k)) & Vector512.Create(0xFF)) * ((signed << (24 - (8 * k))) >> 24);
        }

        return sum;
    }

    /// <inheritdoc cref="NarrowMath.Halves"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Halves(Vector512<float> bits) => bits.AsInt16();

    /// <inheritdoc cref="NarrowMath.AddNibbles"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> AddNibbles(Vector512<short> sums, Vector512<float> first, Vector512<float> second, Vector512<float> weights)
    {
        Vector512<byte> nibbles = Vector512.Create((byte)0x0F);
        Vector512<byte> lower = weights.AsByte() & nibbles;
        Vector512<byte> upper = Gfni.V512.IsSupported
            ? Gfni.V512.GaloisFieldAffineTransform(weights.AsByte(), Vector512.Create(UpperNibble).AsByte(), 0)
            : (weights.AsUInt32() >>> 4).AsByte() & nibbles;
        if (Avx512BW.IsSupported)
        {
            return sums + Avx512BW.MultiplyAddAdjacent(lower, first.AsSByte()) + Avx512BW.MultiplyAddAdjacent(upper, second.AsSByte());
        }

        return sums + Pairs(lower, first) + Pairs(upper, second);

        static Vector512<short> Pairs(Vector512<byte> weights, Vector512<float> numbers)
        {
            Vector512<short> lower = (weights.AsInt16() & Vector512.Create((short)0xFF)) * ((numbers.AsInt16() << 8) >> 8);
            return lower + ((weights.AsInt16() >> 8) * (numbers.AsInt16() >> 8));
        }
    }

    /// <inheritdoc cref="NarrowMath.AddScaled"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> AddScaled(Vector512<int> sum, Vector512<short> halves, Vector512<float> factors)
    {
        if (Avx512BW.IsSupported)
        {
            return sum + Avx512BW.MultiplyAddAdjacent(halves, factors.AsInt16());
        }

        Vector512<int> sums = halves.AsInt32();
        Vector512<int> each = factors.AsInt32();
        return sum + (((sums << 16) >> 16) * ((each << 16) >> 16)) + ((sums >> 16) * (each >> 16));
    }

    /// <inheritdoc cref="NarrowMath.Tanh"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Fraction(
        x, VectorMath.Limit, 1, VectorMath.P1, VectorMath.P2, VectorMath.P3, VectorMath.P4, VectorMath.Q1, VectorMath.Q2, VectorMath.Q3, VectorMath.Q4);

    /// <inheritdoc cref="NarrowMath.Sigmoid"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512.Create(0.5f) + Fraction(
        x, 2 * VectorMath.Limit, 1 / 4f, VectorMath.P1 / 16, VectorMath.P2 / 64, VectorMath.P3 / 256, VectorMath.P4 / 1024,
        VectorMath.Q1 / 4, VectorMath.Q2 / 16, VectorMath.Q3 / 64, VectorMath.Q4 / 256);

    /// <summary>x P(x²) / Q(x²) for x within the limits, as in <see cref="NarrowMath"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fraction(Vector512<float> x, float limit, float p0, float p1, float p2, float p3, float p4, float q1, float q2, float q3, float q4)
    {
        x = VectorMath512.Clip(x, -limit, limit);
        Vector512<float> square = x * x;
        Vector512<float> p = VectorMath512.MultiplyAdd(Vector512.Create(p4), square, Vector512.Create(p3));
        Vector512<float> q = VectorMath512.MultiplyAdd(Vector512.Create(q4), square, Vector512.Create(q3));
        p = VectorMath512.MultiplyAdd(p, square, Vector512.Create(p2));
        q = VectorMath512.MultiplyAdd(q, square, Vector512.Create(q2));
        p = VectorMath512.MultiplyAdd(p, square, Vector512.Create(p1));
        q = VectorMath512.MultiplyAdd(q, square, Vector512.Create(q1));
        p = VectorMath512.MultiplyAdd(p, square, Vector512.Create(p0));
        q = VectorMath512.MultiplyAdd(q, square, Vector512<float>.One);
        return x * p / q;
    }
}
