using RnnGen.Numerics;

namespace RnnGen;

/// <summary>The rate is multiplied by a factor after every so many updates: PyTorch's <c>StepLR</c>, counted in updates.</summary>
/// <param name="Every">Number of updates between reductions; at least 1.</param>
/// <param name="Gamma">The factor; greater than 0, at most 1. 0.1 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
public sealed record StepSchedule(long Every, float Gamma = 0.1f) : Schedule
{
    /// <summary>Number of updates between reductions.</summary>
    public long Every { get; } = AtLeastOne(Every, nameof(Every));

    /// <summary>The factor.</summary>
    public float Gamma { get; } = Factor(Gamma, nameof(Gamma));

    /// <inheritdoc/>
    public override double Rate(double initial, long updates) => initial * PortableMath.Power((double)(decimal)Gamma, updates / Every);
}
