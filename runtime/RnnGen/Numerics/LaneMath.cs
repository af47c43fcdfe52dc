using System.Runtime.CompilerServices;

namespace RnnGen.Numerics;

/// <summary>What both widths have in common.</summary>
internal static class LaneMath
{
    /// <summary>The least normal float.</summary>
    private const float LeastNormal = 1.17549435e-38f;

    /// <summary>Replaces subnormal numbers by zero: arithmetic on them can be a hundred times slower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Flush<TLanes>(TLanes lanes)
        where TLanes : struct, ILanes<TLanes> => TLanes.IfLess(TLanes.Abs(lanes), TLanes.Of(LeastNormal), default, lanes);

    /// <summary>1 and -1; zero and NaN are unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sign<TLanes>(TLanes lanes)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.IfLess(default, lanes, TLanes.Of(1), TLanes.IfLess(lanes, default, TLanes.Of(-1), lanes));
}
