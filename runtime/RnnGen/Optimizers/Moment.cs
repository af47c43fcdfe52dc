using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Numbers that an optimizer keeps for every weight, initially zero, such as a mean gradient.</summary>
/// <param name="Name">The name in a trainer's file: PyTorch's if there is one, such as <c>exp_avg</c>.</param>
/// <param name="IsSquare">Whether they are sums of squares, which are never negative, so that a square root may be taken.</param>
public readonly record struct Moment(string Name, bool IsSquare = false);

/// <summary>The memory of a moment.</summary>
/// <param name="Moment">The moment.</param>
/// <param name="Values">One number per weight, packed like the weights.</param>
internal readonly record struct MomentBuffer(Moment Moment, AlignedBuffer Values)
{
    public string Name => Moment.Name;

    /// <summary>A bound on the numbers.</summary>
    public Bound Measure() => Moment.IsSquare ? Bound.OfPositive(Values.Span) : Bound.Of(Values.Span);
}
