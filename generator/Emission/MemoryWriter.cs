using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the classes that hold the memory of a stream, of a batch of streams, and of a recorded window: their sizes and typed members.</summary>
internal sealed class MemoryWriter(SourceWriter writer, ModelPlan model)
{
    private const string Weights = VerbPhrases.Services + ".ModelWeights";

    public void Write()
    {
        string self = $"<see cref=\"{model.Spec.Target.FullName}\"/>";
        string start = ModelText.InitialState(model);
        Write("State", $"The state of one stream of {self}, {start}.", WriteState);
        if (model.Batch is BatchPlan batch)
        {
            Write("Batch", $"The states of several streams of one model that advance together, {start}.", () => WriteBatch(batch));
        }

        Write("Tape", $"The training memory of one worker of {self}.", WriteTape);
    }

    private void Write(string name, string summary, Action members)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        using (writer.Open($"public sealed class {name} : global::RnnGen.{name}"))
        {
            members();
        }
    }

    private void WriteState()
    {
        IEnumerable<string> slots =
            from layer in model.Layers
            from s in Enumerable.Range(0, layer.Cell.States.Count)
            let state = layer.Cell.States[s]
            let place = layer.States.Offsets[s]
            let initial = layer.InitialStates is int first ? ", " + Literals.Integer(first + place) : ""
            let name = Literals.Text($"{layer.Spec.Name}.{state.Name}{layer.StateSuffix}")
            select $"new({name}, {Literals.Integer(model.Stream.States(layer) + place)}, {Literals.Integer(state.Size)}{initial})";
        string ahead = model.AheadSize == 0 ? "" : $", ahead: {Literals.Integer(model.AheadSize)}";
        string kept = !model.Holds ? ""
            : $"internal static readonly {VerbPhrases.Services}.StateSlot[] Kept = [.. Slots, new(\"outputs\", {Literals.Integer(model.Stream.Held)}, OutputSize)];\n\n";
        writer.Line($$"""
            {{(model.Batch is null ? "private" : "internal")}} static readonly {{VerbPhrases.Services}}.StateSlot[] Slots = [{{string.Join(", ", slots)}}];

            {{kept}}private static readonly {{VerbPhrases.Services}}.StateLayout Layout =
                new(Slots, half: {{Literals.Integer(model.Stream.StateSize)}}, work: {{Literals.Integer(model.WorkSize)}}{{ahead}}{{(model.Holds ? ", kept: Kept" : "")}});

            internal State({{Weights}}? weights{{(model.NeedsWholeWindow ? "" : $", {VerbPhrases.Services}.StateMemory? memory = null")}})
                : base(Layout, weights{{(model.NeedsWholeWindow ? "" : ", memory")}})
            {
            }
            """);
        WriteLosses(o => $"{o.LossMemory("Scorer")} {o.LossMember} = new({o.LossOfHead}, SequenceLength);");
    }

    private void WriteBatch(BatchPlan batch)
    {
        string steps = model.NeedsWholeWindow
            ? $"work: {Literals.Integer(batch.TapeSize)}{(model.Spec.Tokens ? ", tokens: SequenceLength" : "")}"
            : $"work: {Literals.Integer(batch.WorkSize)}, scratch: {Literals.Integer(batch.ScratchSize)}, workStride: {Literals.Integer(batch.WorkStride)}, "
                + (model.Spec.Tokens ? "tokens: 1" : "inputs: InputSize");
        string scores = model.HasHead ? $", scores: {Literals.Integer(model.Outputs.Count)}" : "";
        writer.Line($$"""
            internal Batch(int lanes, {{Weights}}? weights)
                : base(State.Slots, lanes, BatchSize, weights, stride: {{Literals.Integer(batch.StateStride)}}, {{steps}}{{scores}}{{(model.Holds ? ", kept: State.Kept" : "")}})
            {
            }
            """);
        WriteLosses(o => $"{o.LossMemory("Scorer")}[] {o.LossMember} = {o.LossMemory("Scorer")}.OfLanes({o.LossOfHead}, SequenceLength, BatchSize);");
    }

    private void WriteTape()
    {
        string inputs = $"SequenceLength, inputs: {(model.Spec.Tokens ? "0" : "InputSize")}";
        string size = Literals.Integer(model.Tape.Size);
        writer.Line(model.Batch is BatchPlan batch
            ? $$"""
            internal Tape({{Weights}} weights, int lanes = 0)
                : base(weights, lanes == 0 ? {{size}} : {{Literals.Integer(Math.Max(model.Tape.Size, batch.TapeSize))}}, {{inputs}}, lanes)
            {
                InitialBatchGradients = lanes == 0 ? null : new Batch(lanes, weights: null);
            }

            /// <inheritdoc/>
            public override Batch? InitialBatchGradients { get; }
            """
            : $$"""
            internal Tape({{Weights}} weights)
                : base(weights, {{size}}, {{inputs}})
            {
            }
            """);
        writer.Line("""

            /// <inheritdoc/>
            public override State InitialStateGradients { get; } = new(weights: null);
            """);
        WriteLosses(o => $"{o.LossMemory("Loss")} {o.LossMember} = new({o.LossOfHead}, SequenceLength);");
        if (model.Spec.Trace)
        {
            new TraceWriter(writer, model).Write();
        }
    }

    /// <summary>The memory of losses that are those of whole windows.</summary>
    private void WriteLosses(Func<OutputPhrases, string> declaration) =>
        writer.Lines(new VerbPhrases(model).Outputs.Where(o => o.IsOfWindow).Select(o => $"\ninternal readonly {declaration(o)}"));
}
