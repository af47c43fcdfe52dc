using System.Runtime.CompilerServices;

namespace RnnGen.Numerics;

/// <summary>
/// What the magnitudes of some floats do not exceed. Arithmetic on bounds gives that of the results, and as long as it is known, no float on the
/// way there has overflowed.
/// </summary>
internal readonly struct Bound : IArithmetic<Bound>
{
    // A third of the largest float: room for what the roundings of a few operations add.
    private const double Limit = 1e38;

    private readonly double _value;

    private Bound(double value) => _value = value <= Limit ? value : double.PositiveInfinity;

    /// <summary>Of floats that may be anything.</summary>
    public static Bound Unknown => new(double.PositiveInfinity);

    /// <summary>Whether there is one: all floats are finite, and not close to the largest one.</summary>
    public bool IsKnown => _value <= Limit;

    /// <summary>Whether all floats are zero.</summary>
    public bool IsZero => _value == 0;

    public static Bound UpTo(double magnitude) => new(magnitude);

    /// <summary>The largest magnitude.</summary>
    public static Bound Of(ReadOnlySpan<float> values) => Of(FloatBits.Largest(values, FloatBits.Magnitude));

    /// <summary>The largest of numbers none of which should be negative; unknown where one is.</summary>
    public static Bound OfPositive(ReadOnlySpan<float> values) => Of(FloatBits.Largest(values, FloatBits.All));

    /// <summary>With room for what its last few operations have added by rounding.</summary>
    public Bound Rounded() => new(_value * (1 + 1e-6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Of(float value) => new(Math.Abs((double)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound operator +(Bound left, Bound right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound operator -(Bound left, Bound right) => left + right;

    // What is unknown stays so: infinity times zero is no number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound operator *(Bound left, Bound right) => new(left._value * right._value);

    // A divisor that overflows is infinite, and the quotient 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Divide(Bound left, Bound right, float least) => new(left._value / least);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound SquareRoot(Bound value) => new(Math.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Abs(Bound value) => value;

    // Of what may be NaN, the sign may be, too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Sign(Bound value) => value is { IsKnown: true, IsZero: false } ? new(1) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Max(Bound left, Bound right) => new(Math.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bound Flush(Bound value) => value;

    private static Bound Of(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));
}
