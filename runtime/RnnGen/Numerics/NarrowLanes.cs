using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Numerics;

/// <summary>A vector of the width that <see cref="Vector{T}"/> has.</summary>
internal readonly struct NarrowLanes(Vector<float> value) : ILanes<NarrowLanes>
{
    public Vector<float> Value { get; } = value;

    public static nuint Count => (nuint)Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Of(float value) => new(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Load(ref float origin, nuint place) => new(Vector.LoadUnsafe(ref origin, place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(NarrowLanes lanes, ref float origin, nuint place) => Vector.StoreUnsafe(lanes.Value, ref origin, place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes operator +(NarrowLanes left, NarrowLanes right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes operator -(NarrowLanes left, NarrowLanes right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes operator *(NarrowLanes left, NarrowLanes right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes operator /(NarrowLanes left, NarrowLanes right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Divide(NarrowLanes left, NarrowLanes right, float least) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes SquareRoot(NarrowLanes value) => new(Vector.SquareRoot(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Flush(NarrowLanes value) => LaneMath.Flush(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Abs(NarrowLanes value) => new(Vector.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Sign(NarrowLanes value) => LaneMath.Sign(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Max(NarrowLanes left, NarrowLanes right) => new(Vector.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes Round(NarrowLanes lanes) => new(Vector.Round(lanes.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes PowerOfTwo(NarrowLanes exponent) =>
        new(Vector.AsVectorSingle(Vector.ShiftLeft(Vector.ConvertToInt32Native(exponent.Value) + Vector.Create(127), 23)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NarrowLanes IfLess(NarrowLanes left, NarrowLanes right, NarrowLanes then, NarrowLanes otherwise) =>
        new(Vector.ConditionalSelect(Vector.LessThan(left.Value, right.Value), then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(NarrowLanes lanes) => Vector.Sum(lanes.Value);
}
