namespace RnnGen;

/// <summary>
/// The numbers that an <see cref="IUpdateRule"/> computes with. A rule runs on vectors of floats to update weights, and on upper bounds of magnitudes to
/// prove beforehand that no result overflows. So it is written once, with these operations and no branch on a value.
/// </summary>
/// <typeparam name="TSelf">The numbers: floats side by side, or one bound.</typeparam>
public interface IArithmetic<TSelf>
    where TSelf : struct, IArithmetic<TSelf>
{
    /// <summary>The same number in every place.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The numbers.</returns>
    static abstract TSelf Of(float value);

    /// <summary>left + right.</summary>
    /// <param name="left">The first summand.</param>
    /// <param name="right">The second summand.</param>
    /// <returns>The sum.</returns>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>left - right.</summary>
    /// <param name="left">What is subtracted from.</param>
    /// <param name="right">What is subtracted.</param>
    /// <returns>The difference.</returns>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>left · right.</summary>
    /// <param name="left">The first factor.</param>
    /// <param name="right">The second factor.</param>
    /// <returns>The product.</returns>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>left / right.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor, at least <paramref name="least"/>: a root plus an epsilon, for example.</param>
    /// <param name="least">A lower bound of the divisor, more than 0: the epsilon.</param>
    /// <returns>The quotient.</returns>
    static abstract TSelf Divide(TSelf left, TSelf right, float least);

    /// <summary>The square root.</summary>
    /// <param name="value">Numbers that are not negative.</param>
    /// <returns>The roots.</returns>
    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>The magnitude.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The magnitudes.</returns>
    static abstract TSelf Abs(TSelf value);

    /// <summary>1 for positive numbers, -1 for negative ones; zero and NaN stay as they are.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The signs.</returns>
    static abstract TSelf Sign(TSelf value);

    /// <summary>The larger of two numbers; NaN if one of them is.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The larger one.</returns>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>
    /// Replaces subnormal numbers by zero. Apply it to every moment that decays: arithmetic on subnormal numbers is a hundred times slower.
    /// </summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The numbers, none of them subnormal.</returns>
    static abstract TSelf Flush(TSelf value);
}
