using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the classes that hold the memory of a stream, of a batch of streams, and of a recorded window.</summary>
internal sealed class MemoryWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = VerbPhrases.Services;

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
        string slots = string.Join(", ", from layer in model.Layers
                                         from s in Enumerable.Range(0, layer.Cell.States.Count)
                                         let state = layer.Cell.States[s]
                                         select $"new({Literals.Text($"{layer.Spec.Name}.{state.Name}{layer.StateSuffix}")}, {Literals.Integer(model.Stream.States(layer) + layer.States.Offsets[s])}, {Literals.Integer(state.Size)}{(layer.InitialStates is int initial ? $", {Literals.Integer(initial + layer.States.Offsets[s])}" : "")})");
        writer.Line($"/// <summary>The state of one stream of <see cref=\"{model.Spec.Target.FullName}\"/>, {ModelText.InitialState(model)}.</summary>");
        using (writer.Open("public sealed class State : global::RnnGen.State"))
        {
            writer.Line($$"""
                {{(model.Batch is null ? "private" : "internal")}} static readonly global::RnnGen.CompilerServices.StateSlot[] Slots = [{{slots}}];

                internal State({{(model.LearnsInitialState ? "global::RnnGen.CompilerServices.ModelWeights? weights" : "")}})
                    : base(Slots, {{Literals.Integer(model.Stream.StateSize)}}, {{Literals.Integer(model.WorkSize)}}{{(model.LearnsInitialState ? ", weights" : "")}})
                {
                }

                """);
            if (model.LearnsInitialState)
            {
                writer.Line("internal bool Start(global::RnnGen.CompilerServices.ModelWeights weights) => LeaveStart(weights);");
                writer.Line();
            }

            writer.Line(model.NeedsWholeWindow
                ? """
                internal global::System.Span<float> Window => WorkSpan;

                internal global::System.Span<float> Slice(int start, int length) => NowSpan.Slice(start, length);
                """
                : """
                internal ref float Now => ref NowOrigin;

                internal ref float Next => ref NextOrigin;

                internal ref float Work => ref WorkOrigin;

                internal global::System.Span<float> Slice(int start, int length) => NowSpan.Slice(start, length);

                internal void MoveOn() => Advance();
                """);
        }

        writer.Line();
    }

    private void WriteTape()
    {
        writer.Line($"/// <summary>The training memory of one worker of <see cref=\"{model.Spec.Target.FullName}\"/>.</summary>");
        using (writer.Open("public sealed class Tape : global::RnnGen.Tape"))
        {
            string data = model.Spec.Tokens ? "_tokens" : "_inputGradients";
            string array = model.Spec.Tokens ? "int[SequenceLength" : "float[SequenceLength * InputSize";
            writer.Line($"private readonly {(model.Spec.Tokens ? "int" : "float")}[] {data}{(model.Batch is null ? $" = new {array}]" : "")};");
            writer.Line();
            writer.Line(model.Batch is BatchPlan batch
                ? $$"""
                internal Tape(global::RnnGen.CompilerServices.ModelWeights weights, int lanes = 0)
                    : base(weights, lanes == 0 ? {{Literals.Integer(model.Tape.Size)}} : {{Literals.Integer(Math.Max(model.Tape.Size, batch.TapeSize))}})
                {
                    {{data}} = new {{array}} * global::System.Math.Max(1, lanes)];
                    Rows = new(lanes);
                    InitialBatchGradients = lanes == 0 ? null : new Batch(lanes, {{(model.LearnsInitialState ? "null, " : "")}}isStream: false);
                }

                /// <summary>
                /// The gradients of the initial states of the lanes of the recorded batch, from the last Backward; null on a tape for single
                /// windows.
                /// </summary>
                public override Batch? InitialBatchGradients { get; }

                internal global::RnnGen.CompilerServices.BatchRows Rows { get; }

                internal bool HoldsBatch { get; private set; }

                internal void StartBatch()
                {
                    Begin(Rows.Steps);
                    ClearUnless(HoldsBatch);
                    HoldsBatch = true;
                }

                // Batches and single windows have different layouts: what is padding in one must not hold values of the other.
                private void ClearUnless(bool isSameLayout)
                {
                    if (!isSameLayout)
                    {
                        MemorySpan.Clear();
                    }
                }

                internal void MustHoldLanes({{model.Spec.Target.Self}} model, int lanes)
                {
                    CheckOwner(model._weights);
                    global::RnnGen.CompilerServices.Check.Capacity(lanes, Rows.Capacity, "tape");
                }

                internal void MustHoldBatch({{model.Spec.Target.Self}} model)
                {
                    CheckRecorded(model._weights);
                    global::RnnGen.CompilerServices.Check.Batch(HoldsBatch);
                }

                """
                : $$"""
                internal Tape(global::RnnGen.CompilerServices.ModelWeights weights)
                    : base(weights, {{Literals.Integer(model.Tape.Size)}})
                {
                }

                """);
            string meaning = model.Outputs.Count == 1 && model.HasHead ? " Backward with targets gives those of the sum of the losses, not of the mean." : "";
            writer.Line($$"""
                /// <summary>The gradients of the initial states of the recorded window, from the last Backward.{{meaning}}</summary>
                public override State InitialStateGradients { get; } = new({{(model.LearnsInitialState ? "null" : "")}});
                """);
            writer.Line();
            if (model.Spec.Tokens)
            {
                writer.Line("internal global::System.Span<int> Tokens => _tokens;");
            }
            else
            {
                string steps = model.Batch is null ? "Steps" : "(HoldsBatch ? Rows.Total : Steps)";
                string lanes = model.Batch is null ? "" : ", lane by lane for a batch";
                writer.Line($$"""
                    /// <summary>The gradients of the inputs of the recorded window, from the last Backward: [steps x InputSize]{{lanes}}.{{meaning}}</summary>
                    public override global::System.ReadOnlySpan<float> InputGradients => global::System.MemoryExtensions.AsSpan(_inputGradients, 0, {{steps}} * InputSize);

                    internal global::System.Span<float> InputGradientRows => _inputGradients;
                    """);
            }

            writer.Line($$"""

                internal ref float Memory => ref MemoryOrigin;

                internal global::System.Span<float> Slice(int start, int length) => MemorySpan.Slice(start, length);

                internal ref float GradientMemory => ref GradientOrigin;

                internal void StartRecording(int steps){{(model.Batch is null ? " => Begin(steps);" : "\n{\n    Begin(steps);\n    ClearUnless(!HoldsBatch);\n    HoldsBatch = false;\n}")}}{{(model.Nodes.Any(n => n is DropoutPlan) ? "\n\ninternal void Drop(int start, int stride, int count, int rows, float rate) => DrawMasks(start, stride, count, rows, rate);" : "")}}{{(model.Layers.Any(l => l.Cell.Masks.Count > 0) ? "\n\ninternal void Draw(int start, int stride, int count, int rows, float rate, float kept) => DrawMasks(start, stride, count, rows, rate, kept);" : "")}}{{(model.LearnsInitialState ? "\n\ninternal bool StartsAsLearned { get; set; }" : "")}}

                internal float Add(global::RnnGen.Score score) => AddScore(score);

                internal void MustBelongTo({{model.Spec.Target.Self}} model) => CheckOwner(model._weights);

                internal void MustHoldWindow({{model.Spec.Target.Self}} model) => CheckRecorded(model._weights);
                """);
            if (model.Spec.Trace)
            {
                new TraceWriter(writer, model).Write();
            }
        }

        writer.Line();
    }

    private void WriteBatch(BatchPlan batch)
    {
        writer.Line($"/// <summary>The states of several streams of one model that advance together, {ModelText.InitialState(model)}.</summary>");
        using (writer.Open("public sealed class Batch : global::RnnGen.Batch"))
        {
            string stride = Literals.Integer(batch.WorkStride);
            string data = model.Spec.Tokens ? "int" : "float";
            writer.Line($$"""
                internal Batch(int lanes, {{(model.LearnsInitialState ? Services + ".ModelWeights? weights, " : "")}}bool isStream = true)
                    : base(State.Slots, lanes, BatchSize, {{Literals.Integer(batch.StateStride)}}, isStream ? {{(model.NeedsWholeWindow ? batch.TapeSize : batch.WorkSize)}} : 0{{(model.LearnsInitialState ? ", weights" : "")}})
                {
                    if (!isStream)
                    {
                        return;
                    }

                    Rows = new {{Services}}.BatchRows(lanes);
                """);
            if (model.HasHead)
            {
                writer.Line($"    _scores = new global::RnnGen.Score[lanes{(model.Outputs.Count == 1 ? "" : $" * {Literals.Integer(model.Outputs.Count)}")}];");
            }

            if (!model.NeedsWholeWindow)
            {
                writer.Line($"    _inputs = new {data}[lanes{(model.Spec.Tokens ? "" : " * InputSize")}];");
            }
            else if (model.Spec.Tokens)
            {
                writer.Line("    _tokens = new int[BatchSize * SequenceLength];");
            }

            writer.Line($$"""
                }

                internal {{Services}}.BatchRows Rows { get; } = null!;

                internal void MustStream() => {{Services}}.Check.Stream(Rows is not null);

                """);
            if (model.HasHead)
            {
                writer.Line("""
                    private readonly global::RnnGen.Score[] _scores = [];

                    internal global::System.Span<global::RnnGen.Score> Scores => _scores;

                    """);
            }

            writer.Line(model.NeedsWholeWindow
                ? $$"""
                internal global::System.Span<float> Window => WorkSpan;
                {{(model.Spec.Tokens ? "\nprivate readonly int[] _tokens = [];\n\ninternal global::System.Span<int> Tokens => _tokens;\n" : "")}}
                """
                : $$"""
                private readonly {{data}}[] _inputs = [];

                internal global::System.Span<{{data}}> Inputs => _inputs;

                internal ref float Now => ref NowOrigin;

                internal ref float Next => ref NextOrigin;

                internal ref float Scratch => ref WorkOrigin;

                internal ref float Work => ref global::System.Runtime.CompilerServices.Unsafe.Add(ref WorkOrigin, {{Literals.Integer(batch.ScratchSize)}});

                internal global::System.Span<float> WorkSlice(int lane, int start, int length) => WorkSpan.Slice({{Literals.Integer(batch.ScratchSize)}} + (lane * {{stride}}) + start, length);

                internal void MoveOn() => Advance();

                internal void Arrange({{Services}}.BatchRows rows) => LayOut(rows);

                internal void Settle({{Services}}.BatchRows rows) => EndSteps(rows);

                internal void Restore({{Services}}.BatchRows rows) => PutBack(rows);

                """);
            if (model.LearnsInitialState)
            {
                writer.Line($"""
                    internal void Start({Services}.ModelWeights weights) => LeaveStart(weights);

                    internal void Start({Services}.BatchRows rows, {Services}.ModelWeights weights) => LeaveStart(rows, weights);

                    """);
            }

            writer.Line("""
                internal global::System.Span<float> Slice(int lane, int start, int length) => Lane(lane).Slice(start, length);
                """);
        }

        writer.Line();
    }
}
