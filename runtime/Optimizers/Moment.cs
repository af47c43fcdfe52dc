using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Numbers that an optimizer keeps for every weight.</summary>
/// <param name="Name">PyTorch's name, such as <c>exp_avg</c>.</param>
/// <param name="Values">One number per weight, packed as the weights are.</param>
/// <param name="IsSquare">Whether they are sums of squares, never negative.</param>
internal readonly record struct Moment(string Name, AlignedBuffer Values, bool IsSquare = false)
{
    public static Moment Of(IRnnModel model, string name) => new(name, new AlignedBuffer(model.Weights.Values.Length));

    public static Moment OfSquares(IRnnModel model, string name) => Of(model, name) with { IsSquare = true };

    /// <summary>A bound on them.</summary>
    public Bound Measure() => IsSquare ? Bound.OfPositive(Values.Span) : Bound.Of(Values.Span);
}
