using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The phrases that the verbs of a model share: parameter lists, lengths, rows of the tape.</summary>
internal sealed class VerbPhrases(ModelPlan model)
{
    public const string Services = "global::RnnGen.CompilerServices";

    private readonly ModelSpec _spec = model.Spec;

    /// <summary>Type of what goes in.</summary>
    public string Input => _spec.Tokens ? "int" : "float";

    /// <summary>The parameter that takes a window.</summary>
    public string Inputs => $"global::System.ReadOnlySpan<{Input}> inputs";

    /// <summary>What the model puts out.</summary>
    public IReadOnlyList<OutputPhrases> Outputs { get; } = [.. model.Outputs.Select(output => new OutputPhrases(model, output))];

    /// <summary>The type arguments that a model with a head has beside the others. Of several heads, a nested type holds the targets.</summary>
    public string DataTypes => !model.HasHead ? "" : $", {Input}, {(Outputs.Count == 1 ? Outputs[0].Target : $"{_spec.Target.Self}.WindowTargets")}";

    /// <summary>Whether mini-batches go through the model side by side.</summary>
    public bool TrainsInBatches => model.Batch is not null && model.HasHead;

    /// <summary>The parameters that take the outputs.</summary>
    public string OutputParameters => string.Join(", ", Outputs.Select(o => o.ValuesParameter));

    /// <summary>The same as arguments.</summary>
    public string OutputArguments => string.Join(", ", Outputs.Select(o => o.Values));

    /// <summary>The parameters with the targets of a window.</summary>
    public string TargetParameters => string.Join(", ", Outputs.Select(o => o.TargetsParameter));

    /// <summary>The same as arguments.</summary>
    public string TargetArguments => string.Join(", ", Outputs.Select(o => o.Targets));

    /// <summary>Whether the number of steps matters to the targets.</summary>
    public bool TargetsHaveSteps => Outputs.Any(o => !o.IsOnce);

    /// <summary>Checks the targets of a window.</summary>
    public string CheckTargets => $"CheckTargets({TargetArguments}{(TargetsHaveSteps ? ", steps" : "")});";

    /// <summary>Checks a window and its targets.</summary>
    /// <param name="targets">The targets as arguments.</param>
    public IReadOnlyList<string> CheckWindow(string targets) => TargetsHaveSteps
        ? [$"CheckTargets({targets}, CheckInputs(inputs));"]
        : ["CheckInputs(inputs);", $"CheckTargets({targets});"];

    /// <summary>Documentation of the parameters that take the outputs.</summary>
    public IEnumerable<string> OutputDocs => Outputs.Select(o => $"/// <param name=\"{o.Values}\">Takes {o.OutputShape}{o.Meaning}.</param>");

    /// <summary>Documentation of the parameters with the targets.</summary>
    public IEnumerable<string> TargetDocs => Outputs.Select(o =>
        $"/// <param name=\"{o.Targets}\">{o.TargetShape}.{(Outputs.Count > 1 ? " Empty leaves this head out." : "")}</param>");

    /// <summary>Shape of a window, for documentation.</summary>
    public string InputShape => _spec.Tokens ? "1 to <see cref=\"SequenceLength\"/> tokens" : "[steps x InputSize], 1 to <see cref=\"SequenceLength\"/> steps";

    /// <summary>How many steps a layer runs, and, if it starts late, the first one.</summary>
    public string Steps(LayerPlan layer)
    {
        if (!layer.RunsOnce)
        {
            return "steps";
        }

        return layer.StartsLate ? "1, steps - 1" : "1";
    }

    /// <summary>Where a row of the tape starts.</summary>
    public static string Row(int start, string index, int stride) =>
        start == 0 ? $"{index} * {Literals.Integer(stride)}" : $"{Literals.Integer(start)} + ({index} * {Literals.Integer(stride)})";
}
