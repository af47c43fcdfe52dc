namespace RnnGen;

/// <summary>A progress report of a training. <c>Fit</c> reports on the thread that called it; <see cref="Progress{T}"/> forwards reports to another.</summary>
public sealed record TrainingProgress
{
    /// <summary>Number of updates done.</summary>
    public required long Update { get; init; }

    /// <summary>Number of updates in total.</summary>
    public required long Updates { get; init; }

    /// <summary>The mean loss of the updates since the last report, without skipped ones; NaN if there were none.</summary>
    public required double Loss { get; init; }

    /// <summary>The validation after this update; null if there was none.</summary>
    public required Score? Validation { get; init; }

    /// <summary>The best validation loss so far; infinite before the first.</summary>
    public required double BestLoss { get; init; }

    /// <summary>The learning rate of the next update.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The norm of the last gradient, before it was clipped.</summary>
    public required float GradientNorm { get; init; }

    /// <summary>Number of updates of the trainer that were skipped because something was not finite.</summary>
    public required long SkippedUpdates { get; init; }

    /// <summary>Targets per second since the last report, without validations and checkpoints: characters per second for a model of characters.</summary>
    public required double TargetsPerSecond { get; init; }

    /// <summary>
    /// Whether the model's code runs unoptimized, and many times slower, because its project is compiled for debugging.
    /// <c>&lt;Optimize&gt;true&lt;/Optimize&gt;</c> in the project file fixes this; your code can still be debugged.
    /// </summary>
    public bool IsDebugBuild { get; init; }

    /// <summary>Time spent on updates in this call.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Estimated time of the remaining updates, at the mean speed of this call.</summary>
    public required TimeSpan Remaining { get; init; }
}
