using System.Globalization;
using RnnGen.Training;

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
    public bool IsDebugBuild => Advice.Contains(DebugBuild.Advice);

    /// <summary>What made the training slower or worse than it could be, or why there was nothing to do; see <see cref="TrainingProgress.Advice"/>.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>
    /// The reports of this call: losses, rates, gradient norms and validations by update, one every <see cref="FitOptions.ReportEvery"/> updates and one
    /// per validation, whether anything receives them or not.
    /// </summary>
    public IReadOnlyList<TrainingProgress> History { get; init; } = [];

    /// <summary>The result in one line, the same in every culture.</summary>
    /// <returns>Such as <c>completed after 300 updates, 1.2 s; validation: loss 1.234, accuracy 56.7 %, 1200 targets; best loss 1.2 after update 250</c>.</returns>
    public override string ToString()
    {
        string reason = StopReason switch
        {
            StopReason.Completed => "completed",
            StopReason.NoImprovement => "no improvement",
            StopReason.Cancelled => "cancelled",
            StopReason.NotFinite => "not finite",
            _ => "stopped",
        };

        // The time starts with the first update of the call.
        string time = Elapsed == TimeSpan.Zero ? "all before this call" : string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds:0.0} s");
        string text = string.Create(CultureInfo.InvariantCulture, $"{reason} after {Updates} updates, {time}");
        if (SkippedUpdates > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {SkippedUpdates} skipped");
        }

        if (Validation.Count > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $"; validation: {Validation}; best loss {BestLoss:G4} after update {BestUpdate}");
        }

        return Advice.Count > 0 ? $"{text}. {string.Join(" ", Advice)}" : text;
    }
}
