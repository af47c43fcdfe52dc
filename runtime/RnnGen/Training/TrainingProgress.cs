using System.Globalization;
using RnnGen.Training;

namespace RnnGen;

/// <summary>A progress report of a training. <c>Fit</c> reports on the thread that called it; <see cref="Progress{T}"/> forwards reports to another.</summary>
public sealed record TrainingProgress
{
    /// <summary>Number of updates done.</summary>
    public required long Update { get; init; }

    /// <summary>Number of updates in total.</summary>
    public required long Updates { get; init; }

    /// <summary>Number of epochs done, with a fraction: windows seen, divided by the number of windows. 0 for a loop without epochs.</summary>
    public double Epoch { get; init; }

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
    public bool IsDebugBuild => Advice.Contains(DebugBuild.Advice);

    /// <summary>
    /// What makes this training slower or worse than it could be, with the cure, in sentences: a Debug build, a [Normalization] that was not adapted; or why
    /// a <c>Fit</c> had nothing to do. Empty if all is well.
    /// </summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>Time spent on updates in this call.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Estimated time of the remaining updates, at the mean speed of this call.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>The report in one line, the same in every culture.</summary>
    /// <returns>Such as <c>update 150 of 300, 0:05 left, epoch 1.20, loss 1.234, validation 1.345, rate 0.002</c>.</returns>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"update {Update} of {Updates}");
        if (Update < Updates)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{(long)Remaining.TotalMinutes}:{Remaining.Seconds:00} left");
        }

        if (Epoch > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch:0.00}");
        }

        if (!double.IsNaN(Loss))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"loss {Loss:G4}");
        }

        if (Validation is Score score)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"validation {score.Loss:G4}");
        }

        if (!float.IsNaN(LearningRate))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"rate {LearningRate:G3}");
        }

        if (SkippedUpdates > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{SkippedUpdates} skipped");
        }
    }
}
