namespace RnnGen;

/// <summary>The result of <c>Fit</c>.</summary>
/// <param name="StopReason">Why it stopped.</param>
/// <param name="Updates">Number of updates since the trainer's first <c>Fit</c>, including skipped ones.</param>
/// <param name="Validation">The last validation; all zeros if there was none.</param>
/// <param name="BestLoss">The best validation loss; infinite if there was none.</param>
/// <param name="BestUpdate">The update after which it was reached.</param>
/// <param name="Targets">Number of targets trained on in this call.</param>
/// <param name="Elapsed">Time spent on updates in this call, without validations and checkpoints.</param>
public sealed record FitResult(StopReason StopReason, long Updates, Score Validation, double BestLoss, long BestUpdate, long Targets, TimeSpan Elapsed)
{
    /// <summary>
    /// Number of updates of the trainer, also before this call, that were skipped because something was not finite.
    /// </summary>
    public long SkippedUpdates { get; init; }

    /// <summary>Whether the model's code ran unoptimized; see <see cref="TrainingProgress.IsDebugBuild"/>.</summary>
    public bool IsDebugBuild { get; init; }
}
