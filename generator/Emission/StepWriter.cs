using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints how one step of a stream goes through the layers, or of all lanes of a batch of streams.</summary>
internal sealed class StepWriter(SourceWriter writer, ModelPlan model, BatchPlan? batch = null)
{
    public void Write()
    {
        if (batch is not null)
        {
            WriteBatch();
            return;
        }

        using (writer.Open("private static partial class Kernels"))
        {
            string input = model.Spec.Tokens ? "nuint token" : "global::System.ReadOnlySpan<float> inputs";
            writer.Line(model.StepGivesOutput
                ? "/// <summary>One step through all layers. Gives the output before the head's activation, where it is until the next step.</summary>"
                : "/// <summary>One step through all layers that run once per step.</summary>");
            JitHints.Inline(writer);
            using (writer.Open($"internal static {StepResult} Step(ref float weights, {input}, State state)"))
            {
                WriteReferences(model.Nodes.Where(n => !n.RunsOnce));
                WriteMoveOn();
                if (!model.Input.IsPadded && !model.Spec.Tokens)
                {
                    writer.Line("ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs);");
                }
                else if (!model.Spec.Tokens)
                {
                    writer.Line("// The first layer reads whole vectors, more than the caller may have.");
                    writer.Line($"inputs.CopyTo({Span("work", 0, model.Spec.InputSize)});");
                }

                foreach (NodePlan node in model.Nodes.Where(n => !n.RunsOnce))
                {
                    WriteNode(node);
                }

                WriteStepOutput();
            }

            if (model.SplitLayer is LayerPlan split)
            {
                WriteStepOfWindow(split);
            }

            WriteFinish();
        }

        writer.Line();
    }

    private void WriteStepOfWindow(LayerPlan split)
    {
        writer.Line($"/// <summary>One step of a window: what the inputs of {SplitPlan.Steps} steps add to the sums of {split.Name} is computed with the first of them.</summary>");
        using (writer.Open($"internal static {StepResult} StepOfWindow(ref float weights, global::System.ReadOnlySpan<float> inputs, int step, int steps, State state)"))
        {
            writer.Line($"int place = step % {SplitPlan.Steps};");
            using (writer.Open($"if (step - place + {SplitPlan.Steps} > steps)"))
            {
                const string step = "Step(ref weights, inputs.Slice(step * InputSize, InputSize), state);";
                if (model.StepGivesOutput)
                {
                    writer.Line("return " + step);
                }
                else
                {
                    writer.Line(step);
                    writer.Line("return;");
                }
            }

            NodePlan[] nodes = [.. model.Nodes.Where(n => !n.RunsOnce)];
            WriteReferences(nodes);
            if (!nodes.SelectMany(Regions).Contains(Region.Work))
            {
                writer.Line("ref float work = ref state.Work;");
            }

            WriteMoveOn();
            using (writer.Open("if (place == 0)"))
            {
                writer.Line("ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs.Slice(step * InputSize));");
                KernelCalls.Write(writer, model.Spec.Target, split.Home(split.StepSplit!.Rows.Regions), "SumInputs", string.Join(", ", split.StepSplit.Rows.Regions.Select(region => region switch
                {
                    Region.Weights => Reference("weights", split.WeightShift),
                    Region.Input => "ref x",
                    _ => Reference("work", model.Stream.WorkSize),
                }).Append(Reference("work", model.Stream.WorkSize + split.AheadRows)).Append(Literals.Integer(SplitPlan.Steps))), split.StepSplit.Rows.IsNarrow);
            }

            writer.Line();
            writer.Line($"ref float sums = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref work, {Literals.Integer(model.Stream.WorkSize)} + (place * {Literals.Integer(split.AheadStride)}));");
            WriteLayer(split, "SummedStep", split.StepSplit.Step);
            foreach (NodePlan node in nodes.Skip(1))
            {
                WriteNode(node);
            }

            WriteStepOutput();
        }
    }

    private string StepResult => model.StepGivesOutput ? "global::System.Span<float>" : "void";

    /// <summary>With both references in hand, the state's halves can change places before the kernels run: none of them waits for it then.</summary>
    private void WriteMoveOn()
    {
        if (model.Stream.StateSize > 0)
        {
            writer.Line("state.MoveOn();");
        }
    }

    private void WriteStepOutput()
    {
        if (model.StepGivesOutput)
        {
            writer.Line();
            WriteOutput(model.OnlyOutput!, "next", "work");
        }
    }

    private void WriteBatch()
    {
        using (writer.Open("private static partial class Kernels"))
        {
            writer.Line("/// <summary>One step of the first lanes through all layers that run once per step.</summary>");
            using (writer.Open($"internal static void StepBatch(ref float weights, global::System.ReadOnlySpan<{(model.Spec.Tokens ? "int" : "float")}> inputs, Batch state, int lanes)"))
            {
                WriteReferences(model.Nodes.Where(n => !n.RunsOnce));
                WriteScratch();
                if (model.Spec.Tokens || !model.Input.IsPadded)
                {
                    string input = model.Spec.Tokens ? "ref int tokens" : "ref float x";
                    writer.Line($"{input} = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs);");
                }
                else
                {
                    using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
                    {
                        writer.Line($"inputs.Slice(lane * InputSize, InputSize).CopyTo(state.WorkSlice(lane, 0, InputSize));");
                    }
                }

                foreach (NodePlan node in model.Nodes.Where(n => !n.RunsOnce))
                {
                    WriteNode(node);
                }

                if (model.Stream.StateSize > 0)
                {
                    writer.Line("state.MoveOn();");
                }
            }

            NodePlan[] once = [.. model.Nodes.Where(n => n.RunsOnce)];
            if (once.Length > 0)
            {
                writer.Line();
                writer.Line("/// <summary>The layers that run once per window, for all lanes.</summary>");
                using (writer.Open("internal static void FinishBatch(ref float weights, Batch state)"))
                {
                    writer.Line("int lanes = state.Lanes;");
                    WriteScratch();
                    WriteOnce(once);
                }
            }
        }

        writer.Line();
    }

