using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The phrases that the verbs of a model share: parameter lists, lengths, rows of the tape.</summary>
/// <param name="model">The model.</param>
/// <param name="isBatch">Whether windows are those of the lanes of a batch.</param>
internal sealed class VerbPhrases(ModelPlan model, bool isBatch = false)
{
    public const string Services = "global::RnnGen.CompilerServices";
    public const string Memory = Services + ".Memory";

    private readonly ModelSpec _spec = model.Spec;

    /// <summary>The rows of a window, which a tape, a stream or a batch has.</summary>
    public static string Window(string owner) => $"global::System.Span<float> window = {Memory}.Window({owner});";

    /// <summary>The rows of those steps of a stream's window that are taken at a time.</summary>
    public static string Chunk(ModelPlan model) => $"global::System.Span<float> window = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref {Memory}.Ahead(state), {Literals.Integer(model.AheadSize)});";

    /// <summary>The windows of a batch, or of the one that a tape has recorded.</summary>
    public static string Rows(string owner) => $"{Services}.BatchRows rows = {Memory}.Rows({owner});";

    /// <summary>The member of the weights that steps which are not recorded read: narrow copies follow the weights first.</summary>
    public static string StepOrigin(ModelPlan model) => model.Layers.Any(layer => layer.Step.ReadsNarrowWeights) ? "StepOrigin" : "Origin";

    /// <summary>Type of what goes in.</summary>
    public string Input => _spec.Tokens ? "int" : "float";

    /// <summary>Type of the parameter that takes a window.</summary>
    public string InputType => $"global::System.ReadOnlySpan<{Input}>";

    /// <summary>The parameter that takes a window.</summary>
    public string Inputs => $"{InputType} inputs";

    /// <summary>The outputs of the model.</summary>
    public IReadOnlyList<OutputPhrases> Outputs { get; } = [.. model.Outputs.Select(output => new OutputPhrases(model, output, isBatch))];

    /// <summary>The stream or the batch that a verb advances.</summary>
    public string Owner => isBatch ? "batch" : "state";

    /// <summary>The type arguments of a model with a head: input and target. With several heads, a nested type holds the targets.</summary>
    public string DataTypes => $"{Input}, {(Outputs.Count == 1 ? Outputs[0].Target : $"{_spec.Target.Self}.WindowTargets")}";

    /// <summary>Whether mini-batches are computed as batches.</summary>
    public bool TrainsInBatches => model.Batch is not null && model.HasHead;

    /// <summary>What takes the outputs, as arguments.</summary>
    public string OutputArguments => string.Join(", ", Outputs.Select(o => o.Names.Values));

    /// <summary>The length of the outputs of all heads, one behind the other.</summary>
    /// <param name="steps">Number of steps, of all windows together.</param>
    /// <param name="lanes">Number of windows.</param>
    public string OutputsLength(string steps, string lanes) => Sum(Outputs.Select(o => LengthOf(o, steps, lanes)));

    /// <summary>The parts of a span with the outputs of all heads, one behind the other.</summary>
    /// <param name="span">The span.</param>
    /// <param name="steps">Number of steps, of all windows together.</param>
    /// <param name="lanes">Number of windows.</param>
    public IEnumerable<string> PartsOf(string span, string steps, string lanes) => Outputs.Select((output, k) =>
        $"{span}.Slice({Sum(Outputs.Take(k).Select(o => LengthOf(o, steps, lanes)))}, {LengthOf(output, steps, lanes)})");

    /// <summary>The parameters with the targets of a window.</summary>
    public string TargetParameters => string.Join(", ", Outputs.Select(o => $"{o.TargetsType} {o.Names.Targets}"));

    /// <summary>The same as arguments.</summary>
    public string TargetArguments => string.Join(", ", Outputs.Select(o => o.Names.Targets));

    /// <summary>Whether the number of steps matters to the targets.</summary>
    public bool TargetsHaveSteps => Outputs.Any(o => !o.IsOnce);

    /// <summary>Checks the targets of a window.</summary>
    public string CheckTargets => $"CheckTargets({TargetArguments}{(TargetsHaveSteps ? ", steps" : "")});";

    /// <summary>Checks a window and its targets.</summary>
    /// <param name="targets">The targets as arguments.</param>
    public IReadOnlyList<string> CheckWindow(string targets) => TargetsHaveSteps
        ? [$"CheckTargets({targets}, CheckInputs(inputs));"]
        : ["CheckInputs(inputs);", $"CheckTargets({targets});"];

    /// <summary>Shape of a window, for documentation.</summary>
    public string InputShape => _spec.Tokens ? "1 to <see cref=\"SequenceLength\"/> tokens" : "[steps x InputSize], 1 to <see cref=\"SequenceLength\"/> steps";

    /// <summary>Statements about a window, for those of all lanes.</summary>
    public void WriteEach(SourceWriter writer, IEnumerable<string> statements, string lanes = "rows.Lanes")
    {
        if (!isBatch)
        {
            writer.Lines(statements);
        }
        else if (statements.Any())
        {
            writer.Block($"for (int lane = 0; lane < {lanes}; lane++)", statements);
        }
    }

    private static string LengthOf(OutputPhrases output, string steps, string lanes)
    {
        string rows = output.IsOnce ? lanes : steps;
        return rows == "1" ? output.Names.Size : $"{rows} * {output.Names.Size}";
    }

    private static string Sum(IEnumerable<string> lengths)
    {
        string[] all = [.. lengths];
        return all.Length == 0 ? "0" : string.Join(" + ", all.Select(length => all.Length > 1 && length.Contains('*') ? $"({length})" : length));
    }
}
