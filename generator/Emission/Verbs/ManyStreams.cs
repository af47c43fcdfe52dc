using RnnGen.Generator.Loops.Schedules;
using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Prints a step of each of many streams, of which several take it together where that is faster.</summary>
internal sealed class ManyStreams(ModelPlan model)
{
    private const string Memory = VerbPhrases.Memory;

    public void Write(SourceWriter writer)
    {
        switch (model.Together)
        {
            case StreamsTogether.AsLanes:
                WriteLanes(writer);
                WriteOthers(writer);
                break;
            case StreamsTogether.InVectors:
                WriteVectors(writer);
                WriteOthers(writer);
                break;
            case StreamsTogether.InPairs:
                WritePairs(writer);
                break;
            default:
                WriteOthers(writer, first: "int stream = 0");
                break;
        }
    }

    /// <summary>Those that are left, one by one.</summary>
    private void WriteOthers(SourceWriter writer, string first = "")
    {
        using (writer.Open($"for ({first}; stream < states.Length; stream++)"))
        {
            WriteSingle(writer);
        }
    }

    private void WriteSingle(SourceWriter writer)
    {
        writer.Line($"State state = {Memory}.OneOf(states, stream);");
        string inputs = model.Spec.Tokens ? "(nuint)inputs[stream]" : "inputs.Slice(stream * InputSize, InputSize)";
        new Stepping(model, isBatch: false).WriteStep(writer, inputs, (output, values) => output.Activate(values, "stream"));
    }

    /// <summary>Two at a time, unless both are the same one.</summary>
    private void WritePairs(SourceWriter writer)
    {
        OutputPhrases output = new VerbPhrases(model).Outputs[0];
        string[] names = [PairLoops.Of("output", 0), PairLoops.Of("output", 1)];
        writer.Line("int stream = 0;");
        using (writer.Open("while (stream < states.Length)"))
        {
            writer.Line("int second = stream + 1;");
            using (writer.Open("if (second < states.Length && states[second] != states[stream])"))
            {
                writer.Line($"Kernels.StepPair(ref _weights.Origin, inputs.Slice(stream * InputSize, 2 * InputSize), {Memory}.OneOf(states, stream), {Memory}.OneOf(states, second), "
                    + $"out global::System.Span<float> {names[0]}, out global::System.Span<float> {names[1]});");
                writer.Line(output.Activate(names[0], "stream"));
                writer.Line(output.Activate(names[1], "second"));
                writer.Line("stream += 2;");
            }

            using (writer.Open("else"))
            {
                WriteSingle(writer);
                writer.Line("stream++;");
            }
        }
    }

    /// <summary>All of them, if there are enough to fill a good part of a vector.</summary>
    private void WriteVectors(SourceWriter writer)
    {
        OutputPhrases output = new VerbPhrases(model).Outputs[0];
        writer.Line("int stream = 0;");
        using (writer.Open($"if (states.Length >= {Literals.Integer(Thresholds.FewestStreamsOfVectors)})"))
        {
            string size = $"InputSize, {Literals.Integer(model.Stream.StateSize)}, {Literals.Integer(model.Stream.WorkSize)}";
            writer.Line($"{VerbPhrases.Services}.StreamVectors vectors = {Memory}.TakeVectors(_weights) ?? new {VerbPhrases.Services}.StreamVectors({size});");
            using (writer.Open($"while (states.Length - stream >= {Literals.Integer(Thresholds.FewestStreamsOfVectors)})"))
            {
                writer.Line($"int streams = {Memory}.Gather(states.Slice(stream), vectors);");
                writer.Line("Kernels.StepStreams(ref _weights.Origin, inputs.Slice(stream * InputSize, streams * InputSize), vectors, "
                    + "outputs.Slice(stream * OutputSize, streams * OutputSize), streams);");
                writer.Line($"{Memory}.Scatter(vectors, states.Slice(stream, streams));");
                if (!output.IsLinear)
                {
                    writer.Block("for (int end = stream + streams; stream < end; stream++)", [output.Activate("outputs.Slice(stream * OutputSize, OutputSize)", "stream")]);
                }
                else
                {
                    writer.Line("stream += streams;");
                }
            }

            writer.Line($"{Memory}.GiveVectors(_weights, vectors);");
        }

        writer.Line();
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
