namespace RnnGen.Training;

/// <summary>What <c>Fit</c> says before anything else, because nothing else would say it: the training runs, but slower or worse than it could.</summary>
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
}
