namespace RnnGen;

/// <summary>
/// The memory of a <see cref="Schedule"/> for one optimizer. A schedule itself has only settings, and may be used by several optimizers. A
/// trainer's file stores these numbers, so that a resumed training continues with them.
/// </summary>
public sealed class ScheduleProgress
{
    private float _learningRate;
    private float _bestLoss = float.PositiveInfinity;
    private long _reportsWithoutImprovement;
    private long _cooldown;

    internal ScheduleProgress(float learningRate) => _learningRate = learningRate;

    /// <summary>The rate that the schedule starts from, the first argument of <see cref="Schedule.Rate"/>. A change applies to all later updates.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = OptimizerSettings.Rate(value, nameof(LearningRate));
    }

    /// <summary>The best loss reported so far; infinite before the first report.</summary>
    /// <exception cref="ArgumentOutOfRangeException">NaN.</exception>
    public float BestLoss
    {
        get => _bestLoss;
        set => _bestLoss = float.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(BestLoss), value, "Must not be NaN.") : value;
    }

    /// <summary>Number of reports in a row that were not better. At least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long ReportsWithoutImprovement
    {
        get => _reportsWithoutImprovement;
        set => _reportsWithoutImprovement = Schedule.AtLeastZero(value, nameof(ReportsWithoutImprovement));
    }

    /// <summary>Number of reports after a reduction that will not be counted. At least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long Cooldown
    {
        get => _cooldown;
        set => _cooldown = Schedule.AtLeastZero(value, nameof(Cooldown));
    }
}
