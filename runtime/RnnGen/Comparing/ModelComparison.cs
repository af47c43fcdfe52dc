namespace RnnGen.Comparing;

/// <summary>One comparison of two models of the same layers.</summary>
internal sealed class ModelComparison<TInput>(IRnnModel<TInput> model, IRnnModel<TInput> narrow, ComparedData<TInput> data, CompareOptions options)
{
    public CompareResult Run()
    {
        // First of all, because it checks every window.
        Score? loss = data.Evaluate(model);
        Score? narrowLoss = data.Evaluate(narrow);
        PairRun<TInput> run = Pair(narrow);
        NarrowLayer[] layers = NarrowLayer.AllOf(narrow);
        LayerSensitivity[] sensitivities = options.Sensitivity || HasBound ? [.. layers.Select(layer => SensitivityOf(layer, loss))] : [];
        return new CompareResult
        {
            HasSameWeights = SameLayers.HaveSameWeights(model, narrow),
            Windows = data.Count,
            Steps = run.Steps,
            Outputs = run.Outputs,
            Window = run.Place.Window,
            Step = run.Place.Step,
            Output = run.Place.Output,
            States = run.States,
            Parts = run.PartErrors,
            Score = loss,
            NarrowScore = narrowLoss,
            Decisions = run.Decisions,
            DecisionsChanged = run.DecisionsChanged,
            Layers = sensitivities,
            KeepWide = HasBound ? Search(layers, sensitivities, run.Outputs, loss, narrowLoss) : null,
        };
    }

    private bool HasBound => options.LossIncrease is not null || options.OutputError is not null;

    private PairRun<TInput> Pair(IRnnModel<TInput> other) => new PairRun<TInput>(model, data, options.Threshold).With(other);

    private LayerSensitivity SensitivityOf(NarrowLayer layer, Score? loss)
    {
        (SignalError outputs, double? increase) = Rounded([layer], loss);
        return new LayerSensitivity(layer.Layer.Name, layer.Format, layer.Bytes, layer.NarrowBytes, outputs, increase);
    }

    /// <summary>Keeps one layer after the other, the one whose rounding costs most first, until the rest is within the bounds.</summary>
    private string[] Search(NarrowLayer[] layers, LayerSensitivity[] sensitivities, SignalError outputs, Score? loss, Score? narrowLoss)
    {
        NarrowLayer[] order = [.. layers.Zip(sensitivities)
            .OrderByDescending(pair => options.LossIncrease is null ? pair.Second.Outputs.Largest : pair.Second.LossIncrease)
            .Select(pair => pair.First)];
        if (IsWithin(outputs.Largest, narrowLoss?.Loss - loss?.Loss) || order.Length == 0)
        {
            return [];
        }

        // A model of floats cannot round inputs and states. What they add when all layers are narrow, they are taken to add in proportion when some are.
        (SignalError allErrors, double? allIncrease) = Rounded(order, loss);
        double perError = Math.Max(1, outputs.Largest / allErrors.Largest);
        double? perIncrease = Math.Max(1, (narrowLoss?.Loss - loss?.Loss) / allIncrease is > 0 and double ratio ? ratio : double.PositiveInfinity);
        for (int kept = 1; kept < order.Length; kept++)
        {
            (SignalError errors, double? increase) = Rounded(order[kept..], loss);
            if (IsWithin(errors.Largest * perError, increase <= 0 ? increase : increase * perIncrease))
            {
                return Names(order[..kept]);
            }
        }

        return Names(order);
    }

    /// <summary>What comes of rounding the weights of some layers.</summary>
    private (SignalError Outputs, double? LossIncrease) Rounded(IEnumerable<NarrowLayer> layers, Score? loss)
    {
        IRnnModel<TInput> rounded = NarrowLayer.Rounded(model, narrow, layers);
        return (Pair(rounded).Outputs, data.Evaluate(rounded)?.Loss - loss?.Loss);
    }

    private bool IsWithin(double error, double? lossIncrease) =>
        (options.OutputError is null || error <= options.OutputError) && (options.LossIncrease is null || lossIncrease <= options.LossIncrease);

    private static string[] Names(IEnumerable<NarrowLayer> layers) => [.. layers.OrderBy(layer => layer.Index).Select(layer => layer.Layer.Name)];
}
