using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the loops of one layer over a window: forward, back through time, and the gradients of the weights.</summary>
internal sealed class WindowWriter(SourceWriter writer, ModelPlan model, LayerPlan layer)
{
    public void Write()
    {
        WriteForward("Forward", "Runs a window and keeps on the tape what the backward pass needs.", "tape", "RecordStep", "RecordSummedStep", layer.Record, layer.RecordSplit);
        writer.Line();
        if (model.NeedsWholeWindow)
        {
            WriteForward("Run", "Runs a window.", "window", "Step", "SummedStep", layer.Step, layer.StepSplit);
            writer.Line();
        }

        WriteBackward();
        if (layer.HasGradients)
        {
            writer.Line();
            WriteGradients();
        }
    }

    private void WriteForward(string name, string summary, string memory, string kernel, string summedKernel, KernelPlan plan, SplitPlan? split)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        string input = layer.ReadsTokens ? ", ref int tokens" : "";
        using (writer.Open($"internal static void {name}(ref float weights, ref float {memory}{input}, int steps{Late})"))
        {
            LayerFile.WriteShift(writer, layer, "weights", layer.WeightShift);
            if (split is null || layer.RunsOnce)
            {
                using (writer.Open(layer.IsReverse ? Downwards : Upwards))
                {
                    Call(kernel, plan, Argument);
                }

                return;
            }

            writer.Line($"// What the inputs add to the sums does not wait for the step before: {SplitPlan.Steps} steps at a time, a weight is read once for {Lanes.Group}.");
            writer.Line($"int whole = steps - (steps % {SplitPlan.Steps});");
            if (layer.IsReverse)
            {
                WriteSingleSteps("for (int step = steps - 1; step >= whole; step--)");
            }

            using (writer.Open(layer.IsReverse
                ? $"for (int first = whole - {SplitPlan.Steps}; first >= 0; first -= {SplitPlan.Steps})"
                : $"for (int first = 0; first < whole; first += {SplitPlan.Steps})"))
            {
                LayerFile.WriteCall(writer, layer.Home(split.Rows.Regions, (twin, region) => twin.ForwardStride(region)), "SumInputs", string.Join(", ", split.Rows.Regions.Select(region => region switch
                {
                    Region.Weights => "ref weights",
                    Region.Input => Row(memory, layer.Source.TapeOutputs, layer.Source.OutputStride, "first"),
                    _ => Row(memory, layer.Place.TapeAhead, layer.AheadStride, "0"),
                }).Append(Row(memory, layer.Place.TapeAhead + layer.AheadRows, 0, "0")).Append(Literals.Integer(SplitPlan.Steps))), split.Rows.IsNarrow);
                using (writer.Open(layer.IsReverse
                    ? $"for (int step = first + {SplitPlan.Steps - 1}; step >= first; step--)"
                    : $"for (int step = first; step < first + {SplitPlan.Steps}; step++)"))
                {
                    Call(summedKernel, split.Step, region => region == Region.Sums ? Row(memory, layer.Place.TapeAhead, layer.AheadStride, "(step - first)") : Argument(region));
                }
            }

            if (!layer.IsReverse)
            {
                WriteSingleSteps("for (int step = whole; step < steps; step++)");
            }
        }

        void WriteSingleSteps(string loop)
        {
            using (writer.Open(loop))
            {
                Call(kernel, plan, Argument);
            }
        }

        string Argument(Region region) => region switch
        {
            Region.Weights => "ref weights",
            Region.Input when layer.ReadsTokens => "(nuint)Unsafe.Add(ref tokens, step)",
            Region.Input => Row(memory, layer.Source.TapeOutputs, layer.Source.OutputStride, InputStep),
            Region.State => Row(memory, layer.TapeStatesBefore, StateStride, "step"),
            Region.Next => Row(memory, layer.TapeStatesAfter, StateStride, "step"),
            Region.Masks => Row(memory, layer.Place.TapeMasks, Lanes.Stride(layer.Masks.Size), "step"),
            _ => Row(memory, layer.Place.TapeSaved, Lanes.Stride(layer.Record.WorkSize), "step"),
        };
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

