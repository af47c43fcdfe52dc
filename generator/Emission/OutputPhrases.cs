using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission;

/// <summary>The phrases about one output of a model. Of several heads, each has parameters and a size that are named after it.</summary>
internal sealed class OutputPhrases
{
    private readonly NodePlan _node;
    private readonly TapeLayout _tape;

    // An output that belongs to no head is scored as regression.
    private readonly Head _head;
    private readonly LayerSpec _layer;

    private readonly bool _isLane;

    /// <param name="model">The model.</param>
    /// <param name="output">The output.</param>
    /// <param name="isLane">Whether rows are those of one lane of a batch.</param>
    public OutputPhrases(ModelPlan model, OutputPlan output, bool isLane = false)
    {
        _isLane = isLane;
        _node = output.Node;
        _tape = isLane ? model.Batch!.Tape : model.Tape;
        StepOutput = model.Stream.Output(output.Node);
        _layer = output.Head ?? new LayerSpec("", new Linear(), output.Node.Size, output.Node.Size, Property: null);
        _head = (Head)_layer.Kind;
        Weight = _layer.Weight;
        HeadNames? names = model.Outputs.Count == 1 ? null : new HeadNames(output.Head!.Name);
        Name = names?.Head ?? "";
        Element = names?.Element ?? "";
        Values = names?.Values ?? "outputs";
        Targets = names?.Targets ?? "targets";
        Gradients = names?.Gradients ?? "outputGradients";
        Score = names?.Score ?? "score";
        Size = names?.Size ?? "OutputSize";
    }

    /// <summary>The head's name, or nothing for the only output.</summary>
    public string Name { get; }

    /// <summary>The element of a tuple with a value for each head.</summary>
    public string Element { get; }

    /// <summary>The parameter that takes the outputs.</summary>
    public string Values { get; }

    /// <summary>The parameter with the targets.</summary>
    public string Targets { get; }

    /// <summary>The parameter with the gradients of a loss of one's own.</summary>
    public string Gradients { get; }

    /// <summary>The local with its score.</summary>
    public string Score { get; }

    /// <summary>The constant with the numbers per row.</summary>
    public string Size { get; }

    /// <summary>What the loss is multiplied by.</summary>
    public double Weight { get; }

    /// <summary>Where it is after a step of a stream.</summary>
    public Operand StepOutput { get; }

    /// <summary>Whether a window gives one row, not one per step.</summary>
    public bool IsOnce => _node.IsReadOnce;

    /// <summary>The targets of a window in the nested type that holds those of all heads.</summary>
    public string Member => "TargetsOf" + Name;

    /// <summary>Whether the targets are classes.</summary>
    public bool IsClass => _head.HasClasses;

    /// <summary>Type of what the loss compares with.</summary>
    public string Target => IsClass ? "int" : "float";

    /// <summary>The runtime's class for activation and loss.</summary>
    public string Head => $"{VerbPhrases.Services}.{_head.Name}Head";

    /// <summary>Type of the parameter with the targets.</summary>
    public string TargetsType => $"global::System.ReadOnlySpan<{Target}>";

    /// <summary>Shape of the targets, for documentation.</summary>
    public string TargetShape => IsClass
        ? $"{(IsOnce ? "One class" : "One class per step")}, in 0 .. {Size} - 1; a negative one is ignored"
        : $"{PlainShape}{_head.TargetRange}; NaN is ignored";

    /// <summary>Shape of the outputs, for documentation.</summary>
    public string OutputShape => IsOnce ? $"[{Size}], of the last step" : $"[steps x {Size}]";

    public string PlainShape => IsOnce ? $"[{Size}]" : $"[steps x {Size}]";

    /// <summary>Number of rows of a window.</summary>
    public string Rows => IsOnce ? "1" : "steps";

    /// <summary>Length of the outputs of a window.</summary>
    public string Length => IsOnce ? Size : $"steps * {Size}";

    /// <summary>Length of the targets of a window.</summary>
    public string TargetLength => IsClass ? Rows : Length;

    /// <summary>What the outputs are.</summary>
    public string Meaning => _head.Outputs;

    /// <summary>What the loss is.</summary>
    public string Loss => _head.DescribeLoss(_layer);

    /// <summary>A statement that applies the head's activation to a row.</summary>
    public string Activate(string values, string target) => $"{Head}.Activate({values}, {target});";

    /// <summary>A call that gives the loss of a row and writes its gradient.</summary>
    public string LossCall(string values, string gradients, string target) => $"{LossClass}.Loss({values}, {gradients}, {target}{LossArgument})";

    /// <summary>A call that gives the score of a row.</summary>
    public string ScoreCall(string values, string target) => $"{LossClass}.Score({values}, {target}{LossArgument})";

    private string LossClass => $"{VerbPhrases.Services}.{_head.LossClass(_layer)}";

    private string LossArgument => _head.LossNumber(_layer) is double number ? $", {Literals.Float(number)}"
        : _head.TargetWeights(_layer) is { Count: > 0 } weights ? $", [{string.Join(", ", weights.Select(Literals.Float))}]"
        : "";

    /// <summary>The row of a span that holds all rows.</summary>
    public string RowOf(string span, string row) => $"{span}.Slice({row} * {Size}, {Size})";

    /// <summary>The target of a row, or of the only one.</summary>
    public string TargetOf(string? row) => IsClass ? $"{Targets}[{row ?? "0"}]" : row is null ? Targets : RowOf(Targets, row);

    /// <summary>The row in what a caller hands over lane by lane.</summary>
    public string RowOfLane(string row) => IsOnce ? "rows.Lane(lane)" : $"(rows.Start(lane) + {row})";

    /// <summary>Whether the rows of a window cannot be found without its number of steps.</summary>
    public bool ReadsSteps => !IsOnce || _node.Handed == Handed.Last;

    /// <summary>A row of the outputs, before the head's activation.</summary>
    public string OutputRow(string row) => $"window.Slice({_tape.Outputs(_node) + (TapeRow(row) * _node.OutputStride)}, {Size})";

    /// <summary>The gradient of the same row.</summary>
    public string GradientRow(string row) =>
        $"window.Slice({_tape.OutputGradients(_node) + (TapeRow(row) * _node.OutputGradientStride)}, {Size})";

    /// <summary>The last layer itself may be the one of which only one step counts.</summary>
    private Index TapeRow(Index row)
    {
        Index step = _node.Handed switch
        {
            Handed.Last => (Index)"steps" - 1,
            Handed.First => 0,
            _ => _node.RunsOnce ? 0 : row,
        };
        return _isLane ? (step * "lanes") + "lane" : step;
    }
}
