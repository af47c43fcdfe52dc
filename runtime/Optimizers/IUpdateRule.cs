namespace RnnGen;

/// <summary>
/// What an <see cref="Optimizer{TRule}"/> does with each weight: a struct with the numbers of one update, such as its learning rate. It computes and
/// writes nothing itself.
/// </summary>
public interface IUpdateRule
{
    /// <summary>How many moments the rule keeps for every weight: 0, 1 or 2.</summary>
    static abstract int Moments { get; }

    /// <summary>The weights after an update. Mark it <c>AggressiveInlining</c>: it is the body of the loop over all weights.</summary>
    /// <typeparam name="T">Weights side by side, or a bound on all of them.</typeparam>
    /// <param name="weights">The weights before, weight decay applied.</param>
    /// <param name="gradient">Their mean gradient, clipped.</param>
    /// <param name="first">The first moment, before and after. Zero at first; without moments to be left alone.</param>
    /// <param name="second">The second moment, likewise.</param>
    /// <returns>The weights after.</returns>
    T Next<T>(T weights, T gradient, ref T first, ref T second)
        where T : struct, IArithmetic<T>;
}
