using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission;

/// <summary>The phrases about one output of a model. Of several heads, each has parameters and a size that are named after it.</summary>
internal sealed class OutputPhrases
{
    private const string HeadRows = VerbPhrases.Services + ".HeadRows";

    private readonly NodePlan _node;
    private readonly TapeLayout _tape;
    private readonly TapeLayout? _chunk;

    // An output that belongs to no head is scored as regression.
    private readonly Head _head;
    private readonly LayerSpec _layer;

    private readonly Operand _stepOutput;
    private readonly bool _holds;
    private readonly int _held;
    private readonly bool _isLane;

    /// <param name="model">The model.</param>
    /// <param name="output">The output.</param>
    /// <param name="isLane">Whether windows are those of the lanes of a batch, and a caller hands over those of all.</param>
    public OutputPhrases(ModelPlan model, OutputPlan output, bool isLane = false)
    {
        _isLane = isLane;
        _node = output.Node;
        _chunk = model.Chunk;
        _tape = isLane ? model.Batch!.Tape : model.Tape;
        _stepOutput = model.Stream.Output(output.Node);
        _holds = model.Holds;
        _held = model.Stream.Held + model.Outputs.TakeWhile(o => o != output).Sum(o => o.Node.Size);
        _layer = output.Head ?? new LayerSpec("", new Linear(), output.Node.Size, output.Node.Size, Property: null);
        _head = (Head)_layer.Kind;
        Names = model.Outputs.Count == 1 ? HeadNames.Only : HeadNames.Of(output.Head!.Name);
    }

    /// <summary>Its parameters, size and so on.</summary>
    public HeadNames Names { get; }

    /// <summary>What the loss is multiplied by.</summary>
    public double Weight => _layer.Weight;

    /// <summary>Whether a window gives one row, not one per step.</summary>
    public bool IsOnce => _node.IsReadOnce;

    /// <summary>Whether the rows of a window cannot be found without its number of steps.</summary>
    public bool ReadsSteps => !IsOnce || _node.Handed == Handed.Last;

    /// <summary>The targets of a window in the nested type that holds those of all heads.</summary>
    public string Member => "TargetsOf" + Names.Head;

    /// <summary>Whether the targets are classes.</summary>
    public bool IsClass => _head.HasClasses;

    /// <summary>Whether the loss is that of the window as a whole.</summary>
    public bool IsOfWindow => _head.IsOfWindow;

    /// <summary>The memory that such a loss has in a tape, and in a stream or in each lane for scores.</summary>
    public string LossMember => "LossOf" + Names.Head;

    /// <summary>Its class; that for scores has another suffix.</summary>
    public string LossMemory(string suffix) => $"{VerbPhrases.Services}.{_head.Name}{suffix}";

    /// <summary>Whether outputs are probabilities.</summary>
    public bool HasLogits => _head.HasLogits;

    /// <summary>Whether outputs are what the layer computes.</summary>
    public bool IsLinear => _head.ActivationClass == new Linear().ActivationClass;

    /// <summary>Type of what the loss compares with.</summary>
    public string Target => IsClass ? "int" : "float";

    /// <summary>Type of the parameter with the targets.</summary>
    public string TargetsType => $"global::System.ReadOnlySpan<{Target}>";

    /// <summary>Shape of the targets, for documentation.</summary>
    public string TargetShape => _head.DescribeTargets(Names.Size, TargetWidth.ToString(), IsOnce);

    /// <summary>Shape of the outputs, for documentation.</summary>
    public string OutputShape => IsOnce ? $"[{Names.Size}], of the last step" : $"[steps x {Names.Size}]";

    public string PlainShape => IsOnce ? $"[{Names.Size}]" : $"[steps x {Names.Size}]";

    /// <summary>Length of the outputs that a caller hands over.</summary>
    public string Length => (Count * Names.Size).ToString();

    /// <summary>Length of the targets that a caller hands over.</summary>
    public string TargetLength => (Count * TargetWidth).ToString();

    /// <summary>What the outputs are.</summary>
    public string Meaning => _head.Outputs;

    /// <summary>What the loss is.</summary>
    public string Loss => _head.DescribeLoss(_layer);

    /// <summary>The output of the step before, ahead of the head's activation.</summary>
    public string StepValues => ValuesAt(_stepOutput.Region == Region.Next ? "States" : "Work", _stepOutput.Offset);

    /// <summary>The same of the last step that was not left out.</summary>
    public string HeldValues => ValuesAt("States", _held);

    /// <summary>The output of a step, among those of the steps that are taken at a time.</summary>
    /// <param name="step">The step, counted from the first of them.</param>
    public string ValuesInChunk(Index step) => $"window.Slice({_chunk!.Outputs(_node) + (step * _node.OutputStride)}, {Names.Size})";

    /// <summary>The outputs of all these steps, as arguments.</summary>
    public string RowsOfChunk => $"window, {Literals.Integer(_chunk!.Outputs(_node))}, {Literals.Integer(_node.OutputStride)}, {Names.Size}";

    /// <summary>The row of the step at hand in what a caller hands over; null for the only one.</summary>
    public Index? StepRow => IsOnce ? _isLane ? StartOfLane : null : _isLane ? StartOfLane + "step" : "step";

    /// <summary>The targets of the window, or of that of a lane; empty where all are.</summary>
    public string TargetsOfWindow => OfWindow(Names.Targets, TargetWidth);

    /// <summary>The same for gradients.</summary>
    public string GradientsOfWindow => OfWindow(Names.Gradients, Names.Size);

