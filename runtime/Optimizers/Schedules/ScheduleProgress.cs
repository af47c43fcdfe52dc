namespace RnnGen;

/// <summary>
/// What a <see cref="Schedule"/> has to remember about one optimizer. A schedule itself holds settings only, and one may serve many optimizers. A
/// trainer's file keeps these numbers, so that a resumed training goes on with them.
/// </summary>
public sealed class ScheduleProgress
{
    private float _learningRate;
    private float _bestLoss = float.PositiveInfinity;
    private long _reportsWithoutImprovement;
    private long _cooldown;

    internal ScheduleProgress(float learningRate) => _learningRate = learningRate;

    /// <summary>The rate that the schedule starts from: what <see cref="Schedule.Rate"/> is given. A schedule may lower it for good.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = OptimizerSettings.Rate(value, nameof(LearningRate));
    }

    /// <summary>The best loss reported so far; infinite at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">NaN.</exception>
    public float BestLoss
    {
        get => _bestLoss;
        set => _bestLoss = float.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(BestLoss), value, "Must not be NaN.") : value;
    }

    /// <summary>Reports in a row that were not better. At least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long ReportsWithoutImprovement
    {
        get => _reportsWithoutImprovement;
        set => _reportsWithoutImprovement = Schedule.AtLeastZero(value, nameof(ReportsWithoutImprovement));
    }

    /// <summary>Reports left that do not count, after a reduction. At least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long Cooldown
    {
        get => _cooldown;
        set => _cooldown = Schedule.AtLeastZero(value, nameof(Cooldown));
    }
}
