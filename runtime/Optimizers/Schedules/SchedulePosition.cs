namespace RnnGen;

/// <summary>A schedule at work: what has happened to the learning rate of one optimizer.</summary>
internal sealed class SchedulePosition(Schedule schedule, float initial)
{
    /// <summary>The rate that the schedule starts from; one that waits for plateaus lowers it.</summary>
    public float Initial { get; set; } = initial;

    /// <summary>The best loss reported so far.</summary>
    public float Best { get; set; } = float.PositiveInfinity;

    /// <summary>Reports in a row that were not better.</summary>
    public long Waited { get; set; }

    /// <summary>Reports that are still to be waited for after the last reduction.</summary>
    public long Cooldown { get; set; }

    public float Rate(long updates) => OptimizerSettings.Rate((float)schedule.Rate(Initial, updates), nameof(Optimizer.LearningRate));

    public void Report(float loss) => schedule.Report(this, loss);
}
