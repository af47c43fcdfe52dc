using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Programs;

/// <summary>
/// How windows are computed node by node, forward and backward. A single window and the lanes of a batch are the same walk: what concerns single
/// rows is done once, or for each lane in turn.
/// </summary>
/// <param name="model">The plan.</param>
/// <param name="isBatch">Whether it is about the lanes of a batch.</param>
/// <param name="isChunk">
/// Whether it is about some steps of a stream's window. Nodes that run once per window are not among them: they read the last step of a recurrent layer, which is among its states.
/// </param>
internal sealed class ModelWalk(ModelPlan model, bool isBatch, bool isChunk = false)
{
    private const string Runtime = "global::RnnGen.CompilerServices";
    private const string Memory = Runtime + ".Memory";
    private const string JoinRows = Runtime + ".JoinRows";

    private readonly TapeLayout _tape = isBatch ? model.Batch!.Tape : isChunk ? model.Chunk! : model.Tape;
    private readonly NodePlan[] _nodes = [.. model.Nodes.Where(n => !isChunk || !n.RunsOnce)];
    private readonly Index _lanes = isBatch ? "lanes" : 1;
    private readonly Index _lane = isBatch ? "lane" : 0;

    private static Index Steps => "steps";

    /// <summary>The memory of the window as a span; <c>memory</c> is the reference to its first float.</summary>
    private static string Window => "window";

    /// <summary>Forward; what is recorded stays in the memory of the tape.</summary>
    public IEnumerable<Statement> Forward(bool isRecorded) =>
    [
        .. model.Input.IsToken ? [] : CopyInputs(),
        .. _nodes.SelectMany(node => node switch
        {
            LayerPlan layer => Forward(layer, isRecorded),
            DropoutPlan dropout => EachLane([new Remark($"{dropout.Spec.Name}: dropout"), .. Forward(dropout, isRecorded)]),
            _ => EachLane(Forward((JoinPlan)node)),
        }),
    ];

    /// <summary>Back, from the gradients of the outputs.</summary>
    public IEnumerable<Statement> Backward() =>
    [
        .. ClearSums(),
        .. model.Nodes.Reverse().SelectMany(node => node switch
        {
            LayerPlan layer => Backward(layer),
            DropoutPlan dropout => EachLane([new Remark($"{dropout.Spec.Name}: dropout"), Backward(dropout)]),
            _ => EachLane(Backward((JoinPlan)node)),
        }),
        .. model.Spec.Tokens ? [] : EachLane([For.Up("step", 0, Steps,
            new Copy(new Slice(Window, OutputGradients(model.Input, "step"), "InputSize"), new Slice("inputGradients", CallersRow("step") * "InputSize", "InputSize")))]),
    ];

    /// <summary>Copies, adds or multiplies the sources of a join.</summary>
    /// <param name="join">The join.</param>
    /// <param name="source">Where a source is, and the distance between its rows.</param>
    /// <param name="target">Where the rows of the join are.</param>
    /// <param name="count">The number of rows.</param>
    public static IEnumerable<Statement> Join(JoinPlan join, Func<NodePlan, (Place, Index)> source, (Place Place, Index Stride) target, Index count)
    {
        yield return new Remark(Describe(join));
        for (int k = 0; k < join.Sources.Count; k++)
        {
            string verb = k == 0 || join.Kind == MergeKind.Concat ? "Copy" : join.Kind == MergeKind.Multiply ? "Multiply" : "Add";
            (Place Place, Index Stride) to = (target.Place.Plus(join.Column(k)), target.Stride);
            yield return Rows(verb, source(join.Sources[k]), to, join.Sources[k].Size, count, verb == "Multiply" ? [] : [new Factor(join.Factor)]);
        }
    }

    private IEnumerable<Statement> Forward(JoinPlan join) => Join(join, Read, Rows(join), Count(join));

