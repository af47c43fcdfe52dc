using System.Runtime.CompilerServices;

namespace RnnGen.Numerics;

/// <summary>
/// An upper bound of the magnitudes of some floats. Arithmetic on bounds gives bounds of the results. As long as the bound is known, no intermediate
/// float has overflowed.
/// </summary>
internal readonly struct Bound : IArithmetic<Bound>
{
    // A third of the largest float, because the roundings of a few operations add a little.
    private const double Limit = 1e38;

    private readonly double _value;

    private Bound(double value) => _value = value <= Limit ? value : double.PositiveInfinity;

    /// <summary>The bound of floats that may be anything.</summary>
    public static Bound Unknown => new(double.PositiveInfinity);

    /// <summary>Whether the bound is known: all floats are finite, and not close to the largest one.</summary>
    public bool IsKnown => _value <= Limit;

    /// <summary>Whether all floats are zero.</summary>
    public bool IsZero => _value == 0;

    public static Bound UpTo(double magnitude) => new(magnitude);

    /// <summary>The largest magnitude.</summary>
    public static Bound Of(ReadOnlySpan<float> values) => Of(FloatBits.Largest(values, FloatBits.Magnitude));

    /// <summary>The largest number, where none should be negative; unknown if one is.</summary>
    public static Bound OfPositive(ReadOnlySpan<float> values) => Of(FloatBits.Largest(values, FloatBits.All));

    /// <summary>The bound with a margin for the rounding of its last few operations.</summary>
    public Bound Rounded() => new(_value * (1 + 1e-6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Of(float value) => new(Math.Abs((double)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound operator +(Bound left, Bound right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound operator -(Bound left, Bound right) => left + right;

    // An unknown bound stays unknown: infinity times zero is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound operator *(Bound left, Bound right) => new(left._value * right._value);

    // If a divisor overflows, it is infinite, and the quotient is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Divide(Bound left, Bound right, float least) => new(left._value / least);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound SquareRoot(Bound value) => new(Math.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Abs(Bound value) => value;

    // The sign of NaN is NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Sign(Bound value) => value is { IsKnown: true, IsZero: false } ? new(1) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Max(Bound left, Bound right) => new(Math.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Flush(Bound value) => value;

    private static Bound Of(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));
}
