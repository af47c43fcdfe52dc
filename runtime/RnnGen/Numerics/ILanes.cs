namespace RnnGen.Numerics;

/// <summary>
/// A vector of floats. Code for both widths is written once, for <see cref="NarrowLanes"/> and
/// <see cref="WideLanes"/>. Every operation rounds like that of a single float.
/// </summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal interface ILanes<TSelf> : IArithmetic<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract nuint Count { get; }

    static abstract TSelf Load(ref float origin, nuint place);

    static abstract void Store(TSelf lanes, ref float origin, nuint place);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>The nearest whole number.</summary>
    static abstract TSelf Round(TSelf lanes);

    /// <summary>2 to the power of a whole number in -126 .. 127.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    static abstract TSelf IfLess(TSelf left, TSelf right, TSelf then, TSelf otherwise);

    static abstract float Sum(TSelf lanes);
}