    /// <summary>Without a recording, nothing is dropped.</summary>
    private IEnumerable<Statement> Forward(DropoutPlan dropout, bool isRecorded)
    {
        yield return Rows("Copy", Read(dropout.Source), Rows(dropout), dropout.Size, Count(dropout), [new Factor(1)]);
        if (isRecorded)
        {
            (Place Place, Index) masks = Masks(dropout);
            Index rows = dropout.IsVariational ? 1 : Count(dropout);
            yield return DrawMasks(masks.Place.Offset, dropout.MaskStride, dropout.Size, rows, dropout.Rate, dropout.Kept);
            yield return Rows("Multiply", masks, Rows(dropout), dropout.Size, Count(dropout));
        }
    }

    private IEnumerable<Statement> Forward(LayerPlan layer, bool isRecorded)
    {
        bool hasStates = layer.States.Size > 0;
        string streams = isBatch ? "batch" : "state";
        return
        [
            new Remark(layer.Name),
            .. !hasStates ? [] : EachLane([MoveStates("ReadStates", streams, layer, States(layer.IsReverse ? Steps : -1))], readsSteps: layer.IsReverse),
            .. isRecorded && layer.Cell.Masks.Count > 0 ? EachLane(DrawMasks(layer)) : [],
            Call(layer, isRecorded ? "Forward" : "Run", isBatch ? "Batch" : "", "weights", layer.ReadsTokens),
            .. !hasStates ? [] : EachLane([MoveStates("WriteStates", streams, layer, States(layer.IsReverse ? 0 : Steps - 1))], readsSteps: !layer.IsReverse),
        ];

        Index States(Index step) => _tape.StatesAfter(layer) + (Row(step) * layer.RowStride(Region.State));
    }

    private IEnumerable<Statement> Backward(LayerPlan layer)
    {
        bool hasStates = layer.States.Size > 0;
        int gradients = _tape.Of(layer, Region.StateGradients).Start;
        int stride = layer.RowStride(Region.StateGradients);
        return
        [
            new Remark(layer.Name),
            .. layer.Handed != Handed.All && !layer.SumsGradients ? ClearUnread(layer) : [],
            .. !hasStates ? [] : EachLane([MoveStates("ReadStates", "finalStateGradients", layer, Gradients(layer.IsReverse ? 1 : Steps & 1))], readsSteps: !layer.IsReverse),
            .. layer.Backward.Stages.Count > 0 ? [Call(layer, "Backward", isBatch ? "Batch" : "", "transposed", readsTokens: false)] : new Statement[0],
            .. layer.HasGradients ? [Call(layer, "AddGradients", isBatch ? "OfBatch" : "", "gradients", layer.ReadsTokens)] : new Statement[0],
            .. !hasStates ? [] : EachLane(
            [
                MoveStates("WriteStates", isBatch ? "tape.InitialBatchGradients!" : "tape.InitialStateGradients", layer, Initial()),
                .. layer.InitialStates is null ? [] : new[] { new IfSet(isBatch ? Index.Call("rows.StartsAsLearned", "lane") : Index.Call(Memory + ".StartsAsLearned", "tape"), [.. AddToInitial()]) },
            ], readsSteps: layer.IsReverse),
            .. layer.Source.SumsGradients && !layer.ReadsTokens ? EachLane([AddToSource()]) : [],
        ];

        Index Gradients(Index turn) => gradients + (Row(turn) * stride);

        // Gradients of the states before the window.
        Index Initial() => Gradients(layer.IsReverse ? (Steps - 1) & 1 : 0);

        // Without the padding: optimizers update it, too.
        IEnumerable<Statement> AddToInitial() =>
            from k in Enumerable.Range(0, layer.Cell.States.Count)
            let offset = layer.States.Offsets[k]
            select Rows("Add", (new Place("memory", Initial() + offset), 0), (new Place("gradients", layer.InitialStates!.Value + offset), 0), layer.Cell.States[k].Size, 1, [new Factor(1)]);

        Statement AddToSource()
        {
            Index own = _tape.InputGradients(layer) + (ReadRow(layer.Source) * layer.Source.OutputGradientStride);
            return AddTo(layer.Source, (new Place("memory", own), Stride(layer.Source.OutputGradientStride)), layer.RunsOnce ? 1 : Steps, 1);
        }
    }

