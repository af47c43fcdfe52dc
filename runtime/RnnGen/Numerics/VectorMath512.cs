using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static RnnGen.CompilerServices.VectorMath;

namespace RnnGen.CompilerServices;

/// <summary>The functions of <see cref="VectorMath"/> for 512-bit vectors.</summary>
/// <remarks>
/// A class of their own, so that each name has one method for vectors: for every call of an overloaded one, the compiler looks for conversions between
/// vectors of different widths, which was 6 % of the time that a model costs at every build.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class VectorMath512
{
    /// <inheritdoc cref="VectorMath.MultiplyAdd(Vector{float}, Vector{float}, Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.MultiplyAddEstimate(a, b, c);

    /// <inheritdoc cref="VectorMath.AddProduct(Vector{float}, Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source) =>
        Vector512.MultiplyAddEstimate(factor, Unsafe.As<float, Vector512<float>>(ref source), sum);

    /// <inheritdoc cref="VectorMath.AddProduct(Vector{float}, Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source, nuint a) =>
        Vector512.MultiplyAddEstimate(factor, Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a)), sum);

    /// <inheritdoc cref="VectorMath.AddProduct(Vector{float}, Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source, nuint a, nuint b) =>
        Vector512.MultiplyAddEstimate(factor, Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a + b)), sum);

    /// <inheritdoc cref="VectorMath.AddProduct(Vector{float}, Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source, nuint a, nuint b, nuint c) =>
        Vector512.MultiplyAddEstimate(factor, Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a + b + c)), sum);

    /// <inheritdoc cref="VectorMath.AddScaled(Vector{float}, Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source) =>
        Vector512.MultiplyAddEstimate(Vector512.Create(source), value, sum);

    /// <inheritdoc cref="VectorMath.AddScaled(Vector{float}, Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source, nuint a) =>
        Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref source, a)), value, sum);

    /// <inheritdoc cref="VectorMath.AddScaled(Vector{float}, Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source, nuint a, nuint b) =>
        Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref source, a + b)), value, sum);

    /// <inheritdoc cref="VectorMath.AddScaled(Vector{float}, Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source, nuint a, nuint b, nuint c) =>
        Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref source, a + b + c)), value, sum);

    /// <inheritdoc cref="VectorMath.Tanh(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Fraction(x, Limit, 1, P1, P2, P3, P4, Q1, Q2, Q3, Q4);

    /// <inheritdoc cref="VectorMath.Sigmoid(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) =>
        Vector512.Create(0.5f) + Fraction(x, 2 * Limit, 1 / 4f, P1 / 16, P2 / 64, P3 / 256, P4 / 1024, Q1 / 4, Q2 / 16, Q3 / 64, Q4 / 256);

    /// <inheritdoc cref="VectorMath.Relu(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu(Vector512<float> x) => Vector512.MaxNative(Vector512<float>.Zero, x);

    /// <inheritdoc cref="VectorMath.Step(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Step(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, Vector512<float>.Zero);

    /// <inheritdoc cref="VectorMath.ReciprocalSqrt(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReciprocalSqrt(Vector512<float> x) => Vector512<float>.One / Vector512.Sqrt(x);

    /// <inheritdoc cref="VectorMath.Clip(Vector{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clip(Vector512<float> x, float low, float high) =>
        Vector512.MinNative(Vector512.Create(high), Vector512.MaxNative(Vector512.Create(low), x));

    /// <inheritdoc cref="VectorMath.Between(Vector{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Between(Vector512<float> x, float low, float high) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(x, Vector512.Create(low)) & Vector512.LessThan(x, Vector512.Create(high)), Vector512<float>.One, Vector512<float>.Zero);

    /// <inheritdoc cref="VectorMath.LeakyRelu(Vector{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LeakyRelu(Vector512<float> x, float alpha) =>
        MultiplyAdd(Vector512.Create(alpha), Vector512.MinNative(Vector512<float>.Zero, x), Vector512.MaxNative(Vector512<float>.Zero, x));

    /// <inheritdoc cref="VectorMath.ThresholdedRelu(Vector{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ThresholdedRelu(Vector512<float> x, float alpha) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512.Create(alpha)), Vector512<float>.Zero, x);

    /// <inheritdoc cref="VectorMath.Elu(Vector{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Elu(Vector512<float> x, float alpha)
    {
        // eˣ - 1 = 2 t / (1 - t) with t = tanh(x / 2), which is accurate to the last bits also for small x.
        Vector512<float> t = Tanh(Vector512.Create(0.5f) * Vector512.MinNative(Vector512<float>.Zero, x));
        return MultiplyAdd(Vector512.Create(2 * alpha), t / (Vector512<float>.One - t), Vector512.MaxNative(Vector512<float>.Zero, x));
    }

    /// <inheritdoc cref="VectorMath.Softsign(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softsign(Vector512<float> x)
    {
        // Infinity divided by infinity is NaN; a very large number divided by itself is 1.
        x = Clip(x, -1e38f, 1e38f);
        return x / (Vector512<float>.One + Vector512.Abs(x));
    }

    /// <inheritdoc cref="VectorMath.Softplus(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        // max(x, 0) + log(1 + u) with u = exp(-|x|) = (1 + t) / (1 - t), t = tanh(-|x| / 2), and log(1 + u) = 2 artanh(z), z = u / (2 + u), which
        // is at most 1/3.
        Vector512<float> t = Tanh(Vector512.Create(-0.5f) * Vector512.Abs(x));
        Vector512<float> z = (Vector512<float>.One + t) / (Vector512.Create(3f) - t);
        Vector512<float> square = z * z;
        Vector512<float> sum = MultiplyAdd(Vector512.Create(1 / 13f), square, Vector512.Create(1 / 11f));
        sum = MultiplyAdd(sum, square, Vector512.Create(1 / 9f));
        sum = MultiplyAdd(sum, square, Vector512.Create(1 / 7f));
        sum = MultiplyAdd(sum, square, Vector512.Create(1 / 5f));
        sum = MultiplyAdd(sum, square, Vector512.Create(1 / 3f));
        sum = MultiplyAdd(sum, square, Vector512<float>.One);
        return MultiplyAdd(z + z, sum, Vector512.MaxNative(Vector512<float>.Zero, x));
    }

    /// <inheritdoc cref="VectorMath.Mean"/>
    public static float Mean(ref float values, int count) => VectorMath.Mean(ref values, count);

    /// <inheritdoc cref="VectorMath.First(Vector{float}, nuint, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(Vector512<float> value, nuint start, int units) => Vector512.ConditionalSelect(
        Vector512.LessThan(Vector512<float>.Indices, Vector512.Create((float)(units - (int)start))), value, Vector512<float>.Zero);

    /// <summary>x P(x²) / Q(x²) for x within the limits, as in <see cref="VectorMath"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fraction(Vector512<float> x, float limit, float p0, float p1, float p2, float p3, float p4, float q1, float q2, float q3, float q4)
    {
        x = Vector512.MinNative(Vector512.Create(limit), Vector512.MaxNative(Vector512.Create(-limit), x));
        Vector512<float> square = x * x;
        Vector512<float> fourth = square * square;
        Vector512<float> p = MultiplyAdd(Vector512.Create(p4), fourth, MultiplyAdd(Vector512.Create(p3), square, Vector512.Create(p2)));
        Vector512<float> q = MultiplyAdd(Vector512.Create(q4), fourth, MultiplyAdd(Vector512.Create(q3), square, Vector512.Create(q2)));
        p = MultiplyAdd(x * fourth, p, x * MultiplyAdd(Vector512.Create(p1), square, Vector512.Create(p0)));
        q = MultiplyAdd(fourth, q, MultiplyAdd(Vector512.Create(q1), square, Vector512.Create(1f)));
        return p / q;
    }
}
