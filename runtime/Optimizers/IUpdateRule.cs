using RnnGen.Numerics;

namespace RnnGen;

/// <summary>What an optimizer does with a weight, its gradient and its moments. It writes nothing itself.</summary>
internal interface IUpdateRule
{
    /// <summary>Whether there is a second moment.</summary>
    static abstract bool HasSecond { get; }

    /// <summary>The weights after an update; moments move on with them.</summary>
    /// <typeparam name="T">Weights side by side, or a bound on all of them.</typeparam>
    /// <param name="place">Where the weights are in the packed block.</param>
    /// <param name="weights">The weights before.</param>
    /// <param name="gradient">Their gradient, ready to use.</param>
    /// <param name="first">The first moment.</param>
    /// <param name="second">The second moment, where there is one.</param>
    /// <returns>The weights after.</returns>
    T Next<T>(nuint place, T weights, T gradient, ref T first, ref T second)
        where T : struct, IArithmetic<T>;
}
