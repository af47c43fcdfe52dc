using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints the way of windows through the nodes of a model, forward and back. One window and the lanes of a batch are the same walk: what
/// concerns single rows is done once, or for each lane in turn.
/// </summary>
/// <param name="writer">The text.</param>
/// <param name="model">The plan.</param>
/// <param name="isBatch">Whether it is about the lanes of a batch.</param>
internal sealed class ModelWalk(SourceWriter writer, ModelPlan model, bool isBatch)
{
    private readonly VerbPhrases _text = new(model);
    private readonly TapeLayout _tape = isBatch ? model.Batch!.Tape : model.Tape;
    private readonly JoinWriter _joins = new(writer, isBatch ? model.Batch!.Tape : model.Tape, model.Stream, isBatch);

    private string Suffix => isBatch ? "Batch" : "";

    public void WriteForward(string memory, bool isRecorded)
    {
        if (isBatch)
        {
            writer.Line("int lanes = rows.Lanes;");
        }

        WriteCopyInputs(memory, isRecorded);
        writer.Line("ref float weights = ref _weights.Origin;");
        writer.Line(isRecorded ? "ref float memory = ref tape.Memory;" : "ref float memory = ref window[0];");
        foreach (NodePlan node in model.Nodes)
        {
            writer.Line();
            WriteNode(node, layer => WriteForward(layer, memory, isRecorded), _joins.WriteForward, dropout => _joins.WriteForward(dropout, isRecorded));
        }
    }

    public void WriteBackward()
    {
        writer.Line(isBatch ? $"{VerbPhrases.Services}.BatchRows rows = tape.Rows;\nint lanes = rows.Lanes;" : "int steps = tape.Steps;");
        writer.Line("ref float transposed = ref _weights.Transposed;");
        writer.Line("ref float gradients = ref tape.GradientMemory;");
        writer.Line("ref float memory = ref tape.Memory;");
        WriteClears();
        foreach (NodePlan node in model.Nodes.Reverse())
        {
            writer.Line();
            WriteNode(node, WriteBackward, _joins.WriteBackward, _joins.WriteBackward);
        }

        if (!model.Spec.Tokens)
        {
            writer.Line();
            using (PerLane())
            using (writer.Open("for (int step = 0; step < steps; step++)"))
            {
                string row = isBatch ? "(rows.Start(lane) + step)" : "step";
                writer.Line($"tape.Slice({VerbPhrases.Row(_tape.OutputGradients(model.Input), Step, model.Input.OutputGradientStride)}, InputSize).CopyTo(tape.InputGradientRows.Slice({row} * InputSize, InputSize));");
            }
        }
    }

    private void WriteNode(NodePlan node, Action<LayerPlan> layer, Action<JoinPlan> join, Action<DropoutPlan> dropout)
    {
        if (node is LayerPlan one)
        {
            layer(one);
            return;
        }

        using (PerLane())
        {
            if (node is JoinPlan several)
            {
                join(several);
            }
            else
            {
                dropout((DropoutPlan)node);
            }
        }
    }

    private void WriteForward(LayerPlan layer, string memory, bool isRecorded)
    {
        writer.Line($"// {layer.Name}");
        string size = Literals.Integer(layer.States.Size);
        if (layer.States.Size > 0)
        {
            using (PerLane())
            {
                writer.Line($"{memory}.Slice({StatesBefore(layer, 0)}, {size}).Clear();");
                foreach (string line in CopyStates(isBatch ? "batch" : "state", layer, (offset, length) => $"{memory}.Slice({StatesBefore(layer, offset)}, {length})"))
                {
                    writer.Line(line);
                }
            }
        }

        if (isRecorded && layer.Cell.Masks.Count > 0)
        {
            using (PerLane())
            {
                WriteMasks(layer);
            }
        }

        string tokens = !layer.ReadsTokens ? "" : isRecorded ? ", ref tape.Tokens[0]" : isBatch ? ", ref batch.Tokens[0]" : ", ref tokens";
        writer.Line($"{KernelCalls.Prefix(model.Spec.Target)}{KernelCalls.Class(layer)}.{(isRecorded ? "Forward" : "Run")}{Suffix}(ref weights, ref memory{tokens}, {Steps(layer)});");
        if (layer.States.Size > 0)
        {
            using (PerLane())
            {
                writer.Line($"{memory}.Slice({StatesAfter(layer)}, {size}).CopyTo({Stream(isBatch ? "batch" : "state", model.Stream.States(layer), size)});");
            }
        }
    }

