using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Decoupled weight decay (Loshchilov and Hutter 2019) of one update: before the rule, weights are multiplied by a factor.</summary>
/// <param name="mask">Which weights decay, 1 or 0; null if all do.</param>
/// <param name="keep">The factor.</param>
internal readonly ref struct WeightDecay(AlignedBuffer? mask, float keep)
{
    private readonly ref float _mask = ref mask is null ? ref Unsafe.NullRef<float>() : ref mask.Origin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Apply<TLanes>(TLanes weights, nuint place)
        where TLanes : struct, ILanes<TLanes> => Unsafe.IsNullRef(ref _mask)
        ? weights * TLanes.Of(keep)
        : weights * (TLanes.Of(1) - (TLanes.Load(ref _mask, place) * TLanes.Of(1 - keep)));

    public Bound Apply(Bound weights) => weights * (Unsafe.IsNullRef(ref _mask) ? Bound.Of(keep) : Bound.Of(1) + Bound.Of(1 - keep));
}
