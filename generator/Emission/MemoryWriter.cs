using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the classes that hold the memory of a stream, of a batch of streams, and of a recorded window: their sizes and typed members.</summary>
internal sealed class MemoryWriter(SourceWriter writer, ModelPlan model)
{
    private const string Weights = VerbPhrases.Services + ".ModelWeights";

    public void Write()
    {
        WriteState();
        if (model.Batch is BatchPlan batch)
        {
            WriteBatch(batch);
        }

        WriteTape();
    }

    private void WriteState()
    {
        IEnumerable<string> slots =
            from layer in model.Layers
            from s in Enumerable.Range(0, layer.Cell.States.Count)
            let state = layer.Cell.States[s]
            let place = layer.States.Offsets[s]
            let initial = layer.InitialStates is int first ? ", " + Literals.Integer(first + place) : ""
            select $"new({Literals.Text($"{layer.Spec.Name}.{state.Name}{layer.StateSuffix}")}, {Literals.Integer(model.Stream.States(layer) + place)}, {Literals.Integer(state.Size)}{initial})";
        writer.Line($"/// <summary>The state of one stream of <see cref=\"{model.Spec.Target.FullName}\"/>, {ModelText.InitialState(model)}.</summary>");
        using (writer.Open("public sealed class State : global::RnnGen.State"))
        {
            writer.Line($$"""
                {{(model.Batch is null ? "private" : "internal")}} static readonly {{VerbPhrases.Services}}.StateSlot[] Slots = [{{string.Join(", ", slots)}}];

                internal State({{Weights}}? weights)
                    : base(Slots, {{Literals.Integer(model.Stream.StateSize)}}, {{Literals.Integer(model.WorkSize)}}, weights)
                {
                }
                """);
        }

        writer.Line();
    }

    private void WriteBatch(BatchPlan batch)
    {
        string steps = model.NeedsWholeWindow
            ? $"work: {Literals.Integer(batch.TapeSize)}{(model.Spec.Tokens ? ", tokens: SequenceLength" : "")}"
            : $"work: {Literals.Integer(batch.WorkSize)}, scratch: {Literals.Integer(batch.ScratchSize)}, workStride: {Literals.Integer(batch.WorkStride)}, {(model.Spec.Tokens ? "tokens: 1" : "inputs: InputSize")}";
        string scores = model.HasHead ? $", scores: {Literals.Integer(model.Outputs.Count)}" : "";
        writer.Line($"/// <summary>The states of several streams of one model that advance together, {ModelText.InitialState(model)}.</summary>");
        using (writer.Open("public sealed class Batch : global::RnnGen.Batch"))
        {
            writer.Line($$"""
                internal Batch(int lanes, {{Weights}}? weights)
                    : base(State.Slots, lanes, BatchSize, weights, stride: {{Literals.Integer(batch.StateStride)}}, {{steps}}{{scores}})
                {
                }
                """);
        }

        writer.Line();
    }

    private void WriteTape()
    {
        string inputs = $"SequenceLength, inputs: {(model.Spec.Tokens ? "0" : "InputSize")}";
        writer.Line($"/// <summary>The training memory of one worker of <see cref=\"{model.Spec.Target.FullName}\"/>.</summary>");
        using (writer.Open("public sealed class Tape : global::RnnGen.Tape"))
        {
            writer.Line(model.Batch is BatchPlan batch
                ? $$"""
                internal Tape({{Weights}} weights, int lanes = 0)
                    : base(weights, lanes == 0 ? {{Literals.Integer(model.Tape.Size)}} : {{Literals.Integer(Math.Max(model.Tape.Size, batch.TapeSize))}}, {{inputs}}, lanes)
                {
                    InitialBatchGradients = lanes == 0 ? null : new Batch(lanes, weights: null);
                }

                /// <inheritdoc/>
                public override Batch? InitialBatchGradients { get; }
                """
                : $$"""
                internal Tape({{Weights}} weights)
                    : base(weights, {{Literals.Integer(model.Tape.Size)}}, {{inputs}})
                {
                }
                """);
            writer.Line("""

                /// <inheritdoc/>
                public override State InitialStateGradients { get; } = new(weights: null);
                """);
            if (model.Spec.Trace)
            {
                new TraceWriter(writer, model).Write();
            }
        }

        writer.Line();
    }
}
