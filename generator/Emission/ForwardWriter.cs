using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints how a window goes through the nodes of a model, in the memory of a tape or of a stream.</summary>
/// <param name="writer">The text.</param>
/// <param name="model">The model.</param>
/// <param name="isRecorded">Whether it is recorded on a tape for Backward, or runs in the memory of a stream.</param>
internal sealed class ForwardWriter(SourceWriter writer, ModelPlan model, bool isRecorded)
{
    private readonly string _memory = isRecorded ? "tape" : "window";
    private readonly VerbPhrases _text = new(model);

    public void Write()
    {
        WriteCopyInputs();
        writer.Line("ref float weights = ref _weights.Origin;");
        writer.Line(isRecorded ? "ref float memory = ref tape.Memory;" : "ref float memory = ref window[0];");
        foreach (NodePlan node in model.Nodes)
        {
            writer.Line();
            if (node is JoinPlan join)
            {
                new JoinWriter(writer).WriteForward(join);
            }
            else if (node is DropoutPlan dropout)
            {
                new JoinWriter(writer).WriteForward(dropout, isRecorded);
            }
            else
            {
                WriteLayer((LayerPlan)node);
            }
        }
    }

    private void WriteCopyInputs()
    {
        InputPlan input = model.Input;
        if (input.IsToken)
        {
            if (!isRecorded)
            {
                writer.Line("ref int tokens = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs);");
                return;
            }

            writer.Line("inputs.CopyTo(tape.Tokens);");
        }
        else if (input.OutputStride == input.Size)
        {
            writer.Line($"inputs.CopyTo({_memory}.Slice({Literals.Integer(input.TapeOutputs)}, inputs.Length));");
        }
        else
        {
            using (writer.Open("for (int step = 0; step < steps; step++)"))
            {
                writer.Line($"inputs.Slice(step * InputSize, InputSize).CopyTo({_memory}.Slice({VerbPhrases.Row(input.TapeOutputs, "step", input.OutputStride)}, InputSize));");
            }
        }

        writer.Line();
    }

    private void WriteLayer(LayerPlan layer)
    {
        writer.Line($"// {layer.Name}");
        int size = layer.States.Size;
        int stride = Lanes.Stride(size);
        if (size > 0)
        {
            writer.Line($"{States(layer, layer.IsReverse, 0, Literals.Integer(size))}.Clear();");
            foreach (string line in VerbPhrases.CopyStates("state", layer, (offset, length) => States(layer, layer.IsReverse, offset, length)))
            {
                writer.Line(line);
            }
        }

        if (isRecorded)
        {
            WriteMasks(layer);
        }

        string tokens = !layer.ReadsTokens ? "" : isRecorded ? ", ref tape.Tokens[0]" : ", ref tokens";
        writer.Line($"Kernels.{LayerFile.ClassName(layer)}.{(isRecorded ? "Forward" : "Run")}(ref weights, ref memory{tokens}, {_text.Steps(layer)});");
        if (size > 0)
        {
            writer.Line($"{States(layer, !layer.IsReverse, 0, Literals.Integer(size))}.CopyTo({VerbPhrases.States("state", layer)});");
        }

        // Rows of the states: one more than there are steps.
        string States(LayerPlan states, bool afterLastStep, int offset, string length) => afterLastStep
            ? $"{_memory}.Slice({VerbPhrases.Row(states.Place.TapeStates + offset, "steps", stride)}, {length})"
            : $"{_memory}.Slice({Literals.Integer(states.Place.TapeStates + offset)}, {length})";
    }

    private void WriteMasks(LayerPlan layer)
    {
        int stride = Lanes.Stride(layer.Masks.Size);
        for (int k = 0; k < layer.Cell.Masks.Count; k++)
        {
            CellMask mask = layer.Cell.Masks[k];
            string start = Literals.Integer(layer.Place.TapeMasks + layer.Masks.Offsets[k]);
            string size = Literals.Integer(mask.Value.Size);
            writer.Line($"tape.Draw({start}, {stride}, {size}, {(mask.EveryStep ? "steps" : "1")}, {Literals.Float(mask.Rate)}, {Literals.Float(mask.Kept)});");
            if (!mask.EveryStep)
            {
                new JoinWriter(writer).WriteRepeat(layer.Place.TapeMasks + layer.Masks.Offsets[k], stride, mask.Value.Size);
            }
        }
    }
}
