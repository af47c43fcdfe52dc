using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the loops of one layer over a window: forward, back through time, and the gradients of the weights.</summary>
internal sealed class WindowWriter(SourceWriter writer, ModelPlan model, LayerPlan layer)
{
    // Steps whose rows are multiplied in one go: enough to pay for the start of a product, few enough to stay in the cache.
    private const int Chunk = 96;

    public void Write()
    {
        WriteForward("Forward", "Runs a window and keeps on the tape what the backward pass needs.", "tape", "RecordStep", layer.Record);
        writer.Line();
        if (model.NeedsWholeWindow)
        {
            WriteForward("Run", "Runs a window.", "window", "Step", layer.Step);
            writer.Line();
        }

        WriteBackward();
        if (layer.HasGradients)
        {
            writer.Line();
            WriteGradients();
        }
    }

    private void WriteForward(string name, string summary, string memory, string kernel, KernelPlan plan)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        string input = layer.ReadsTokens ? ", ref int tokens" : "";
        using (writer.Open($"internal static void {name}(ref float weights, ref float {memory}{input}, int steps{Late})"))
        using (writer.Open(layer.IsReverse ? Downwards : Upwards))
        {
            Call(kernel, plan, region => region switch
            {
                Region.Weights => "ref weights",
                Region.Input when layer.ReadsTokens => "(nuint)Unsafe.Add(ref tokens, step)",
                Region.Input => Row(memory, layer.Source.TapeOutputs, layer.Source.OutputStride, InputStep),
                Region.State => Row(memory, layer.TapeStatesBefore, StateStride, "step"),
                Region.Next => Row(memory, layer.TapeStatesAfter, StateStride, "step"),
                Region.Masks => Row(memory, layer.Place.TapeMasks, Lanes.Stride(layer.Masks.Size), "step"),
                _ => Row(memory, layer.Place.TapeSaved, Lanes.Stride(layer.Record.WorkSize), "step"),
            });
        }
    }

    private void WriteBackward()
    {
        writer.Line("/// <summary>Back through time: from the gradients of the outputs to those of the sums, the inputs and the first state.</summary>");
        using (writer.Open($"internal static void Backward(ref float weights, ref float tape, int steps{Late})"))
        {
            if (layer.Backward.Sweeps.Count == 0)
            {
                writer.Line("// Nothing to hand on: the gradients of the outputs are those of the sums.");
                return;
            }

            using (writer.Open(layer.IsReverse ? Upwards : Downwards))
            {
                Call("BackwardStep", layer.Backward, region => region switch
                {
                    Region.Weights => "ref weights",
                    Region.Input => Tape(layer.Place.TapeOutput, Lanes.Stride(layer.Spec.Size), "step"),
                    Region.State => Tape(layer.Place.TapeStateGradients, StateStride, "((step + 1) & 1)"),
                    Region.Next => Tape(layer.Place.TapeStateGradients, StateStride, "(step & 1)"),
                    Region.Output => Tape(layer.TapeInputGradients, layer.Source.OutputGradientStride, InputStep),
                    Region.Work => Tape(layer.Place.TapeSums, Lanes.Stride(layer.Backward.WorkSize), "step"),
                    Region.TapeInput => Tape(layer.Source.TapeOutputs, layer.Source.OutputStride, InputStep),
                    Region.StateBefore => Tape(layer.TapeStatesBefore, StateStride, "step"),
                    Region.StateAfter => Tape(layer.TapeStatesAfter, StateStride, "step"),
                    Region.Masks => Tape(layer.Place.TapeMasks, Lanes.Stride(layer.Masks.Size), "step"),
                    _ => Tape(layer.Place.TapeSaved, Lanes.Stride(layer.Record.WorkSize), "step"),
                });
            }
        }
    }

    private void WriteGradients()
    {
        writer.Line("/// <summary>Adds the gradients of the weights of a window.</summary>");
        string input = layer.ReadsTokens ? ", ref int tokens" : "";
        using (writer.Open($"internal static void AddGradients(ref float gradients, ref float tape{input}, int steps{Late})"))
        using (writer.Open($"for (int step = 0; step < steps; step += {Literals.Integer(Chunk)})"))
        {
            writer.Line($"int count = global::System.Math.Min({Literals.Integer(Chunk)}, steps - step);");
            foreach (GradientMethod method in GradientWriter.Methods(layer))
            {
                IEnumerable<string> arguments = GradientWriter.Reads(layer, method).Select(region => region switch
                {
                    Region.Input => Tape(layer.Place.TapeOutput, Lanes.Stride(layer.Spec.Size), "step"),
                    Region.Work => Tape(layer.Place.TapeSums, Lanes.Stride(layer.Backward.WorkSize), "step"),
                    Region.TapeInput => Tape(layer.Source.TapeOutputs, layer.Source.OutputStride, InputStep),
                    Region.StateBefore => Tape(layer.TapeStatesBefore, StateStride, "step"),
                    Region.StateAfter => Tape(layer.TapeStatesAfter, StateStride, "step"),
                    _ => Tape(layer.Place.TapeSaved, Lanes.Stride(layer.Record.WorkSize), "step"),
                });
                if (GradientWriter.ReadsTokens(method))
                {
                    arguments = arguments.Append("ref Unsafe.Add(ref tokens, step)");
                }

                LayerFile.WriteCall(writer, layer, method.Name, string.Join(", ", arguments.Prepend("ref gradients").Append("count")));
            }
        }
    }

    private const string Upwards = "for (int step = 0; step < steps; step++)";

    private const string Downwards = "for (int step = steps - 1; step >= 0; step--)";

    private string Late => layer.StartsLate ? ", int first" : "";

    private string InputStep => layer.StartsLate ? "(first + step)" : "step";

    private int StateStride => Lanes.Stride(layer.States.Size);

    private void Call(string method, KernelPlan plan, Func<Region, string> argument) =>
        LayerFile.WriteCall(writer, layer, method, string.Join(", ", plan.Regions.Select(argument)));

    private static string Tape(int offset, int stride, string step) => Row("tape", offset, stride, step);

    private static string Row(string memory, int offset, int stride, string step)
    {
        string row = stride == 1 ? step : $"{step} * {Literals.Integer(stride)}";
        return offset == 0 ? $"ref Unsafe.Add(ref {memory}, {row})" : $"ref Unsafe.Add(ref {memory}, {Literals.Integer(offset)} + ({row}))";
    }
}
