namespace RnnGen;

/// <summary>Why <c>Fit</c> ended.</summary>
public enum FitEnd
{
    /// <summary>All updates are done.</summary>
    Completed,

    /// <summary>The validations have not become better for a while.</summary>
    NoImprovement,

    /// <summary>Cancellation was asked for.</summary>
    Cancelled,

    /// <summary>
    /// Updates were only left out, because something was not finite: at least 100 in a row and enough of them to see every window once, or all updates of the
    /// call. Each call counts anew, also after <c>Resume</c>.
    /// </summary>
    NotFinite,
}

/// <summary>What <c>Fit</c> has done.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="Updates">Updates since the trainer's first <c>Fit</c>.</param>
/// <param name="Validation">The last validation; all zero without one.</param>
/// <param name="BestLoss">The best validation loss; infinite without one.</param>
/// <param name="BestUpdate">The update after which it was reached.</param>
/// <param name="Targets">Targets trained on in this call.</param>
/// <param name="Elapsed">Time spent on updates in this call, without validations and checkpoints.</param>
public sealed record FitResult(FitEnd End, long Updates, Score Validation, double BestLoss, long BestUpdate, long Targets, TimeSpan Elapsed)
{
    /// <summary>
    /// Updates of the trainer that were left out because something was not finite, those before this call included. <see cref="Updates"/> counts those of
    /// <c>Fit</c>, too.
    /// </summary>
    public long SkippedUpdates { get; init; }

    /// <summary>Whether the model's code ran unoptimised, as <see cref="TrainingProgress.IsDebugBuild"/> tells during training.</summary>
    public bool IsDebugBuild { get; init; }
}
