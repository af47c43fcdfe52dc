using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Numerics;

/// <summary>Some numbers that lie side by side in each of four rows, and that become vectors: each of one number of all rows.</summary>
internal interface IRowNumbers
{
    /// <summary>Rows to vectors.</summary>
    /// <param name="a">The first of the numbers in the first row.</param>
    /// <param name="b">In the second one.</param>
    /// <param name="c">In the third one.</param>
    /// <param name="d">In the fourth one.</param>
    /// <param name="vectors">The first vector.</param>
    /// <param name="stride">The distance to the next one.</param>
    static abstract void Turn(ref float a, ref float b, ref float c, ref float d, ref float vectors, nuint stride);

    /// <summary>Vectors to rows.</summary>
    /// <param name="vectors">The first vector.</param>
    /// <param name="stride">The distance to the next one.</param>
    /// <param name="a">The first of the numbers in the first row.</param>
    /// <param name="b">In the second one.</param>
    /// <param name="c">In the third one.</param>
    /// <param name="d">In the fourth one.</param>
    static abstract void TurnBack(ref float vectors, nuint stride, ref float a, ref float b, ref float c, ref float d);
}

/// <summary>Four numbers of each row.</summary>
internal readonly struct FourNumbers : IRowNumbers
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(ref float a, ref float b, ref float c, ref float d, ref float vectors, nuint stride)
    {
        Vector128<float> first = Vector128.LoadUnsafe(ref a);
        Vector128<float> second = Vector128.LoadUnsafe(ref b);
        Vector128<float> third = Vector128.LoadUnsafe(ref c);
        Vector128<float> fourth = Vector128.LoadUnsafe(ref d);
        (first, second, third, fourth) = Turn(first, second, third, fourth);
        first.StoreUnsafe(ref vectors);
        second.StoreUnsafe(ref vectors, stride);
        third.StoreUnsafe(ref vectors, 2 * stride);
        fourth.StoreUnsafe(ref vectors, 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack(ref float vectors, nuint stride, ref float a, ref float b, ref float c, ref float d)
    {
        Vector128<float> first = Vector128.LoadUnsafe(ref vectors);
        Vector128<float> second = Vector128.LoadUnsafe(ref vectors, stride);
        Vector128<float> third = Vector128.LoadUnsafe(ref vectors, 2 * stride);
        Vector128<float> fourth = Vector128.LoadUnsafe(ref vectors, 3 * stride);
        (first, second, third, fourth) = Turn(first, second, third, fourth);
        first.StoreUnsafe(ref a);
        second.StoreUnsafe(ref b);
        third.StoreUnsafe(ref c);
        fourth.StoreUnsafe(ref d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> First, Vector128<float> Second, Vector128<float> Third, Vector128<float> Fourth) Turn(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        Vector128<float> lowOdd = Zip.Low(a, c);
        Vector128<float> lowEven = Zip.Low(b, d);
        Vector128<float> highOdd = Zip.High(a, c);
        Vector128<float> highEven = Zip.High(b, d);
        return (Zip.Low(lowOdd, lowEven), Zip.High(lowOdd, lowEven), Zip.Low(highOdd, highEven), Zip.High(highOdd, highEven));
    }
}

/// <summary>Two numbers of each row.</summary>
internal readonly struct TwoNumbers : IRowNumbers
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(ref float a, ref float b, ref float c, ref float d, ref float vectors, nuint stride)
    {
        Vector128<float> odd = Zip.Low(Load(ref a), Load(ref c));
        Vector128<float> even = Zip.Low(Load(ref b), Load(ref d));
        Zip.Low(odd, even).StoreUnsafe(ref vectors);
        Zip.High(odd, even).StoreUnsafe(ref vectors, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnBack(ref float vectors, nuint stride, ref float a, ref float b, ref float c, ref float d)
    {
        Vector128<float> first = Vector128.LoadUnsafe(ref vectors);
        Vector128<float> second = Vector128.LoadUnsafe(ref vectors, stride);
        Vector128<double> low = Zip.Low(first, second).AsDouble();
        Vector128<double> high = Zip.High(first, second).AsDouble();
        Store(low, ref a);
        Store(Vector128.Shuffle(low, Vector128.Create(1L, 1L)), ref b);
        Store(high, ref c);
        Store(Vector128.Shuffle(high, Vector128.Create(1L, 1L)), ref d);
    }

    /// <summary>Two floats as the first half of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(ref float source) => Vector128.CreateScalarUnsafe(Unsafe.As<float, double>(ref source)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<double> value, ref float target) => Unsafe.As<float, double>(ref target) = value.ToScalar();
}

/// <summary>The elements of two vectors in turn.</summary>
internal static class Zip
{
    /// <summary>Those of their first halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Low(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(left, right)
        : Vector128.Create(left[0], right[0], left[1], right[1]);

    /// <summary>Those of their second halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> High(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(left, right)
        : Vector128.Create(left[2], right[2], left[3], right[3]);
}
