using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using static RnnGen.CompilerServices.VectorMath;

namespace RnnGen.CompilerServices;

/// <summary>
/// The functions of <see cref="VectorMath"/> for models with <see cref="RnnModelAttribute.Reproducible"/>: the same bits on every machine, because no product
/// is fused with a sum, and no operation is used whose result depends on the machine. The bits of NaN are excepted.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class ReproducibleMath
{
    /// <inheritdoc cref="VectorMath.IsWide"/>
    public static bool IsWide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => VectorMath.IsWide;
    }

    /// <summary>a b + c, rounded twice.</summary>
    /// <param name="a">a.</param>
    /// <param name="b">b.</param>
    /// <param name="c">c.</param>
    /// <returns>The sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> MultiplyAdd(Vector<float> a, Vector<float> b, Vector<float> c) => (a * b) + c;

    // The multiply-add and the load are one method, because each call costs the C# compiler and the JIT compiler time. Simd says why a vector is read so.

    /// <summary>sum + factor v, rounded as <see cref="MultiplyAdd"/> does, where v is the vector that begins there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="factor">A vector.</param>
    /// <param name="source">A float.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddProduct(Vector<float> sum, Vector<float> factor, ref float source) =>
        (factor * Unsafe.As<float, Vector<float>>(ref source)) + sum;

    /// <summary>sum + factor v, rounded as <see cref="MultiplyAdd"/> does, where v is the vector that begins there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="factor">A vector.</param>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddProduct(Vector<float> sum, Vector<float> factor, ref float source, nuint a) =>
        (factor * Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref source, a))) + sum;

    /// <summary>sum + factor v, rounded as <see cref="MultiplyAdd"/> does, where v is the vector that begins there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="factor">A vector.</param>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddProduct(Vector<float> sum, Vector<float> factor, ref float source, nuint a, nuint b) =>
        (factor * Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref source, a + b))) + sum;

    /// <summary>sum + factor v, rounded as <see cref="MultiplyAdd"/> does, where v is the vector that begins there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="factor">A vector.</param>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <param name="c">A third one.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddProduct(Vector<float> sum, Vector<float> factor, ref float source, nuint a, nuint b, nuint c) =>
        (factor * Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref source, a + b + c))) + sum;

    /// <summary>sum + value f, rounded as <see cref="MultiplyAdd"/> does, where f is the float that lies there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="value">A vector.</param>
    /// <param name="source">A float.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddScaled(Vector<float> sum, Vector<float> value, ref float source) =>
        (Vector.Create(source) * value) + sum;

    /// <summary>sum + value f, rounded as <see cref="MultiplyAdd"/> does, where f is the float that lies there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="value">A vector.</param>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddScaled(Vector<float> sum, Vector<float> value, ref float source, nuint a) =>
        (Vector.Create(Unsafe.Add(ref source, a)) * value) + sum;

    /// <summary>sum + value f, rounded as <see cref="MultiplyAdd"/> does, where f is the float that lies there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="value">A vector.</param>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddScaled(Vector<float> sum, Vector<float> value, ref float source, nuint a, nuint b) =>
        (Vector.Create(Unsafe.Add(ref source, a + b)) * value) + sum;

    /// <summary>sum + value f, rounded as <see cref="MultiplyAdd"/> does, where f is the float that lies there.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="value">A vector.</param>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <param name="c">A third one.</param>
    /// <returns>The new sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> AddScaled(Vector<float> sum, Vector<float> value, ref float source, nuint a, nuint b, nuint c) =>
        (Vector.Create(Unsafe.Add(ref source, a + b + c)) * value) + sum;

    /// <summary>tanh(x), within 3.6e-7, absolute and relative.</summary>
    /// <param name="x">x.</param>
    /// <returns>-1 .. 1, or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => Fraction(x, Limit, 1, P1, P2, P3, P4, Q1, Q2, Q3, Q4);

    /// <summary>1 / (1 + exp(-x)) = ½ + ½ tanh(x / 2), within 2.1e-7.</summary>
    /// <param name="x">x.</param>
    /// <returns>0 .. 1, or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) =>
        Vector.Create(0.5f) + Fraction(x, 2 * Limit, 1 / 4f, P1 / 16, P2 / 64, P3 / 256, P4 / 1024, Q1 / 4, Q2 / 16, Q3 / 64, Q4 / 256);

    /// <summary>max(x, 0).</summary>
    /// <param name="x">x.</param>
    /// <returns>x where it is positive or NaN, else 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Relu(Vector<float> x) => Vector.ConditionalSelect(Vector.LessThanOrEqual(x, Vector<float>.Zero), Vector<float>.Zero, x);

    /// <inheritdoc cref="VectorMath.Step(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Step(Vector<float> x) => VectorMath.Step(x);

    /// <inheritdoc cref="VectorMath.ReciprocalSqrt(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ReciprocalSqrt(Vector<float> x) => VectorMath.ReciprocalSqrt(x);

    /// <summary>x, but at least low and at most high.</summary>
    /// <param name="x">x.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Clip(Vector<float> x, float low, float high)
    {
        // Native minima and maxima of NaN and of zeros differ between machines.
        x = Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(low)), Vector.Create(low), x);
        return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector.Create(high)), Vector.Create(high), x);
    }

    /// <inheritdoc cref="VectorMath.Between(Vector{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Between(Vector<float> x, float low, float high) => VectorMath.Between(x, low, high);

    /// <summary>x where it is positive, else alpha x.</summary>
    /// <param name="x">x.</param>
    /// <param name="alpha">The slope of the negative half.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> LeakyRelu(Vector<float> x, float alpha) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, Vector.Create(alpha) * x);

    /// <inheritdoc cref="VectorMath.ThresholdedRelu(Vector{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ThresholdedRelu(Vector<float> x, float alpha) => VectorMath.ThresholdedRelu(x, alpha);

    /// <summary>x where it is positive, else alpha (eˣ - 1). With alpha 1 within 5e-7, relative.</summary>
    /// <param name="x">x.</param>
    /// <param name="alpha">The negative of the limit at -∞.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Elu(Vector<float> x, float alpha)
    {
        // eˣ - 1 = 2 t / (1 - t) with t = tanh(x / 2).
        Vector<float> t = Tanh(Vector.Create(0.5f) * x);
        return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, Vector.Create(2 * alpha) * (t / (Vector<float>.One - t)));
    }

    /// <summary>x / (1 + |x|), rounded twice.</summary>
    /// <param name="x">x.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softsign(Vector<float> x)
    {
        // Infinity divided by infinity is NaN; a very large number divided by itself is 1.
        x = Clip(x, -1e38f, 1e38f);
        return x / (Vector<float>.One + Vector.Abs(x));
    }

    /// <summary>log(1 + eˣ), within 2e-7, absolute up to 1, relative above.</summary>
    /// <param name="x">x.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x)
    {
        // max(x, 0) + log(1 + u) with u = exp(-|x|) = (1 + t) / (1 - t), t = tanh(-|x| / 2), and log(1 + u) = 2 artanh(z), z = u / (2 + u), which
        // is at most 1/3.
        Vector<float> t = Tanh(Vector.Create(-0.5f) * Vector.Abs(x));
        Vector<float> z = (Vector<float>.One + t) / (Vector.Create(3f) - t);
        Vector<float> square = z * z;
        Vector<float> sum = (Vector.Create(1 / 13f) * square) + Vector.Create(1 / 11f);
        sum = (sum * square) + Vector.Create(1 / 9f);
        sum = (sum * square) + Vector.Create(1 / 7f);
        sum = (sum * square) + Vector.Create(1 / 5f);
        sum = (sum * square) + Vector.Create(1 / 3f);
        sum = (sum * square) + Vector<float>.One;
        return ((z + z) * sum) + Relu(x);
    }

    /// <inheritdoc cref="VectorMath.Mean"/>
    public static float Mean(ref float values, int count) => VectorMath.Mean(ref values, count);

    /// <inheritdoc cref="VectorMath.First(Vector{float}, nuint, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> First(Vector<float> value, nuint start, int units) => VectorMath.First(value, start, units);

    /// <summary>x P(x²) / Q(x²) for x within the limits, as in <see cref="VectorMath"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Fraction(Vector<float> x, float limit, float p0, float p1, float p2, float p3, float p4, float q1, float q2, float q3, float q4)
    {
        x = Clip(x, -limit, limit);
        Vector<float> square = x * x;
        Vector<float> fourth = square * square;
        Vector<float> p = (Vector.Create(p4) * fourth) + ((Vector.Create(p3) * square) + Vector.Create(p2));
        Vector<float> q = (Vector.Create(q4) * fourth) + ((Vector.Create(q3) * square) + Vector.Create(q2));
        p = (x * fourth * p) + (x * ((Vector.Create(p1) * square) + Vector.Create(p0)));
        q = (fourth * q) + ((Vector.Create(q1) * square) + Vector.Create(1f));
        return p / q;
    }
}
