namespace RnnGen;

/// <summary>
/// The rate is multiplied by a factor when the validation loss stops improving: PyTorch's <c>ReduceLROnPlateau</c>. It counts
/// the losses that are passed to <see cref="Optimizer.Report"/>; <c>Fit</c> does so every <see cref="FitOptions.ValidateEvery"/> updates or, by default, every
/// epoch.
/// </summary>
public sealed record PlateauSchedule : Schedule
{
    private readonly float _gamma = 0.1f;
    private readonly long _patience = 10;
    private readonly float _threshold = 1e-4f;
    private readonly long _cooldown;
    private readonly float _lowestRate;

    /// <summary>The factor; greater than 0, at most 1. 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Gamma
    {
        get => _gamma;
        init => _gamma = Factor(value, nameof(Gamma));
    }

    /// <summary>Number of reports without improvement that are tolerated, at least 0; the next one reduces the rate. 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long Patience
    {
        get => _patience;
        init => _patience = AtLeastZero(value, nameof(Patience));
    }

    /// <summary>
    /// The relative improvement that counts: a better loss is below the best one times (1 - threshold). At least 0 and less than 1; 0.0001 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Threshold
    {
        get => _threshold;
        init => _threshold = OptimizerSettings.Fraction(value, nameof(Threshold));
    }

    /// <summary>Number of reports after a reduction that are not counted, at least 0. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long Cooldown
    {
        get => _cooldown;
        init => _cooldown = AtLeastZero(value, nameof(Cooldown));
    }

    /// <summary>The lowest rate, finite and at least 0. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float LowestRate
    {
        get => _lowestRate;
        init => _lowestRate = OptimizerSettings.Rate(value, nameof(LowestRate));
    }

    /// <inheritdoc/>
    public override bool NeedsValidation => true;

    /// <inheritdoc/>
    public override double Rate(double initial, long updates) => initial;

    /// <inheritdoc/>
    public override void Report(ScheduleProgress progress, float loss)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (loss < progress.BestLoss * (1.0 - Threshold))
        {
            progress.BestLoss = loss;
            progress.ReportsWithoutImprovement = 0;
        }
        else
        {
            progress.ReportsWithoutImprovement++;
        }

        if (progress.Cooldown > 0)
        {
            progress.Cooldown--;
            progress.ReportsWithoutImprovement = 0;
        }

        if (progress.ReportsWithoutImprovement > Patience)
        {
            Reduce(progress);
        }
    }

    private void Reduce(ScheduleProgress progress)
    {
        // PyTorch's limit: smaller reductions are skipped.
        const double Smallest = 1e-8;
        double rate = Math.Max((double)progress.LearningRate * (double)(decimal)Gamma, LowestRate);
        progress.LearningRate = progress.LearningRate - rate > Smallest ? (float)rate : progress.LearningRate;
        progress.Cooldown = Cooldown;
        progress.ReportsWithoutImprovement = 0;
    }
}
