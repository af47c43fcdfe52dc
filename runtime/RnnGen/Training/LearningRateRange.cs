using RnnGen.Numerics;

namespace RnnGen;

/// <summary>The settings of <c>FindLearningRate</c>. The defaults suit most models.</summary>
public sealed record LearningRateRange
{
    private readonly int _updates = 100;
    private readonly float _lowest = 1e-6f;
    private readonly float _highest = 10;
    private readonly int? _batchSize;

    /// <summary>The first rate: finite, greater than 0, less than <see cref="Highest"/>. 0.000001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite or not greater than 0.</exception>
    public float Lowest
    {
        get => _lowest;
        init => _lowest = Positive(value, nameof(Lowest));
    }

    /// <summary>The last rate, unless the loss explodes before: finite, greater than <see cref="Lowest"/>. 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite or not greater than 0.</exception>
    public float Highest
    {
        get => _highest;
        init => _highest = Positive(value, nameof(Highest));
    }

    /// <summary>Number of updates from the lowest to the highest rate, at least 2. 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Updates
    {
        get => _updates;
        init => _updates = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(Updates), value, "Must be at least 2.");
    }

    /// <summary>Windows per update, at least 1. Null, the default, for the <c>BatchSize</c> of the model's declaration or, if it has none, 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int? BatchSize
    {
        get => _batchSize;
        init => _batchSize = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, "Must be at least 1.");
    }

    /// <summary>The seed of the order of the windows, which are shuffled. 0 by default.</summary>
    public int Seed { get; init; }

    /// <summary>The rate of an update: the logarithm rises evenly.</summary>
    internal float RateOf(int update) => (float)(Lowest * PortableMath.Power((double)Highest / Lowest, update / (Updates - 1.0)));

    private static float Positive(float value, string name) =>
        value > 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "Must be finite and greater than 0.");
}
