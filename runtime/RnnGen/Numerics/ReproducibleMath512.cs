using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static RnnGen.CompilerServices.VectorMath;

namespace RnnGen.CompilerServices;

/// <summary>The functions of <see cref="ReproducibleMath"/> for 512-bit vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class ReproducibleMath512
{
    /// <summary>a b + c, rounded twice.</summary>
    /// <param name="a">a.</param>
    /// <param name="b">b.</param>
    /// <param name="c">c.</param>
    /// <returns>The sum.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => (a * b) + c;

    /// <inheritdoc cref="ReproducibleMath.AddProduct(Vector{float}, Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source) =>
        (factor * Unsafe.As<float, Vector512<float>>(ref source)) + sum;

    /// <inheritdoc cref="ReproducibleMath.AddProduct(Vector{float}, Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source, nuint a) =>
        (factor * Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a))) + sum;

    /// <inheritdoc cref="ReproducibleMath.AddProduct(Vector{float}, Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source, nuint a, nuint b) =>
        (factor * Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a + b))) + sum;

    /// <inheritdoc cref="ReproducibleMath.AddProduct(Vector{float}, Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddProduct(Vector512<float> sum, Vector512<float> factor, ref float source, nuint a, nuint b, nuint c) =>
        (factor * Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a + b + c))) + sum;

    /// <inheritdoc cref="ReproducibleMath.AddScaled(Vector{float}, Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source) =>
        (Vector512.Create(source) * value) + sum;

    /// <inheritdoc cref="ReproducibleMath.AddScaled(Vector{float}, Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source, nuint a) =>
        (Vector512.Create(Unsafe.Add(ref source, a)) * value) + sum;

    /// <inheritdoc cref="ReproducibleMath.AddScaled(Vector{float}, Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source, nuint a, nuint b) =>
        (Vector512.Create(Unsafe.Add(ref source, a + b)) * value) + sum;

    /// <inheritdoc cref="ReproducibleMath.AddScaled(Vector{float}, Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> AddScaled(Vector512<float> sum, Vector512<float> value, ref float source, nuint a, nuint b, nuint c) =>
        (Vector512.Create(Unsafe.Add(ref source, a + b + c)) * value) + sum;

    /// <summary>tanh(x), within 3.6e-7, absolute and relative.</summary>
    /// <param name="x">x.</param>
    /// <returns>-1 .. 1, or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Fraction(x, Limit, 1, P1, P2, P3, P4, Q1, Q2, Q3, Q4);

    /// <summary>1 / (1 + exp(-x)) = ½ + ½ tanh(x / 2), within 2.1e-7.</summary>
    /// <param name="x">x.</param>
    /// <returns>0 .. 1, or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) =>
        Vector512.Create(0.5f) + Fraction(x, 2 * Limit, 1 / 4f, P1 / 16, P2 / 64, P3 / 256, P4 / 1024, Q1 / 4, Q2 / 16, Q3 / 64, Q4 / 256);

    /// <summary>max(x, 0).</summary>
    /// <param name="x">x.</param>
    /// <returns>x where it is positive or NaN, else 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu(Vector512<float> x) => Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, x);

    /// <inheritdoc cref="VectorMath512.Step(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Step(Vector512<float> x) => VectorMath512.Step(x);

    /// <inheritdoc cref="VectorMath512.ReciprocalSqrt(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ReciprocalSqrt(Vector512<float> x) => VectorMath512.ReciprocalSqrt(x);

    /// <summary>x, but at least low and at most high.</summary>
    /// <param name="x">x.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clip(Vector512<float> x, float low, float high)
    {
        // Native minima and maxima of NaN and of zeros differ between machines.
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(low)), Vector512.Create(low), x);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(high)), Vector512.Create(high), x);
    }

    /// <inheritdoc cref="VectorMath512.Between(Vector512{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Between(Vector512<float> x, float low, float high) => VectorMath512.Between(x, low, high);

    /// <summary>x where it is positive, else alpha x.</summary>
    /// <param name="x">x.</param>
    /// <param name="alpha">The slope of the negative half.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LeakyRelu(Vector512<float> x, float alpha) => Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, Vector512.Create(alpha) * x);

    /// <inheritdoc cref="VectorMath512.ThresholdedRelu(Vector512{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ThresholdedRelu(Vector512<float> x, float alpha) => VectorMath512.ThresholdedRelu(x, alpha);

    /// <summary>x where it is positive, else alpha (eˣ - 1). With alpha 1 within 5e-7, relative.</summary>
    /// <param name="x">x.</param>
    /// <param name="alpha">The negative of the limit at -∞.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Elu(Vector512<float> x, float alpha)
    {
        // eˣ - 1 = 2 t / (1 - t) with t = tanh(x / 2).
        Vector512<float> t = Tanh(Vector512.Create(0.5f) * x);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, Vector512.Create(2 * alpha) * (t / (Vector512<float>.One - t)));
    }

    /// <summary>x / (1 + |x|), rounded twice.</summary>
    /// <param name="x">x.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softsign(Vector512<float> x)
    {
        // Infinity divided by infinity is NaN; a very large number divided by itself is 1.
        x = Clip(x, -1e38f, 1e38f);
        return x / (Vector512<float>.One + Vector512.Abs(x));
    }

    /// <summary>log(1 + eˣ), within 2e-7, absolute up to 1, relative above.</summary>
    /// <param name="x">x.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        // max(x, 0) + log(1 + u) with u = exp(-|x|) = (1 + t) / (1 - t), t = tanh(-|x| / 2), and log(1 + u) = 2 artanh(z), z = u / (2 + u), which
        // is at most 1/3.
        Vector512<float> t = Tanh(Vector512.Create(-0.5f) * Vector512.Abs(x));
        Vector512<float> z = (Vector512<float>.One + t) / (Vector512.Create(3f) - t);
        Vector512<float> square = z * z;
        Vector512<float> sum = (Vector512.Create(1 / 13f) * square) + Vector512.Create(1 / 11f);
        sum = (sum * square) + Vector512.Create(1 / 9f);
        sum = (sum * square) + Vector512.Create(1 / 7f);
        sum = (sum * square) + Vector512.Create(1 / 5f);
        sum = (sum * square) + Vector512.Create(1 / 3f);
        sum = (sum * square) + Vector512<float>.One;
        return ((z + z) * sum) + Relu(x);
    }

    /// <inheritdoc cref="VectorMath.Mean"/>
    public static float Mean(ref float values, int count) => VectorMath.Mean(ref values, count);

    /// <inheritdoc cref="VectorMath512.First(Vector512{float}, nuint, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(Vector512<float> value, nuint start, int units) => VectorMath512.First(value, start, units);

    /// <summary>x P(x²) / Q(x²) for x within the limits, as in <see cref="VectorMath"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fraction(Vector512<float> x, float limit, float p0, float p1, float p2, float p3, float p4, float q1, float q2, float q3, float q4)
    {
        x = Clip(x, -limit, limit);
        Vector512<float> square = x * x;
        Vector512<float> fourth = square * square;
        Vector512<float> p = (Vector512.Create(p4) * fourth) + ((Vector512.Create(p3) * square) + Vector512.Create(p2));
        Vector512<float> q = (Vector512.Create(q4) * fourth) + ((Vector512.Create(q3) * square) + Vector512.Create(q2));
        p = (x * fourth * p) + (x * ((Vector512.Create(p1) * square) + Vector512.Create(p0)));
        q = (fourth * q) + ((Vector512.Create(q1) * square) + Vector512.Create(1f));
        return p / q;
    }
}
