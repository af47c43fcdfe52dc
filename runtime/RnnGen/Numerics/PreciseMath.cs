using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>
/// The element-wise functions of models with <see cref="RnnModelAttribute.Precise"/>, instead of those of <see cref="VectorMath"/>: the relative error is
/// a few units in the last place everywhere.
/// </summary>
/// <remarks>
/// <para>
/// <b>Tanh</b> is within 1.9e-7 of tanh(x), and a subnormal number or a zero of either sign is its own result; <b>Sigmoid</b> is within 1.9e-7 of
/// 1 / (1 + exp(-x)), <b>Softplus</b> within 3e-7, <b>Elu</b> with alpha 1 within 4e-7: all relative, as long as the result is a normal float. NaN
/// stays NaN.
/// </para>
/// <para>
/// No product is fused with a sum, so that the results are the same bits on every machine.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PreciseMath
{
    /// <summary>tanh(x).</summary>
    /// <param name="x">x.</param>
    /// <returns>-1 .. 1, or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Tanh(Vector<float> x) => Tanh(new NarrowLanes(x)).Value;

    /// <inheritdoc cref="Tanh(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Tanh(new WideLanes(x)).Value;

    /// <summary>1 / (1 + exp(-x)).</summary>
    /// <param name="x">x.</param>
    /// <returns>0 .. 1, or NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sigmoid(Vector<float> x) => Sigmoid(new NarrowLanes(x)).Value;

    /// <inheritdoc cref="Sigmoid(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Sigmoid(new WideLanes(x)).Value;

    /// <summary>x where it is positive, else alpha (eˣ - 1).</summary>
    /// <param name="x">x.</param>
    /// <param name="alpha">The negative of the limit at -∞.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Elu(Vector<float> x, float alpha) => Elu(new NarrowLanes(x), alpha).Value;

    /// <inheritdoc cref="Elu(Vector{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Elu(Vector512<float> x, float alpha) => Elu(new WideLanes(x), alpha).Value;

    /// <summary>log(1 + eˣ).</summary>
    /// <param name="x">x.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Softplus(Vector<float> x) => Softplus(new NarrowLanes(x)).Value;

    /// <inheritdoc cref="Softplus(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x) => Softplus(new WideLanes(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Tanh<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // Near 0, a polynomial, x (1 + x² P(x²)), with minimal error on 0 .. 0.6; beyond it, (1 - e) / (1 + e) with e = exp(-2|x|), without cancellation.
        TLanes square = x * x;
        TLanes p = (TLanes.Of(0.0023734747f) * square) + TLanes.Of(-0.008412518f);
        p = (p * square) + TLanes.Of(0.021789096f);
        p = (p * square) + TLanes.Of(-0.053961653f);
        p = (p * square) + TLanes.Of(0.13333313f);
        p = (p * square) + TLanes.Of(-0.33333334f);
        TLanes near = x * ((p * square) + TLanes.Of(1));

        TLanes size = TLanes.Abs(x);
        TLanes power = Exponential(TLanes.Of(-2) * size);
        TLanes far = (TLanes.Of(1) - power) / (TLanes.Of(1) + power);
        far = TLanes.IfLess(x, default, default(TLanes) - far, far);
        return TLanes.IfLess(size, TLanes.Of(0.6f), near, far);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sigmoid<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // Of the two forms with exp(-|x|), the one without cancellation.
        TLanes power = Exponential(default(TLanes) - TLanes.Abs(x));
        return TLanes.IfLess(x, default, power, TLanes.Of(1)) / (TLanes.Of(1) + power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Elu<TLanes>(TLanes x, float alpha)
        where TLanes : struct, ILanes<TLanes>
    {
        // eˣ - 1 = 2 t / (1 - t) with t = tanh(x / 2).
        TLanes t = Tanh(TLanes.Of(0.5f) * x);
        return TLanes.IfLess(x, default, TLanes.Of(2 * alpha) * t / (TLanes.Of(1) - t), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Softplus<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // max(x, 0) + log(1 + exp(-|x|)).
        TLanes u = Exponential(default(TLanes) - TLanes.Abs(x));
        return LogOnePlus(u) + TLanes.IfLess(x, default, default, x);
    }

    /// <summary>log(1 + u) for u in 0 .. 1, of which a small one keeps its digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes LogOnePlus<TLanes>(TLanes u)
        where TLanes : struct, ILanes<TLanes>
    {
        // 2 artanh(z) with z = u / (2 + u), which is at most 1/3.
        TLanes z = u / (TLanes.Of(2) + u);
        TLanes square = z * z;
        TLanes sum = (TLanes.Of(1 / 13f) * square) + TLanes.Of(1 / 11f);
        sum = (sum * square) + TLanes.Of(1 / 9f);
        sum = (sum * square) + TLanes.Of(1 / 7f);
        sum = (sum * square) + TLanes.Of(1 / 5f);
        sum = (sum * square) + TLanes.Of(1 / 3f);
        sum = (sum * square) + TLanes.Of(1);
        return (z + z) * sum;
    }

    /// <summary>eˣ for x that is not positive, with a relative error below 9e-8; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Exponential<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>
    {
        // eˣ = 2ⁿ eʳ with |r| <= ln 2 / 2. The first part of ln 2 has so few digits that its product with n is exact (Cody and Waite 1980).
        // Results below the least subnormal float are 0.
        const float Least = -104;
        const float LnTwoHigh = 0.693359375f;
        const float LnTwoLow = -2.12194440e-4f;
        x = TLanes.IfLess(x, TLanes.Of(Least), TLanes.Of(Least), x);
        TLanes n = TLanes.Round(x * TLanes.Of(1.44269504f));
        TLanes r = (n * TLanes.Of(-LnTwoHigh)) + x;
        r = (n * TLanes.Of(-LnTwoLow)) + r;
        TLanes p = (TLanes.Of(1 / 5040f) * r) + TLanes.Of(1 / 720f);
        p = (p * r) + TLanes.Of(1 / 120f);
        p = (p * r) + TLanes.Of(1 / 24f);
        p = (p * r) + TLanes.Of(1 / 6f);
        p = (p * r) + TLanes.Of(0.5f);
        p = (p * (r * r)) + r + TLanes.Of(1);

        // In two steps, because 2ⁿ may be too small for a normal float.
        TLanes half = TLanes.Round(TLanes.Of(0.5f) * n);
        return p * TLanes.PowerOfTwo(half) * TLanes.PowerOfTwo(n - half);
    }
}
