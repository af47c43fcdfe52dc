using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Numerics;

/// <summary>A vector of 512 bits.</summary>
internal readonly struct WideLanes(Vector512<float> value) : ILanes<WideLanes>
{
    public Vector512<float> Value { get; } = value;

    public static nuint Count => (nuint)Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Of(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Load(ref float origin, nuint place) => new(Vector512.LoadUnsafe(ref origin, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(WideLanes lanes, ref float origin, nuint place) => Vector512.StoreUnsafe(lanes.Value, ref origin, place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator +(WideLanes left, WideLanes right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator -(WideLanes left, WideLanes right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator *(WideLanes left, WideLanes right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes operator /(WideLanes left, WideLanes right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Divide(WideLanes left, WideLanes right, float least) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes SquareRoot(WideLanes value) => new(Vector512.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Flush(WideLanes value) => LaneMath.Flush(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Abs(WideLanes value) => new(Vector512.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Sign(WideLanes value) => LaneMath.Sign(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Max(WideLanes left, WideLanes right) => new(Vector512.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes Round(WideLanes lanes) => new(Vector512.Round(lanes.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes PowerOfTwo(WideLanes exponent) =>
        new(Vector512.AsSingle(Vector512.ShiftLeft(Vector512.ConvertToInt32Native(exponent.Value) + Vector512.Create(127), 23)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes IfLess(WideLanes left, WideLanes right, WideLanes then, WideLanes otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(left.Value, right.Value), then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(WideLanes lanes) => Vector512.Sum(lanes.Value);
}
