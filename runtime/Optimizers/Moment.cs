using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Numbers that an optimizer keeps for every weight, zero at first, such as a mean of gradients.</summary>
/// <param name="Name">What a trainer's file calls them: PyTorch's name where there is one, such as <c>exp_avg</c>.</param>
/// <param name="IsSquare">Whether they are sums of squares, never negative: a root may be taken of them.</param>
public readonly record struct Moment(string Name, bool IsSquare = false);

/// <summary>The memory of a moment.</summary>
/// <param name="Moment">What it holds.</param>
/// <param name="Values">One number per weight, packed as the weights are.</param>
internal readonly record struct MomentBuffer(Moment Moment, AlignedBuffer Values)
{
    public string Name => Moment.Name;

    /// <summary>A bound on the numbers.</summary>
    public Bound Measure() => Moment.IsSquare ? Bound.OfPositive(Values.Span) : Bound.Of(Values.Span);
}