    private void WriteBackward(LayerPlan layer)
    {
        string name = KernelCalls.Prefix(model.Spec.Target) + KernelCalls.Class(layer);
        string size = Literals.Integer(layer.States.Size);
        int stride = Lanes.Stride(layer.States.Size);
        writer.Line($"// {layer.Name}");
        if (layer.Handed != Handed.All && !layer.SumsGradients)
        {
            WriteClearUnread(layer);
        }

        if (layer.States.Size > 0)
        {
            using (PerLane())
            {
                string last = isBatch ? "final" : GeneratedNames.FinalStates(layer.Name);
                string half = (layer.IsReverse, isBatch) switch
                {
                    (true, true) => "(lanes + lane)",
                    (true, false) => "1",
                    (false, true) => "(((steps & 1) * lanes) + lane)",
                    (false, false) => "(steps & 1)",
                };
                writer.Line($"global::System.Span<float> {last} = tape.Slice({VerbPhrases.Row(StateGradients(layer), half, stride)}, {size});");
                writer.Line($"{last}.Clear();");
                using (writer.Open("if (finalStateGradients is not null)"))
                {
                    foreach (string line in CopyStates("finalStateGradients", layer, (offset, length) => $"{last}.Slice({Literals.Integer(offset)}, {length})"))
                    {
                        writer.Line(line);
                    }
                }
            }

            writer.Line();
        }

        if (!isBatch || layer.Backward.Sweeps.Count > 0)
        {
            writer.Line($"{name}.Backward{Suffix}(ref transposed, ref memory, {Steps(layer)});");
        }

        if (layer.HasGradients)
        {
            string tokens = layer.ReadsTokens ? ", ref tape.Tokens[0]" : "";
            writer.Line($"{name}.AddGradients{(isBatch ? "OfBatch" : "")}(ref gradients, ref memory{tokens}, {Steps(layer)});");
        }

        if (layer.States.Size > 0)
        {
            using (PerLane())
            {
                writer.Line($"tape.Slice({First(0)}, {size}).CopyTo({Stream(isBatch ? "tape.InitialBatchGradients!" : "tape.InitialStateGradients", model.Stream.States(layer), size)});");
            }

            if (!isBatch && layer.InitialStates is not null)
            {
                using (writer.Open("if (tape.StartsAsLearned)"))
                {
                    _joins.WriteAddInitial(layer, First);
                }
            }
        }

        if (layer.Source.SumsGradients && !layer.ReadsTokens)
        {
            using (PerLane())
            {
                _joins.WriteAdd(layer);
            }
        }

        // Gradients of the states before the window.
        string First(int offset) => (layer.IsReverse, isBatch) switch
        {
            (true, true) => VerbPhrases.Row(StateGradients(layer) + offset, "((((steps - 1) & 1) * lanes) + lane)", stride),
            (true, false) => VerbPhrases.Row(StateGradients(layer) + offset, "((steps - 1) & 1)", stride),
            (false, true) => VerbPhrases.Row(StateGradients(layer) + offset, "lane", stride),
            (false, false) => Literals.Integer(StateGradients(layer) + offset),
        };
    }

    private void WriteCopyInputs(string memory, bool isRecorded)
    {
        InputPlan input = model.Input;
        if (!isBatch && input.IsToken)
        {
            writer.Line(isRecorded ? "inputs.CopyTo(tape.Tokens);\n" : "ref int tokens = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs);");
            return;
        }

        if (!isBatch && input.OutputStride == input.Size)
        {
            writer.Line($"inputs.CopyTo({memory}.Slice({Literals.Integer(_tape.Outputs(input))}, inputs.Length));");
        }
        else
        {
            string step = isBatch ? "(rows.Start(lane) + step)" : "step";
            using (PerLane())
            using (writer.Open("for (int step = 0; step < steps; step++)"))
            {
                writer.Line(input.IsToken
                    ? $"{(isRecorded ? "tape" : "batch")}.Tokens[(step * lanes) + lane] = inputs[rows.Start(lane) + step];"
                    : $"inputs.Slice({step} * InputSize, InputSize).CopyTo({memory}.Slice({VerbPhrases.Row(_tape.Outputs(input), Step, input.OutputStride)}, InputSize));");
            }
        }

        writer.Line();
    }

