namespace RnnGen.Numerics;

/// <summary>
/// What the rules of optimizers are written in: floats side by side (<see cref="ILanes{TSelf}"/>), or the <see cref="Bound"/> that they stay
/// within. So a rule that is written once updates weights, and says beforehand how large they can become.
/// </summary>
/// <typeparam name="TSelf">The numbers.</typeparam>
internal interface IArithmetic<TSelf>
    where TSelf : struct, IArithmetic<TSelf>
{
    static abstract TSelf Of(float value);

    /// <summary>Numbers that are 0 to 1.</summary>
    static abstract TSelf LoadFraction(ref float origin, nuint place);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>left / right.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor, at least <paramref name="least"/>.</param>
    /// <param name="least">More than 0.</param>
    static abstract TSelf Divide(TSelf left, TSelf right, float least);

    /// <summary>Of numbers that are not negative.</summary>
    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>Clears what is subnormal: a number that decays into that range makes a core crawl.</summary>
    static abstract TSelf Flush(TSelf value);
}