    private void WriteScratch()
    {
        if (model.Layers.Count > 0)
        {
            writer.Line("ref float scratch = ref state.Scratch;");
        }
    }

    private void WriteFinish()
    {
        NodePlan[] once = [.. model.Nodes.Where(n => n.RunsOnce)];
        if (model.OnlyOutput is OutputPlan only)
        {
            if (model.StepGivesOutput && !only.Node.IsReadOnce)
            {
                return;
            }

            writer.Line(once.Length > 0
                ? "/// <summary>The layers that run once per window. Gives the output before the head's activation, in scratch memory.</summary>"
                : "/// <summary>The output of the step before the head's activation, in scratch memory.</summary>");
            JitHints.Inline(writer);
            using (writer.Open("internal static global::System.Span<float> Finish(ref float weights, State state)"))
            {
                WriteOnce(once);
                WriteOutput(only);
            }

            return;
        }

        if (once.Length > 0)
        {
            writer.Line("/// <summary>The layers that run once per window.</summary>");
            JitHints.Inline(writer);
            using (writer.Open("internal static void Finish(ref float weights, State state)"))
            {
                WriteOnce(once);
            }

            writer.Line();
        }

        foreach (OutputPlan output in model.Outputs)
        {
            writer.Line($"/// <summary>The output of {output.Head!.Name} before its activation, in scratch memory.</summary>");
            JitHints.Inline(writer);
            using (writer.Open($"internal static global::System.Span<float> {output.Head.Name}Output(State state)"))
            {
                WriteOutput(output);
            }

            writer.Line();
        }
    }

    private void WriteOnce(NodePlan[] once)
    {
        if (once.Length > 0)
        {
            // The step is over: what was next is now.
            writer.Line("ref float next = ref state.Now;");
            writer.Line("ref float work = ref state.Work;");
            foreach (NodePlan node in once)
            {
                WriteNode(node);
            }
        }
    }

    private void WriteOutput(OutputPlan output, string states = "state.Now", string work = "state.Work")
    {
        Operand place = model.Stream.Output(output.Node);
        writer.Line($"return {Span(place.Region == Region.Next ? states : work, place.Offset, output.Node.Size)};");
    }

    private void WriteReferences(IEnumerable<NodePlan> nodes)
    {
        Region[] regions = [.. nodes.SelectMany(Regions).Distinct()];
        foreach ((Region region, string name, string property) in new[]
        {
            (Region.State, "now", "Now"), (Region.Next, "next", "Next"), (Region.Work, "work", "Work"),
        })
        {
            if (regions.Contains(region))
            {
                writer.Line($"ref float {name} = ref state.{property};");
            }
        }
    }

    private IEnumerable<Region> Regions(NodePlan node) => node is DropoutPlan ? []
        : node is LayerPlan layer
        ? layer.Step.Regions.Select(r => r == Region.Input ? model.Stream.Output(layer.Source).Region : r)
        : ((JoinPlan)node).Sources.Select(s => model.Stream.Output(s).Region).Append(Region.Work);

    private void WriteNode(NodePlan node)
    {
        if (node is JoinPlan join)
        {
            new JoinWriter(writer, model.Tape, model.Stream).WriteStep(join, Reference, place => batch?.StreamStride(place) ?? 0, batch is null ? "1" : "lanes");
        }
        else if (node is LayerPlan layer)
        {
            WriteLayer(layer, "Step", layer.Step);
        }
    }

    private void WriteLayer(LayerPlan layer, string kernel, KernelPlan plan)
    {
        string arguments = string.Join(", ", plan.Regions.Select(region =>
            plan.IsTokenInput(region) ? batch is null ? "token" : "ref tokens" : Reference(model.Stream.Of(layer, region))));
        if (batch is null)
        {
            KernelCalls.Write(writer, model.Spec.Target, layer.Home(), kernel, arguments, plan.IsNarrow);
        }
        else
        {
            LayerPlan home = layer.Home(plan.Regions, model.StreamStride);
            writer.Line($"{KernelCalls.Prefix(model.Spec.Target)}{KernelCalls.Class(home)}.StepLanes({arguments}, ref scratch, lanes);");
        }
    }

    private static string Reference(Operand operand) => Reference(operand.Region == Region.State ? "now" : Names.Of(operand.Region), operand.Offset);

    private static string Reference(string name, int offset) =>
        offset == 0 ? $"ref {name}" : $"ref global::System.Runtime.CompilerServices.Unsafe.Add(ref {name}, {Literals.Integer(offset)})";

    private static string Span(string origin, int offset, int size) =>
        $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({Reference(origin, offset)}, {Literals.Integer(size)})";
}
