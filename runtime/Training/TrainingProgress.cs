namespace RnnGen;

/// <summary>How far a training has come. <c>Fit</c> reports on its own thread; <see cref="Progress{T}"/> passes reports on to another.</summary>
public sealed record TrainingProgress
{
    /// <summary>Updates done.</summary>
    public required long Update { get; init; }

    /// <summary>Updates in all.</summary>
    public required long Updates { get; init; }

    /// <summary>The mean loss of the updates since the last report, those left out not counted; NaN if there was none.</summary>
    public required double Loss { get; init; }

    /// <summary>The validation after this very update, if there was one.</summary>
    public required Score? Validation { get; init; }

    /// <summary>The best validation loss so far; infinite before the first.</summary>
    public required double BestLoss { get; init; }

    /// <summary>The learning rate of the next update.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The norm of the last gradient, before it was clipped.</summary>
    public required float GradientNorm { get; init; }

    /// <summary>Updates of the trainer that were left out because something was not finite.</summary>
    public required long SkippedUpdates { get; init; }

    /// <summary>Targets per second since the last report, validations and checkpoints left out: characters per second, of a model of characters.</summary>
    public required double TargetsPerSecond { get; init; }

    /// <summary>
    /// Whether the model's code runs unoptimised, many times slower than it could, because its project is built for debugging.
    /// <c>&lt;Optimize&gt;true&lt;/Optimize&gt;</c> in the project file is the cure; the rest can still be debugged.
    /// </summary>
    public bool IsDebugBuild { get; init; }

    /// <summary>Time spent on updates in this call.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Time that the remaining updates will take, at the mean speed of this call.</summary>
    public required TimeSpan Remaining { get; init; }
}