    /// <summary>From the gradients of the rows to those of the sources, which are sums.</summary>
    private IEnumerable<Statement> Backward(JoinPlan join)
    {
        yield return new Remark(Describe(join));
        for (int k = 0; k < join.Sources.Count; k++)
        {
            NodePlan source = join.Sources[k];
            (Place, Index) from = (new Place("memory", OutputGradients(join, 0) + join.Column(k)), Stride(join.OutputGradientStride));
            yield return join.Kind == MergeKind.Multiply
                ? Product(from, Read(join.Sources[1 - k]), source, Count(join))
                : AddTo(source, from, Count(join), join.Factor);
        }
    }

    /// <summary>Dropped elements have no gradient.</summary>
    private CallRuntime Backward(DropoutPlan dropout) => Product(
        (new Place("memory", OutputGradients(dropout, 0)), Stride(dropout.OutputGradientStride)), Masks(dropout), dropout.Source, Count(dropout));

    private IEnumerable<Statement> CopyInputs()
    {
        InputPlan input = model.Input;
        if (!isBatch && input.OutputStride == input.Size)
        {
            return [new Copy(new Slice("inputs", 0, null), new Slice(Window, _tape.Outputs(input), "inputs.Length"))];
        }

        var to = new Slice(Window, _tape.Outputs(input) + (Row("step") * input.OutputStride), "InputSize");
        return EachLane([For.Up("step", 0, Steps, new Copy(new Slice("inputs", CallersRow("step") * "InputSize", "InputSize"), to))]);
    }

    private IEnumerable<Statement> DrawMasks(LayerPlan layer)
    {
        int stride = layer.RowStride(Region.Masks);
        for (int k = 0; k < layer.Cell.Masks.Count; k++)
        {
            CellMask mask = layer.Cell.Masks[k];
            Index first = _tape.Of(layer, Region.Masks).Start + layer.Masks.Offsets[k] + (_lane * stride);
            yield return DrawMasks(first, stride, mask.Value.Size, mask.EveryStep ? Steps : 1, mask.Rate, mask.Kept);
            if (!mask.EveryStep)
            {
                var row = new Place("memory", first);
                yield return Rows("Copy", (row, 0), (row, Stride(stride)), mask.Value.Size, Steps, [new Factor(1)]);
            }
        }
    }

    private CallRuntime DrawMasks(Index first, int stride, int size, Index rows, double rate, double kept) => new(Memory, "DrawMasks",
        new Quantity("tape"), new Quantity(first), new Quantity(Stride(stride)), new Quantity(size), new Quantity(rows), new Factor(rate), new Factor(kept));

    /// <summary>Gradients to which several readers add start at zero.</summary>
    private IEnumerable<Statement> ClearSums()
    {
        NodePlan[] sums = [.. model.Nodes.Prepend(model.Input).Where(n => n.SumsGradients && n is not InputPlan { IsToken: true })];
        Index rows = isBatch ? "rows.Count" : "steps";
        return sums.Length == 0 ? [] :
        [
            new Remark("Gradients with several contributions start at zero."),
            .. sums.Select(node => new Clear(new Slice(Window, _tape.OutputGradients(node), (node.RunsOnce ? _lanes : rows) * node.OutputGradientStride))),
        ];
    }

    /// <summary>A layer of which one step is read has no gradients at the others.</summary>
    private IEnumerable<Statement> ClearUnread(LayerPlan layer)
    {
        (Index first, Index end) = layer.IsReverse ? ((Index)1, Steps) : (0, Steps - 1);
        return
        [
            new Remark(layer.IsReverse ? "Only the first step is read: the gradients of the others are zero." : "Only the last step is read: the gradients of the others are zero."),
            .. !isBatch
                ? [new Clear(new Slice(Window, OutputGradients(layer, first), (Steps - 1) * layer.OutputGradientStride))]
                : EachLane([For.Up("step", first, end, new Clear(new Slice(Window, OutputGradients(layer, "step"), layer.OutputGradientStride)))]),
        ];
    }

