namespace RnnGen;

/// <summary>
/// The rule by which an <see cref="Optimizer{TRule}"/> updates each weight: a struct with the settings of one update, such as its learning rate. It is a pure
/// function of its arguments.
/// </summary>
public interface IUpdateRule
{
    /// <summary>Number of moments that the rule keeps for every weight: 0, 1 or 2.</summary>
    static abstract int Moments { get; }

    /// <summary>The weights after an update. Mark it <c>AggressiveInlining</c>: it is the body of the loop over all weights.</summary>
    /// <typeparam name="T">The type of the numbers: several weights, or a bound on all of them.</typeparam>
    /// <param name="weights">The weights before the update, after weight decay.</param>
    /// <param name="gradient">Their mean gradient, clipped.</param>
    /// <param name="first">The first moment, to be updated. Initially zero; unused if the rule has no moments.</param>
    /// <param name="second">The second moment, to be updated. Initially zero; unused if the rule has fewer than two moments.</param>
    /// <returns>The weights after the update.</returns>
    T Next<T>(T weights, T gradient, ref T first, ref T second)
        where T : struct, IArithmetic<T>;
}
