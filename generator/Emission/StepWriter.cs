using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints how one step of a stream goes through the layers.</summary>
internal sealed class StepWriter(SourceWriter writer, ModelPlan model)
{
    public void Write()
    {
        using (writer.Open("private static partial class Kernels"))
        {
            string input = model.Spec.Tokens ? "nuint token" : "global::System.ReadOnlySpan<float> inputs";
            writer.Line("/// <summary>One step through all layers that run once per step.</summary>");
            using (writer.Open($"internal static void Step(ref float weights, {input}, State state)"))
            {
                WriteReferences(model.Layers.Where(l => !l.RunsOnce));
                if (model.Layers[0].StepInput.Region == Region.Input && !model.Spec.Tokens)
                {
                    writer.Line("ref float x = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs);");
                }
                else if (!model.Spec.Tokens)
                {
                    writer.Line("// The first layer reads whole vectors, more than the caller may have.");
                    writer.Line($"inputs.CopyTo({Span("work", 0, model.Spec.InputSize)});");
                }

                foreach (LayerPlan layer in model.Layers.Where(l => !l.RunsOnce))
                {
                    WriteLayer(layer);
                }

                if (model.StateSize > 0)
                {
                    writer.Line("state.MoveOn();");
                }
            }

            writer.Line();
            WriteFinish();
        }

        writer.Line();
    }

    private void WriteFinish()
    {
        LayerPlan[] once = [.. model.Layers.Where(l => l.RunsOnce)];
        writer.Line(once.Length > 0
            ? "/// <summary>The layers that run once per window. Gives the output before the head's activation, in scratch memory.</summary>"
            : "/// <summary>The output of the step before the head's activation, in scratch memory.</summary>");
        using (writer.Open("internal static global::System.Span<float> Finish(ref float weights, State state)"))
        {
            Operand output = ModelPlan.StepOutput(model.Last);
            string origin = output.Region == Region.Next ? "state.Now" : "state.Work";
            if (once.Length > 0)
            {
                // The step is over: what was next is now.
                writer.Line("ref float next = ref state.Now;");
                writer.Line("ref float work = ref state.Work;");
                foreach (LayerPlan layer in once)
                {
                    WriteLayer(layer);
                }
            }

            writer.Line($"return {Span(origin, output.Offset, model.OutputSize)};");
        }
    }

    private void WriteReferences(IEnumerable<LayerPlan> layers)
    {
        Region[] regions = [.. layers.SelectMany(l => l.Step.Regions.Select(r => r == Region.Input ? l.StepInput.Region : r)).Distinct()];
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

    private void WriteLayer(LayerPlan layer)
    {
        string arguments = string.Join(", ", layer.Step.Regions.Select(region => region switch
        {
            Region.Weights => "ref weights",
            Region.Input when layer.ReadsTokens => "token",
            Region.Input => Reference(layer.StepInput),
            Region.State => Reference("now", layer.Place.State),
            Region.Next => Reference("next", layer.Place.State),
            _ => Reference("work", layer.Place.Work),
        }));
        LayerFile.WriteCall(writer, layer, "Step", arguments);
    }

    private static string Reference(Operand operand) => operand.Region switch
    {
        Region.Input => "ref x",
        Region.Next => Reference("next", operand.Offset),
        _ => Reference("work", operand.Offset),
    };

    private static string Reference(string name, int offset) =>
        offset == 0 ? $"ref {name}" : $"ref global::System.Runtime.CompilerServices.Unsafe.Add(ref {name}, {Literals.Integer(offset)})";

    private static string Span(string origin, int offset, int size) =>
        $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan({Reference(origin, offset)}, {Literals.Integer(size)})";
}