    private IEnumerable<Statement> EachLane(IEnumerable<Statement> body, bool readsSteps = true) => !isBatch ? body :
        [For.Up("lane", 0, "lanes", [.. readsSteps ? [new Local("steps", Index.Call("rows.Length", "lane"))] : new Statement[0], .. body])];

    private CallKernel Call(LayerPlan layer, string name, string suffix, string weights, bool readsTokens)
    {
        Argument[] window = isBatch ? [new Quantity("rows")]
            : !layer.RunsOnce ? [new Quantity(Steps)]
            : layer.StartsLate ? [new Quantity(1), new Quantity(Steps - 1)]
            : [new Quantity(1)];
        return new CallKernel(layer, name + suffix, [new Place(weights, 0), new Place("memory", 0), .. readsTokens ? [new Place("tokens", 0)] : new Argument[0], .. window]);
    }

    /// <summary>Moves the states of a layer from a stream, or from a lane, to their row of the window, or back.</summary>
    private CallRuntime MoveStates(string verb, string streams, LayerPlan layer, Index row) => new(Memory, verb,
    [
        new Quantity(streams), .. isBatch ? [new Quantity(Index.Call("rows.Lane", "lane"))] : new Argument[0],
        new Quantity(model.Stream.States(layer)), new Slice(Window, row, layer.States.Size),
    ]);

    private CallRuntime AddTo(NodePlan source, (Place, Index) from, Index count, double factor) =>
        Rows("Add", from, Gradients(source), source.Size, count, [new Factor(factor)]);

    private CallRuntime Product((Place, Index) left, (Place, Index) right, NodePlan source, Index count) => new(
        JoinRows, "AddProduct", [.. Of(left), .. Of(right), .. Of(Gradients(source)), new Quantity(source.Size), new Quantity(count)]);

    private static CallRuntime Rows(string verb, (Place, Index) from, (Place, Index) to, int size, Index count, params IEnumerable<Argument> more) =>
        new(JoinRows, verb, [.. Of(from), .. Of(to), new Quantity(size), new Quantity(count), .. more]);

    private static Argument[] Of((Place Place, Index Stride) rows) => [rows.Place, new Quantity(rows.Stride)];

    /// <summary>The row of a step, of the lane at hand.</summary>
    private Index Row(Index step) => (step * _lanes) + _lane;

    /// <summary>The same in the caller's data, which is lane by lane.</summary>
    private Index CallersRow(Index step) => isBatch ? Index.Call("rows.Start", "lane") + step : step;

    private Index OutputGradients(NodePlan node, Index step) => _tape.OutputGradients(node) + (Row(step) * node.OutputGradientStride);

    /// <summary>The rows of a node, and the distance between them.</summary>
    private (Place, Index) Rows(NodePlan node) => (new Place("memory", _tape.Outputs(node) + (_lane * node.OutputStride)), Stride(node.OutputStride));

    /// <summary>Those of a source, or the one of them that is read.</summary>
    private (Place, Index) Read(NodePlan source) =>
        (new Place("memory", _tape.Outputs(source) + (ReadRow(source) * source.OutputStride)), Stride(source.OutputStride));

    /// <summary>Their gradients.</summary>
    private (Place, Index) Gradients(NodePlan source) =>
        (new Place("memory", _tape.OutputGradients(source) + (ReadRow(source) * source.OutputGradientStride)), Stride(source.OutputGradientStride));

    /// <summary>The factors of a dropout.</summary>
    private (Place, Index) Masks(DropoutPlan dropout) =>
        (new Place("memory", _tape.Masks(dropout) + (_lane * dropout.OutputStride)), Stride(dropout.MaskStride));

    private Index ReadRow(NodePlan source) => Row(source.Handed == Handed.Last ? Steps - 1 : 0);

    /// <summary>The distance between two steps of the same lane.</summary>
    private Index Stride(int floats) => floats * _lanes;

    private static Index Count(NodePlan node) => node.RunsOnce ? 1 : Steps;

    private static string Describe(JoinPlan join) => join.Name + ": " + join.Kind switch
    {
        MergeKind.Concat => "concatenation",
        MergeKind.Sum => "sum",
        MergeKind.Average => "mean",
        _ => "product",
    };
}
