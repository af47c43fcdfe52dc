using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing.Kernels;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints how the lanes of a batch go through one layer: in groups while there are enough, one by one then, and over the steps of windows
/// of different lengths.
/// </summary>
/// <param name="writer">The text.</param>
/// <param name="model">The model.</param>
/// <param name="layer">The layer.</param>
internal sealed class LanesWriter(SourceWriter writer, ModelPlan model, LayerPlan layer)
{
    private const string Rows = VerbPhrases.Services + ".BatchRows rows";

    /// <summary>Rows of the input of a layer that starts late are those of the lanes' last steps.</summary>
    private LayerRows LayerRows => new(layer, model.Batch!.Tape, "memory", "row", layer.StartsLate ? "rows.LastRow(row)" : "row", "rows.Lanes");

    /// <summary>The kernels that a batch has beside those of a single stream.</summary>
    public static IEnumerable<LaneKernel> Kernels(ModelPlan model, LayerPlan layer) => All(model, layer).Where(k => k.Plan.HasGroups);

    /// <summary>What chooses among them, and the loops over windows.</summary>
    public void WriteLoops()
    {
        foreach (LaneKernel kernel in All(model, layer).Where(k => ReferenceEquals(k.Home, layer)))
        {
            writer.Line();
            WriteDispatch(kernel);
        }

        writer.Line();
        WriteForward("ForwardBatch", "Runs the windows of a batch and keeps on the tape what the backward pass needs.", "Record", layer.Record);
        if (model.NeedsWholeWindow)
        {
            writer.Line();
            WriteForward("RunBatch", "Runs the windows of a batch.", "Step", layer.Step);
        }

        if (layer.Backward.Sweeps.Count > 0)
        {
            writer.Line();
            WriteBackward();
        }

        if (layer.HasGradients)
        {
            writer.Line();
            WriteGradients();
        }
    }

    private static IEnumerable<LaneKernel> All(ModelPlan model, LayerPlan layer)
    {
        yield return new LaneKernel("Step", "Step", layer, layer.Step, model.StreamStride);
        yield return new LaneKernel("Record", "RecordStep", layer, layer.Record, (plan, region) => plan.RowStride(region));
        if (layer.Backward.Sweeps.Count > 0)
        {
            yield return new LaneKernel("Backward", "BackwardStep", layer, layer.Backward, (plan, region) => plan.RowStride(region));
        }
    }

    private void WriteDispatch(LaneKernel kernel)
    {
        string how = kernel.Plan.HasGroups ? $"{Lanes.Group} at a time, and those that are left one by one" : "one by one, because there is too little that they could share";
        writer.Line($"/// <summary>{kernel.Name} for any number of lanes: {how}.</summary>");
        string parameters = string.Join(", ", kernel.Plan.Regions.Select(r => kernel.Plan.IsTokenInput(r) ? "ref int tokens" : $"ref float {Names.Of(r)}"));
        using (writer.Open($"internal static void {kernel.Name}Lanes({parameters}, ref float scratch, int lanes)"))
        {
            if (kernel.Plan.HasGroups)
            {
                writer.Line($"int whole = lanes & ~{Lanes.Group - 1};");
                using (writer.Open("if (whole > 0)"))
                {
                    KernelCalls.Write(writer, layer, kernel.Name + "Groups", string.Join(", ", kernel.Plan.Regions
                        .Select(r => kernel.Plan.IsTokenInput(r) ? "ref tokens" : "ref " + Names.Of(r)).Append("ref scratch").Append("(nuint)whole")), kernel.Plan.IsNarrow);
                }

                writer.Line();
            }

            using (writer.Open($"for (int lane = {(kernel.Plan.HasGroups ? "whole" : "0")}; lane < lanes; lane++)"))
            {
                KernelCalls.Write(writer, layer.Home(), kernel.Single, string.Join(", ", kernel.Plan.Regions.Select(r =>
                    kernel.Plan.IsTokenInput(r) ? "(nuint)Unsafe.Add(ref tokens, lane)"
                    : r == Region.Weights ? "ref weights"
                    : $"ref Unsafe.Add(ref {Names.Of(r)}, lane * {Literals.Integer(kernel.Stride(layer, r))})")), kernel.Plan.IsNarrow);
            }
        }
    }