    /// <summary>The targets of one of several windows in the nested type that holds those of all heads.</summary>
    public string TargetsIn(string window) => $"targets[{window}].{Member}.Span";

    /// <summary>Applies the head's activation to one row.</summary>
    /// <param name="values">The row.</param>
    /// <param name="row">The caller's row; null for the only one.</param>
    public string Activate(string values, Index? row) =>
        $"{Head}.Activate({values}, {(row is null ? Names.Values : $"{Names.Values}.Slice({row * Names.Size}, {Names.Size})")});";

    /// <summary>Applies it to all rows of a window.</summary>
    public string ActivateRows => $"{Rows}.Activate({Head}, {(_isLane ? $"{Names.Values}.Slice({StartOfLane * Names.Size})" : Names.Values)});";

    /// <summary>Copies the logits of one row; the outputs, where there are no logits.</summary>
    /// <param name="values">The row.</param>
    /// <param name="target">Where they go.</param>
    public string CopyLogits(string values, string target) => HasLogits ? $"{values}.CopyTo({target});" : $"{Head}.Activate({values}, {target});";

    /// <summary>Copies those of all rows of a window.</summary>
    /// <param name="target">Where they go.</param>
    public string CopyAllLogits(string target) => $"{Rows}.Activate({(HasLogits ? $"default({VerbPhrases.Services}.LinearHead)" : Head)}, {target});";

    /// <summary>The score of one row.</summary>
    /// <param name="values">The row.</param>
    /// <param name="targets">The targets of all rows.</param>
    /// <param name="row">The row of these; null for the only one.</param>
    public string ScoreOfRow(string values, string targets, Index? row)
    {
        // A score overwrites its row, and what is held must stay.
        values = _holds ? $"{VerbPhrases.Memory}.Copy({values}, {StepValues})" : values;
        return IsOfWindow ? $"{Scorer}.Add({values}, {(Names.Head.Length == 0 ? TargetsOfWindow : targets)}, step, {(_isLane ? "rows.Length(lane)" : "steps")})"
        : $"{HeadRows}.Score({LossOfHead}, {values}, {(row is null ? targets : Slice(targets, row, 1, TargetWidth))})";
    }

    /// <summary>The score of all rows of a window.</summary>
    public string ScoreOfRows(string targets) => $"{Rows}.Score({(IsOfWindow ? Scorer : LossOfHead)}, {targets})";

    /// <summary>The loss of a recorded window; of several heads, the gradients are those of the weighted mean. Writes the gradients.</summary>
    public string LossOfRows(string targets) => Names.Head.Length == 0
        ? $"{Rows}.Loss({Trained}, {GradientRows}, {targets})"
        : $"{Rows}.MeanLoss({Trained}, {GradientRows}, {targets}, {Literals.Float(Weight)})";

    /// <summary>Back-propagates gradients of the outputs of a recorded window through the head's activation.</summary>
    public string Backward(string gradients) => $"{Rows}.Backward({Head}, {gradients}, {GradientRows});";

    private string Head => _head.ActivationHasArguments ? LossOfHead : $"default({VerbPhrases.Services}.{_head.ActivationClass})";

    private string Trained => IsOfWindow ? $"tape.{LossMember}" : LossOfHead;

    private string Scorer => $"{(_isLane ? "batch" : "state")}.{LossMember}{(_isLane ? "[lane]" : "")}";

    /// <summary>The loss, and what it needs to know of the head.</summary>
    public string LossOfHead => _head.NewLoss(_layer, VerbPhrases.Services, Names.Size, Names.Head.Length > 0);

    private string ValuesAt(string memory, int offset) => $"{VerbPhrases.Memory}.{memory}({(_isLane ? "batch, lane" : "state")}, {Literals.Integer(offset)}, {Names.Size})";

    /// <summary>Rows that a caller hands over: those of a window, or of all lanes.</summary>
    private Index Count => _isLane ? IsOnce ? "rows.Lanes" : "rows.Total" : IsOnce ? 1 : "steps";

    /// <summary>Targets per row.</summary>
    private Index TargetWidth => IsClass ? 1 : _head.TargetSize(_layer) is int size && size != _layer.Size ? (Index)size : Names.Size;

    /// <summary>The first row of a lane in what a caller hands over.</summary>
    private Index StartOfLane => Index.Call(IsOnce ? "rows.Lane" : "rows.Start", "lane");

    private string OfWindow(string span, Index width) => _isLane ? Slice(span, StartOfLane, IsOnce ? 1 : Index.Call("rows.Length", "lane"), width) : span;

    private static string Slice(string span, Index start, Index count, Index width) => $"{HeadRows}.Slice({span}, {start}, {count}, {width})";

    private string GradientRows => $"new({RowsAt(_tape.OutputGradients(_node), _node.OutputGradientStride)})";

    private string Rows => $"new {HeadRows}({RowsAt(_tape.Outputs(_node), _node.OutputStride)})";

    /// <summary>Where the rows of a window are, as arguments. The last layer itself may be the one of which only one step counts.</summary>
    private string RowsAt(int start, int stride)
    {
        if (!IsOnce)
        {
            return $"window, {Literals.Integer(start)}, {Literals.Integer(stride)}, {Names.Size}, {(_isLane ? "rows, lane" : "steps")}";
        }

        Index row = _node.Handed != Handed.Last ? _isLane ? "lane" : 0
            : _isLane ? Index.Call("rows.LastRow", "lane") : (Index)"steps" - 1;
        return $"window, {start + (row * stride)}, {Literals.Integer(stride)}, {Names.Size}, 1";
    }
}
