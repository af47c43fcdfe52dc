namespace RnnGen;

/// <summary>
/// The numbers that an <see cref="IUpdateRule"/> computes with. A rule runs on vectors of floats to update weights, and on upper bounds of magnitudes to
/// prove in advance that no result overflows. It is written once, with these operations and without branches on values.
/// </summary>
/// <typeparam name="TSelf">The type of the numbers: a vector of floats, or a bound.</typeparam>
public interface IArithmetic<TSelf>
    where TSelf : struct, IArithmetic<TSelf>
{
    /// <summary>The same number in every element.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The numbers.</returns>
    static abstract TSelf Of(float value);

    /// <summary>left + right.</summary>
    /// <param name="left">The first summand.</param>
    /// <param name="right">The second summand.</param>
    /// <returns>The sum.</returns>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>left - right.</summary>
    /// <param name="left">The minuend.</param>
    /// <param name="right">The subtrahend.</param>
    /// <returns>The difference.</returns>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>left · right.</summary>
    /// <param name="left">The first factor.</param>
    /// <param name="right">The second factor.</param>
    /// <returns>The product.</returns>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>left / right.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor, at least <paramref name="least"/>, for example a square root plus an epsilon.</param>
    /// <param name="least">A lower bound of the divisor, greater than 0, for example the epsilon.</param>
    /// <returns>The quotient.</returns>
    static abstract TSelf Divide(TSelf left, TSelf right, float least);

    /// <summary>The square root.</summary>
    /// <param name="value">Numbers that are not negative.</param>
    /// <returns>The roots.</returns>
    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>The absolute value.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The absolute values.</returns>
    static abstract TSelf Abs(TSelf value);

    /// <summary>1 for positive numbers, -1 for negative ones; zero and NaN are unchanged.</summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The signs.</returns>
    static abstract TSelf Sign(TSelf value);

    /// <summary>The larger of two numbers; NaN if one of them is NaN.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    /// <returns>The larger one.</returns>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>
    /// Replaces subnormal numbers by zero. Apply it to every moment that decays: arithmetic on subnormal numbers can be a hundred times slower.
    /// </summary>
    /// <param name="value">The numbers.</param>
    /// <returns>The numbers, none of them subnormal.</returns>
    static abstract TSelf Flush(TSelf value);
}