    private void WriteMasks(LayerPlan layer)
    {
        int stride = Lanes.Stride(layer.Masks.Size);
        for (int k = 0; k < layer.Cell.Masks.Count; k++)
        {
            CellMask mask = layer.Cell.Masks[k];
            int start = _tape.Of(layer, Region.Masks).Start + layer.Masks.Offsets[k];
            string first = isBatch ? VerbPhrases.Row(start, "lane", stride) : Literals.Integer(start);
            writer.Line($"tape.Draw({first}, {Literals.Integer(stride)}{(isBatch ? " * lanes" : "")}, {Literals.Integer(mask.Value.Size)}, {(mask.EveryStep ? "steps" : "1")}, {Literals.Float(mask.Rate)}, {Literals.Float(mask.Kept)});");
            if (!mask.EveryStep)
            {
                _joins.WriteRepeat(start, stride, mask.Value.Size);
            }
        }
    }

    /// <summary>Gradients that several readers add to start at zero.</summary>
    private void WriteClears()
    {
        NodePlan[] sums = [.. model.Nodes.Prepend(model.Input).Where(n => n.SumsGradients && n is not InputPlan { IsToken: true })];
        if (!isBatch && sums.Length > 0)
        {
            writer.Line("\n// Gradients that are sums.");
        }

        foreach (NodePlan node in sums)
        {
            string stride = Literals.Integer(node.OutputGradientStride);
            string floats = isBatch ? $"{(node.RunsOnce ? "lanes" : "rows.Count")} * {stride}" : node.RunsOnce ? stride : $"steps * {stride}";
            writer.Line($"tape.Slice({Literals.Integer(_tape.OutputGradients(node))}, {floats}).Clear();");
        }
    }

    /// <summary>A layer of which one step is read has no gradients at the others.</summary>
    private void WriteClearUnread(LayerPlan layer)
    {
        string stride = Literals.Integer(layer.OutputGradientStride);
        writer.Line(layer.IsReverse ? "// Only the first step is looked at, the last one on the way." : "// Only the last step is looked at.");
        if (!isBatch)
        {
            int first = _tape.OutputGradients(layer) + (layer.IsReverse ? layer.OutputGradientStride : 0);
            writer.Line($"tape.Slice({Literals.Integer(first)}, (steps - 1) * {stride}).Clear();");
            return;
        }

        using (PerLane())
        using (writer.Open(layer.IsReverse ? "for (int step = 1; step < steps; step++)" : "for (int step = 0; step < steps - 1; step++)"))
        {
            writer.Line($"tape.Slice({VerbPhrases.Row(_tape.OutputGradients(layer), Step, layer.OutputGradientStride)}, {stride}).Clear();");
        }

        writer.Line();
    }

    private int StateGradients(LayerPlan layer) => _tape.Of(layer, Region.StateGradients).Start;

    private IDisposable? PerLane() => isBatch ? BatchWriter.ForEachLane(writer) : null;

    private string Step => isBatch ? "((step * lanes) + lane)" : "step";

    private string Steps(LayerPlan layer) => isBatch ? "rows" : _text.Steps(layer);

    private string StatesBefore(LayerPlan layer, int offset)
    {
        int stride = Lanes.Stride(layer.States.Size);
        return isBatch ? VerbPhrases.Row(_tape.StatesAfter(layer) + offset, layer.IsReverse ? "((steps * lanes) + lane)" : "(lane - lanes)", stride)
            : layer.IsReverse ? VerbPhrases.Row(_tape.States(layer) + offset, "steps", stride)
            : Literals.Integer(_tape.States(layer) + offset);
    }

    private string StatesAfter(LayerPlan layer)
    {
        int stride = Lanes.Stride(layer.States.Size);
        return isBatch ? VerbPhrases.Row(_tape.StatesAfter(layer), layer.IsReverse ? "lane" : "(((steps - 1) * lanes) + lane)", stride)
            : layer.IsReverse ? Literals.Integer(_tape.States(layer))
            : VerbPhrases.Row(_tape.States(layer), "steps", stride);
    }

    private string Stream(string states, int start, string length) =>
        $"{states}.Slice({(isBatch ? "rows.Lane(lane), " : "")}{Literals.Integer(start)}, {length})";

    /// <summary>Statements that copy the states of a layer without the padding, which may hold anything after an infinite input.</summary>
    private IEnumerable<string> CopyStates(string states, LayerPlan layer, Func<int, string, string> target) =>
        from k in Enumerable.Range(0, layer.Cell.States.Count)
        let offset = layer.States.Offsets[k]
        let length = Literals.Integer(layer.Cell.States[k].Size)
        select $"{Stream(states, model.Stream.States(layer) + offset, length)}.CopyTo({target(offset, length)});";
}
