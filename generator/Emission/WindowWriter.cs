using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing.Kernels;

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

    private LayerRows Rows(string memory) => new(layer, model.Tape, memory, "step", InputStep, aheadRow: "(step - first)");

    private void WriteForward(string name, string summary, string memory, string kernel, string summedKernel, KernelPlan plan, SplitPlan? split)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        string input = layer.ReadsTokens ? ", ref int tokens" : "";
        LayerRows rows = Rows(memory);
        using (writer.Open($"internal static void {name}(ref float weights, ref float {memory}{input}, int steps{Late})"))
        {
            LayerFile.WriteShift(writer, layer, "weights", layer.WeightShift);
            if (split is null || layer.RunsOnce)
            {
                using (writer.Open(layer.IsReverse ? Downwards : Upwards))
                {
                    Call(kernel, plan, rows.Of);
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
                CallRows("SumInputs", split, new LayerRows(layer, model.Tape, memory, "first", "first"), Literals.Integer(SplitPlan.Steps));
                using (writer.Open(layer.IsReverse
                    ? $"for (int step = first + {SplitPlan.Steps - 1}; step >= first; step--)"
                    : $"for (int step = first; step < first + {SplitPlan.Steps}; step++)"))
                {
                    Call(summedKernel, split.Step, rows.Of);
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
                Call(kernel, plan, rows.Of);
            }
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

            LayerFile.WriteShift(writer, layer, "weights", layer.TransposedShift);
            if (layer.BackwardSplit is not SplitPlan split || layer.RunsOnce)
            {
                using (writer.Open(layer.IsReverse ? Upwards : Downwards))
                {
                    Call("BackwardStep", layer.Backward, Rows("tape").Of);
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
                CallRows("InputGradients", split, Rows("tape"), $"(nuint)global::System.Math.Min({SplitPlan.Steps}, whole - step)");
            }
        }

        void WriteSteps(string loop, string kernel, KernelPlan plan)
        {
            using (writer.Open(loop))
            {
                Call(kernel, plan, Rows("tape").Of);
            }
        }
    }

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
                Rows("tape").WriteGradients(writer);
            }
        }
    }

    private const string Upwards = "for (int step = 0; step < steps; step++)";

    private const string Downwards = "for (int step = steps - 1; step >= 0; step--)";

    private string Late => layer.StartsLate ? ", int first" : "";

    private string InputStep => layer.StartsLate ? "(first + step)" : "step";

    private void Call(string method, KernelPlan plan, Func<Region, string> argument) =>
        KernelCalls.Write(writer, layer.Home(), method, string.Join(", ", plan.Regions.Select(argument)), plan.IsNarrow);

    /// <summary>Calls the part of a step that several steps take together.</summary>
    private void CallRows(string method, SplitPlan split, LayerRows rows, string count) => KernelCalls.Write(
        writer, layer.Home(split.Rows.Regions), method,
        string.Join(", ", [.. split.Rows.Regions.Select(rows.Of), rows.At(model.Tape.Of(layer, Region.Sums).Start + layer.AheadRows, 0, "0"), count]), split.Rows.IsNarrow);
}
