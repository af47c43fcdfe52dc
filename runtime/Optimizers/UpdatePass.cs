using System.Runtime.CompilerServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>What an optimizer does with weights that lie side by side.</summary>
internal interface IUpdateRule
{
    /// <summary>The weights after an update; moments move on with them.</summary>
    /// <typeparam name="TLanes">The width.</typeparam>
    /// <param name="place">Where the weights are in the packed block.</param>
    /// <param name="weights">The weights before.</param>
    /// <param name="gradient">Their gradient, ready to use.</param>
    /// <returns>The weights after.</returns>
    TLanes Next<TLanes>(nuint place, TLanes weights, TLanes gradient)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>
/// One pass over a part of the packed weights, from start to end, whole vectors of any width: gradients are scaled, weights and moments
/// move on, gradients become zero. Memory is what an update waits for, so everything is touched once.
/// </summary>
internal readonly ref struct UpdatePass(ref float weights, ref float gradients, nuint start, nuint end, float scale)
{
    private readonly ref float _weights = ref weights;
    private readonly ref float _gradients = ref gradients;

    public void Run<TRule>(TRule rule)
        where TRule : struct, IUpdateRule, allows ref struct
    {
        if (VectorMath.IsWide)
        {
            Run<WideLanes, TRule>(rule, ref _weights, ref _gradients, start, end, scale);
        }
        else
        {
            Run<NarrowLanes, TRule>(rule, ref _weights, ref _gradients, start, end, scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLanes, TRule>(TRule rule, ref float weights, ref float gradients, nuint start, nuint end, float scale)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule, allows ref struct
    {
        TLanes factor = TLanes.Of(scale);
        for (nuint place = start; place < end; place += TLanes.Count)
        {
            TLanes next = rule.Next(place, TLanes.Load(ref weights, place), TLanes.Load(ref gradients, place) * factor);
            TLanes.Store(next, ref weights, place);
            TLanes.Store(default, ref gradients, place);
        }
    }
}
