namespace RnnGen;

/// <summary>The rate shrinks by a factor with every update: PyTorch's <c>ExponentialLR</c>, counted in updates.</summary>
/// <param name="Gamma">The factor; more than 0, at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
public sealed record ExponentialSchedule(float Gamma) : Schedule
{
    /// <summary>The factor.</summary>
    public float Gamma { get; } = Factor(Gamma, nameof(Gamma));

    /// <inheritdoc/>
    public override double Rate(double initial, long updates) => initial * Math.Pow((double)(decimal)Gamma, updates);
}
