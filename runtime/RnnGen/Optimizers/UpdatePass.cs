using System.Runtime.CompilerServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// One pass of a rule over a range of the packed weights, a multiple of vectors of any width. Updates are limited by memory bandwidth, so
/// everything is read and written once.
/// </summary>
internal readonly ref struct UpdatePass<TRule>(ref float weights, ref float gradients, ref float first, ref float second, nuint start, nuint end, float scale)
    where TRule : struct, IUpdateRule
{
    private readonly ref float _weights = ref weights;
    private readonly ref float _gradients = ref gradients;
    private readonly ref float _first = ref first;
    private readonly ref float _second = ref second;

    /// <summary>Scales the gradients, updates weights and moments, and clears the gradients.</summary>
    public void Write(TRule rule, WeightDecay decay)
    {
        if (VectorMath.IsWide)
        {
            Write<WideLanes>(rule, decay, ref _weights, ref _gradients, ref _first, ref _second, start, end, scale);
        }
        else
        {
            Write<NarrowLanes>(rule, decay, ref _weights, ref _gradients, ref _first, ref _second, start, end, scale);
        }
    }

    /// <summary>Whether all values that <c>Write</c> would write are finite. Changes nothing.</summary>
    public bool IsFinite(TRule rule, WeightDecay decay) => VectorMath.IsWide
        ? IsFinite<WideLanes>(rule, decay, ref _weights, ref _gradients, ref _first, ref _second, start, end, scale)
        : IsFinite<NarrowLanes>(rule, decay, ref _weights, ref _gradients, ref _first, ref _second, start, end, scale);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<TLanes>(
        TRule rule, WeightDecay decay, ref float weights, ref float gradients, ref float firsts, ref float seconds, nuint start, nuint end, float scale)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes factor = TLanes.Of(scale);
        for (nuint place = start; place < end; place += TLanes.Count)
        {
            TLanes first = TRule.Moments > 0 ? TLanes.Load(ref firsts, place) : default;
            TLanes second = TRule.Moments > 1 ? TLanes.Load(ref seconds, place) : default;
            TLanes next = rule.Next(decay.Apply(TLanes.Load(ref weights, place), place), TLanes.Load(ref gradients, place) * factor, ref first, ref second);
            if (TRule.Moments > 0)
            {
                TLanes.Store(first, ref firsts, place);
            }

            if (TRule.Moments > 1)
            {
                TLanes.Store(second, ref seconds, place);
            }

            TLanes.Store(next, ref weights, place);
            TLanes.Store(default, ref gradients, place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite<TLanes>(
        TRule rule, WeightDecay decay, ref float weights, ref float gradients, ref float firsts, ref float seconds, nuint start, nuint end, float scale)
        where TLanes : struct, ILanes<TLanes>
    {
        // Zero times a finite number is zero; zero times infinity or NaN is NaN, which stays in the sum.
        TLanes zeros = default;
        TLanes factor = TLanes.Of(scale);
        for (nuint place = start; place < end; place += TLanes.Count)
        {
            TLanes first = TRule.Moments > 0 ? TLanes.Load(ref firsts, place) : default;
            TLanes second = TRule.Moments > 1 ? TLanes.Load(ref seconds, place) : default;
            TLanes next = rule.Next(decay.Apply(TLanes.Load(ref weights, place), place), TLanes.Load(ref gradients, place) * factor, ref first, ref second);
            zeros += (next * default(TLanes)) + (first * default(TLanes)) + (second * default(TLanes));
        }

        return TLanes.Sum(zeros) == 0;
    }
}
