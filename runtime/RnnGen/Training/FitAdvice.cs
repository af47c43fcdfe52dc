using System.Globalization;

namespace RnnGen.Training;

/// <summary>What <c>Fit</c> says before anything else, because nothing else would say it: the training runs, but slower or worse than it could, or has nothing to do.</summary>
internal static class FitAdvice
{
    /// <param name="model">The model.</param>
    /// <returns>A sentence for each cause, with its cure; none if all is well.</returns>
    public static IReadOnlyList<string> For(IRnnModel model) =>
    [
        .. DebugBuild.Has(model.GetType()) ? [DebugBuild.Advice] : Array.Empty<string>(),

        // Not an error: data can be normalized before, as an imported model may know them.
        .. model.Layers.Where(layer => layer.IsUnadapted).Select(layer =>
            $"The layer '{layer.Name}' ([Normalization]) was not adapted: with mean 0 and variance 1 it changes nothing. Call its Adapt with the training data before Fit."),
    ];

    /// <param name="plan">The plan.</param>
    /// <param name="options">The options that it is from.</param>
    /// <param name="done">Number of updates before the call, at least those of the plan.</param>
    /// <returns>Why a call had nothing to do, and what to set to train as long again.</returns>
    public static string NothingToDo(FitPlan plan, FitOptions options, long done)
    {
        (string option, long value) = options.Epochs is int epochs
            ? (nameof(options.Epochs), plan.FullEpochsAt(done) + epochs)
            : (nameof(options.Updates), done + plan.Updates);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"There was nothing to do: Updates and Epochs count from the trainer's first Fit, and {done} updates were done before. To train as long again, set {option} = {value}.");
    }
}