    private void WriteForward(string name, string summary, string kernel, KernelPlan plan)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        string input = layer.ReadsTokens ? ", ref int tokens" : "";
        using (writer.Open($"internal static void {name}(ref float weights, ref float memory{input}, {Rows})"))
        {
            LayerFile.WriteShift(writer, layer, "weights", layer.WeightShift);
            WriteSteps(backwards: layer.IsReverse, () => Call(kernel, plan, LayerRows.Of));
        }
    }

    private void WriteBackward()
    {
        writer.Line("/// <summary>Back through time over the windows of a batch.</summary>");
        using (writer.Open($"internal static void BackwardBatch(ref float weights, ref float memory, {Rows})"))
        {
            LayerFile.WriteShift(writer, layer, "weights", layer.TransposedShift);
            WriteSteps(backwards: !layer.IsReverse, () => Call("Backward", layer.Backward, LayerRows.Of));
        }
    }

    /// <summary>
    /// A loop over the steps, all lanes at a time: <c>row</c> is that of the first lane, <c>count</c> the number of lanes that have this step.
    /// Without states, the steps do not wait for each other.
    /// </summary>
    private void WriteSteps(bool backwards, Action body)
    {
        if (layer.RunsOnce)
        {
            using (writer.Open("for (int row = 0; row < rows.Lanes; row++)"))
            {
                writer.Line("const int count = 1;");
                body();
            }
        }
        else if (layer.States.Size == 0)
        {
            using (writer.Open($"for (int row = 0; row < rows.Count; row += {Literals.Integer(Thresholds.RowsAtATime)})"))
            {
                writer.Line($"int count = global::System.Math.Min({Literals.Integer(Thresholds.RowsAtATime)}, rows.Count - row);");
                body();
            }
        }
        else
        {
            using (writer.Open(backwards ? "for (int step = rows.Steps - 1; step >= 0; step--)" : "for (int step = 0; step < rows.Steps; step++)"))
            {
                writer.Line("int row = step * rows.Lanes;");
                writer.Line("int count = rows.Active(step);");
                body();
            }
        }
    }

    private void WriteGradients()
    {
        writer.Line("/// <summary>Adds the gradients of the weights of the windows of a batch.</summary>");
        string input = layer.ReadsTokens ? ", ref int tokens" : "";
        using (writer.Open($"internal static void AddGradientsOfBatch(ref float gradients, ref float memory{input}, {Rows})"))
        {
            LayerFile.WriteShift(writer, layer, "gradients", layer.WeightShift);
            if (layer.RunsOnce)
            {
                WriteSteps(backwards: false, () => LayerRows.WriteGradients(writer));
                return;
            }

            writer.Line("// Steps that all lanes have are rows without a gap.");
            using (writer.Open("for (int step = 0; step < rows.Steps; step = rows.NextRun(step))"))
            using (writer.Open($"for (int row = step * rows.Lanes, end = row + rows.RunLength(step); row < end; row += {Literals.Integer(Thresholds.RowsAtATime)})"))
            {
                writer.Line($"int count = global::System.Math.Min({Literals.Integer(Thresholds.RowsAtATime)}, end - row);");
                LayerRows.WriteGradients(writer);
            }
        }
    }

    private void Call(string kernel, KernelPlan plan, Func<Region, string> argument) =>
        writer.Line($"{Prefix(kernel)}{kernel}Lanes({string.Join(", ", plan.Regions.Select(argument))}, ref Unsafe.Add(ref memory, {Literals.Integer(model.Batch!.TapeScratch)}), count);");

    /// <summary>What stands in front of the name of a kernel that another layer has.</summary>
    private string Prefix(string kernel) =>
        All(model, layer).Single(k => k.Name == kernel).Home is var home && ReferenceEquals(home, layer) ? "" : KernelCalls.Class(home) + ".";
}

/// <param name="Name">What the kernels of several lanes are called.</param>
/// <param name="Single">The kernel of one.</param>
/// <param name="Layer">The layer that calls them.</param>
/// <param name="Plan">All of them.</param>
/// <param name="Stride">Distance between two lanes.</param>
internal sealed record LaneKernel(
    string Name, string Single, LayerPlan Layer, KernelPlan Plan, Func<LayerPlan, Region, int> Stride)
{
    /// <summary>The layer that has the kernels for several lanes.</summary>
    public LayerPlan Home => Layer.Home(Plan.Regions, Stride);
}
