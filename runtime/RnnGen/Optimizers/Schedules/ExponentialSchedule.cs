using RnnGen.Numerics;

namespace RnnGen;

/// <summary>The rate is multiplied by a factor after every update: PyTorch's <c>ExponentialLR</c>, counted in updates.</summary>
/// <param name="Gamma">The factor; greater than 0, at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
public sealed record ExponentialSchedule(float Gamma) : Schedule
{
    /// <summary>The factor.</summary>
    public float Gamma { get; } = Factor(Gamma, nameof(Gamma));

    /// <inheritdoc/>
    public override double Rate(double initial, long updates) => initial * PortableMath.Power((double)(decimal)Gamma, updates);
}
