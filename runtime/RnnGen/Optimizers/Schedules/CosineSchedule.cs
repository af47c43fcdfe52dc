using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// Half a cosine from the initial rate down to the lowest (Loshchilov and Hutter 2017), after a linear warm-up: PyTorch's
/// <c>LinearLR</c> followed by <c>CosineAnnealingLR</c>, counted in updates. Afterwards, the rate stays at the lowest.
/// </summary>
/// <param name="Updates">Total number of updates, including the warm-up; at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
public sealed record CosineSchedule(long Updates) : Schedule
{
    private readonly long _warmupUpdates;
    private readonly float _warmupFactor = 1f / 3;
    private readonly float _lowestRate;

    /// <summary>Total number of updates, including the warm-up.</summary>
    public long Updates { get; } = AtLeastOne(Updates, nameof(Updates));

    /// <summary>Number of updates of the warm-up, at least 0. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long WarmupUpdates
    {
        get => _warmupUpdates;
        init => _warmupUpdates = AtLeastZero(value, nameof(WarmupUpdates));
    }

    /// <summary>The factor of the initial rate at the start of the warm-up; greater than 0, at most 1. 1/3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float WarmupFactor
    {
        get => _warmupFactor;
        init => _warmupFactor = Factor(value, nameof(WarmupFactor));
    }

    /// <summary>The rate at the end, finite and at least 0. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float LowestRate
    {
        get => _lowestRate;
        init => _lowestRate = OptimizerSettings.Rate(value, nameof(LowestRate));
    }

    /// <inheritdoc/>
    public override double Rate(double initial, long updates)
    {
        if (updates < WarmupUpdates)
        {
            return initial * (WarmupFactor + ((1.0 - WarmupFactor) * updates / WarmupUpdates));
        }

        double share = Math.Min(1, (updates - WarmupUpdates) / (double)Math.Max(1, Updates - WarmupUpdates));
        return LowestRate + ((initial - LowestRate) * (1 + PortableMath.SinCosOfTurns(share / 2).Cosine) / 2);
    }
}