            LayerFile.WriteShift(writer, layer, "weights", layer.TransposedShift);
            if (layer.BackwardSplit is not SplitPlan split || layer.RunsOnce)
            {
                using (writer.Open(layer.IsReverse ? Upwards : Downwards))
                {
                    Call("BackwardStep", layer.Backward, BackwardArgument);
                }

                return;
            }

            writer.Line("// The gradients of the inputs wait for no other step: they come last, several steps at a time.");
            writer.Line($"int whole = steps - (steps % {Lanes.Group});");
            if (layer.IsReverse)
            {
                WriteSteps("for (int step = 0; step < whole; step++)", "BackwardStatesStep", split.Step);
                WriteSteps("for (int step = whole; step < steps; step++)", "BackwardStep", layer.Backward);
            }
            else
            {
                WriteSteps("for (int step = steps - 1; step >= whole; step--)", "BackwardStep", layer.Backward);
                WriteSteps("for (int step = whole - 1; step >= 0; step--)", "BackwardStatesStep", split.Step);
            }

            using (writer.Open($"for (int step = 0; step < whole; step += {SplitPlan.Steps})"))
            {
                LayerFile.WriteCall(writer, layer.Home(split.Rows.Regions, (twin, region) => twin.BackwardStride(region)), "InputGradients", string.Join(", ", split.Rows.Regions.Select(BackwardArgument)
                    .Append(Row("tape", layer.Place.TapeAhead + layer.AheadRows, 0, "0"))
                    .Append($"(nuint)global::System.Math.Min({SplitPlan.Steps}, whole - step)")), split.Rows.IsNarrow);
            }
        }

        void WriteSteps(string loop, string kernel, KernelPlan plan)
        {
            using (writer.Open(loop))
            {
                Call(kernel, plan, BackwardArgument);
            }
        }
    }

    /// <summary>Where the tape has a region of the backward step, at the step at hand.</summary>
    private string BackwardArgument(Region region) => region switch
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
    };

    private void WriteGradients()
    {
        writer.Line("/// <summary>Adds the gradients of the weights of a window.</summary>");
        string input = layer.ReadsTokens ? ", ref int tokens" : "";
        using (writer.Open($"internal static void AddGradients(ref float gradients, ref float tape{input}, int steps{Late})"))
        {
            LayerFile.WriteShift(writer, layer, "gradients", layer.WeightShift);
            using (writer.Open($"for (int step = 0; step < steps; step += {Literals.Integer(Thresholds.RowsAtATime)})"))
            {
                writer.Line($"int count = global::System.Math.Min({Literals.Integer(Thresholds.RowsAtATime)}, steps - step);");
                foreach (GradientMethod method in GradientWriter.Methods(layer))
                {
                    IEnumerable<string> arguments = GradientWriter.Reads(layer, method).Select(BackwardArgument);
                    if (GradientWriter.ReadsTokens(method))
                    {
                        arguments = arguments.Append("ref Unsafe.Add(ref tokens, step)");
                    }

                    GradientWriter.WriteCall(writer, layer, method, arguments);
                }
            }
        }
    }

    private const string Upwards = "for (int step = 0; step < steps; step++)";

    private const string Downwards = "for (int step = steps - 1; step >= 0; step--)";

    private string Late => layer.StartsLate ? ", int first" : "";

    private string InputStep => layer.StartsLate ? "(first + step)" : "step";

    private int StateStride => Lanes.Stride(layer.States.Size);

    private void Call(string method, KernelPlan plan, Func<Region, string> argument) =>
        LayerFile.WriteCall(writer, layer.Home(), method, string.Join(", ", plan.Regions.Select(argument)), plan.IsNarrow);

    private static string Tape(int offset, int stride, string step) => Row("tape", offset, stride, step);

    private static string Row(string memory, int offset, int stride, string step)
    {
        string row = step == "0" ? "0" : stride == 1 ? step : $"{step} * {Literals.Integer(stride)}";
        return row == "0" ? $"ref Unsafe.Add(ref {memory}, {Literals.Integer(offset)})" : offset == 0 ? $"ref Unsafe.Add(ref {memory}, {row})" : $"ref Unsafe.Add(ref {memory}, {Literals.Integer(offset)} + ({row}))";
    }
}
