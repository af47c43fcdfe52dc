using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>
/// Prints a step of each of many streams. Where a batch reads a weight once for several lanes, and that is worth the way of the states there and back, they are its lanes for the time of the step.
/// </summary>
internal sealed class ManyStreams(ModelPlan model)
{
    private const string Memory = VerbPhrases.Memory;

    /// <summary>Whether streams take their steps as lanes.</summary>
    public bool InLanes { get; } = model.Batch is not null
        && model.Layers.Where(layer => layer.Step.HasLaneBlocks).Sum(layer => layer.MultiplyAdds) >= Thresholds.FewestProductsOfGathered;

    public void Write(SourceWriter writer)
    {
        if (InLanes)
        {
            WriteLanes(writer);
        }

        using (writer.Open($"for ({(InLanes ? "" : "int stream = 0")}; stream < states.Length; stream++)"))
        {
            writer.Line($"State state = {Memory}.OneOf(states, stream);");
            string inputs = model.Spec.Tokens ? "(nuint)inputs[stream]" : "inputs.Slice(stream * InputSize, InputSize)";
            new Stepping(model, isBatch: false).WriteStep(writer, inputs, (output, values) => output.Activate(values, "stream"));
        }
    }

    /// <summary>As long as there are enough streams for a block of lanes. The others step by themselves.</summary>
    private void WriteLanes(SourceWriter writer)
    {
        writer.Line("int stream = 0;");
        using (writer.Open($"if (states.Length >= {LaneBlock.Size})"))
        {
            writer.Line($"Batch batch = (Batch?){Memory}.TakeLanes(_weights) ?? CreateBatch({Literals.Integer(Math.Min(model.Batch!.Size, Thresholds.MostGathered))});");
            using (writer.Open($"while (states.Length - stream >= {LaneBlock.Size})"))
            {
                string width = model.Spec.Tokens ? "" : " * InputSize";
                writer.Line($"int lanes = {Memory}.Gather(states.Slice(stream), batch);");
                var stepping = new Stepping(model, isBatch: true);
                stepping.WriteStep(writer, $"inputs.Slice(stream{width}, lanes{width})", (output, values) => output.Activate(values, (Index)"stream" + "lane"));
                writer.Line($"{Memory}.Scatter(batch, states.Slice(stream, lanes));");
                writer.Line("stream += lanes;");
            }

            writer.Line($"{Memory}.GiveLanes(_weights, batch);");
        }

        writer.Line();
    }
}
