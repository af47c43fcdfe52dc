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
}

/// <summary>Weights in narrow formats, for 512-bit vectors: see <see cref="NarrowMath"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class NarrowMath512
{
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
}
