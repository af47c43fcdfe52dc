namespace RnnGen;

/// <summary>What <c>Fit</c> has done.</summary>
/// <param name="StopReason">Why it stopped.</param>
/// <param name="Updates">Updates since the trainer's first <c>Fit</c>.</param>
/// <param name="Validation">The last validation; all zero without one.</param>
/// <param name="BestLoss">The best validation loss; infinite without one.</param>
/// <param name="BestUpdate">The update after which it was reached.</param>
/// <param name="Targets">Targets trained on in this call.</param>
/// <param name="Elapsed">Time spent on updates in this call, without validations and checkpoints.</param>
public sealed record FitResult(StopReason StopReason, long Updates, Score Validation, double BestLoss, long BestUpdate, long Targets, TimeSpan Elapsed)
{
    /// <summary>
    /// Updates of the trainer that were left out because something was not finite, those before this call included. <see cref="Updates"/> counts those of
    /// <c>Fit</c>, too.
    /// </summary>
    public long SkippedUpdates { get; init; }

    /// <summary>Whether the model's code ran unoptimised, as <see cref="TrainingProgress.IsDebugBuild"/> tells during training.</summary>
    public bool IsDebugBuild { get; init; }
}
