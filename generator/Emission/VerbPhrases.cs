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

    /// <summary>The type arguments that a model with a head has beside the others.</summary>
    public string DataTypes => model.Head is null ? "" : $", {Input}, {Target}";

    /// <summary>Type of what the loss compares with.</summary>
    public string Target => model.Head?.Kind == LayerKind.Softmax ? "int" : "float";

    /// <summary>The parameter that takes the targets of a window.</summary>
    public string Targets => $"global::System.ReadOnlySpan<{Target}> targets";

    /// <summary>Shape of the targets, for documentation.</summary>
    public string TargetShape => model.Head?.Kind == LayerKind.Softmax
        ? $"{(model.IsManyToOne ? "One class" : "One class per step")}, in 0 .. OutputSize - 1; a negative one is ignored"
        : $"{(model.IsManyToOne ? "[OutputSize]" : "[steps x OutputSize]")}{(model.Head?.Kind == LayerKind.Sigmoid ? ", in 0 .. 1" : "")}";

    /// <summary>Checks a window and its targets.</summary>
    public IReadOnlyList<string> CheckWindow => model.IsManyToOne
        ? ["CheckInputs(inputs);", "CheckTargets(targets);"]
        : ["CheckTargets(targets, CheckInputs(inputs));"];

    /// <summary>Shape of the outputs, for documentation.</summary>
    public string OutputShape => model.IsManyToOne ? "[OutputSize], of the last step" : "[steps x OutputSize]";

    /// <summary>Shape of a window, for documentation.</summary>
    public string InputShape => _spec.Tokens ? "1 to <see cref=\"SequenceLength\"/> tokens" : "[steps x InputSize], 1 to <see cref=\"SequenceLength\"/> steps";

    /// <summary>Number of outputs of a window.</summary>
    public string Rows => model.IsManyToOne ? "1" : "steps";

    /// <summary>Length of the outputs of a window.</summary>
    public string OutputLength => model.IsManyToOne ? "OutputSize" : "steps * OutputSize";

    /// <summary>The runtime's class for the last layer's activation and loss.</summary>
    public string Head => $"{Services}.{(model.Head?.Kind ?? LayerKind.Linear)}Head";

    /// <summary>What the outputs of a head are.</summary>
    public string OutputMeaning() => model.Head?.Kind switch
    {
        LayerKind.Softmax => ", the probabilities of the classes",
        LayerKind.Sigmoid => ", probabilities",
        _ => "",
    };

    /// <summary>How many steps a layer runs, and, if it starts late, the first one.</summary>
    public string Steps(LayerPlan layer)
    {
        if (!layer.RunsOnce)
        {
            return "steps";
        }

        return layer.StartsLate ? "1, steps - 1" : "1";
    }

    /// <summary>A row of the outputs on the tape, before the head's activation.</summary>
    public string OutputRow(string row, string memory = "tape") =>
        $"{memory}.Slice({Row(model.Output.TapeOutputs, OutputIndex(row, memory), model.Output.OutputStride)}, OutputSize)";

    /// <summary>The gradient of the same row.</summary>
    public string GradientRow(string row) =>
        $"tape.Slice({Row(model.Output.TapeOutputGradients, OutputIndex(row, "tape"), model.Output.OutputGradientStride)}, OutputSize)";

    /// <summary>Where a row of the tape starts.</summary>
    public static string Row(int start, string index, int stride) =>
        start == 0 ? $"{index} * {Literals.Integer(stride)}" : $"{Literals.Integer(start)} + ({index} * {Literals.Integer(stride)})";

    /// <summary>The states of a layer, padding included.</summary>
    public static string States(string state, LayerPlan layer) =>
        $"{state}.Slice({Literals.Integer(layer.Place.State)}, {Literals.Integer(layer.States.Size)})";

    /// <summary>Statements that copy the states of a layer without the padding, which may hold anything after an infinite input.</summary>
    public static IEnumerable<string> CopyStates(string state, LayerPlan layer, Func<int, string, string> target) =>
        from k in Enumerable.Range(0, layer.Cell.States.Count)
        let offset = layer.States.Offsets[k]
        let length = Literals.Integer(layer.Cell.States[k].Size)
        select $"{state}.Slice({Literals.Integer(layer.Place.State + offset)}, {length}).CopyTo({target(offset, length)});";

    /// <summary>The last layer itself may be the one of which only one step counts.</summary>
    private string OutputIndex(string row, string memory) => model.Output.Handed switch
    {
        Handed.Last => memory == "tape" ? "(tape.Steps - 1)" : "(steps - 1)",
        Handed.First => "0",
        _ => row,
    };
}
