using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The main file of a model: sizes, constructors, layers, and the verbs that check their arguments and run the layers.</summary>
internal sealed class ModelFile(ModelPlan model)
{
    private readonly ModelSpec _spec = model.Spec;

    private string Name => _spec.Target.Name;

    private string Self => _spec.Target.Self;

    private string PlainName => Name.TrimStart('@');

    private string BatchInterface => $"global::RnnGen.IRnnBatchModel<{Self}, {Self}.State, {Self}.Tape, {Self}.Batch{new VerbPhrases(model).DataTypes}>";

    private string SizedInterface => Interface("");

    private string FullInterface => Interface(new VerbPhrases(model).DataTypes);

    public string Write() => FileFrame.Write(_spec.Target, WriteHeader, writer =>
    {
        if (_spec.DocumentClass)
        {
            writer.Line($"/// <summary>{ModelText.Summary(model)}</summary>");
        }

        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"RnnGen\", \"{ModelText.Version}\")]");
        string batches = new VerbPhrases(model).TrainsInBatches ? $", {BatchInterface}" : "";
        using (writer.Open($"partial class {Name} : {FullInterface}{batches}"))
        {
            WriteSizes(writer);
            WriteConstruction(writer);
            WriteLayers(writer);
            new VerbWriter(writer, model).Write();
            if (model.Batch is BatchPlan batch)
            {
                new BatchWriter(writer, model, batch).Write();
            }

            WriteState(writer);
            WriteTape(writer);
            if (model.Outputs.Count > 1)
            {
                new SeveralHeadsWriter(writer, model, FullInterface).Write();
            }

            new TrainerWriter(writer, model).Write();
            WriteInterface(writer);
            if (!model.NeedsWholeWindow)
            {
                new StepWriter(writer, model).Write();
                if (model.Batch is not null)
                {
                    new StepWriter(writer, model, model.Batch).Write();
                }
            }

            new LayoutWriter(writer, model).Write();
        }
    });

    private void WriteHeader(SourceWriter writer)
    {
        writer.Line($"// {PlainName}: {ModelText.Summary(model)}");
        writer.Line($"// {Literals.Grouped(model.ParameterCount)} parameters, {Literals.Grouped(model.MultiplyAdds)} multiply-adds per step.");
        writer.Line("//");
        foreach (LayerPlan layer in model.Layers)
        {
            writer.Line($"//     {layer.Name}: {layer.Cell.Name}, {layer.Spec.InputSize} -> {layer.Spec.Size}, {Literals.Grouped(layer.ParameterCount)} parameters");
        }

        writer.Line("//");
        writer.Line("// The kernels are in the files of the layers, with their equations.");
    }

    private void WriteSizes(SourceWriter writer)
    {
        string input = _spec.Tokens ? "Size of the vocabulary: tokens are integers in 0 .. InputSize - 1." : "Numbers that go in per step.";
        writer.Line($$"""
            /// <summary>{{input}}</summary>
            public const int InputSize = {{Literals.Integer(_spec.InputSize)}};

            /// <summary>Numbers that come out per step{{(model.Outputs.Count > 1 ? ", of all heads together" : "")}}.</summary>
            public const int OutputSize = {{Literals.Integer(model.OutputSize)}};
            {{string.Concat(model.Outputs.Where(_ => model.Outputs.Count > 1).Select(o => $"\n/// <summary>Numbers that come out of {o.Head!.Name}.</summary>\npublic const int {new HeadNames(o.Head.Name).Size} = {Literals.Integer(o.Node.Size)};\n"))}}
            /// <summary>The longest window, in steps, that Forward and Backward take in one call.</summary>
            public const int SequenceLength = {{Literals.Integer(_spec.SequenceLength)}};

            /// <summary>Number of trained numbers.</summary>
            public const long ParameterCount = {{Literals.Integer(model.ParameterCount)}};

            private readonly global::RnnGen.CompilerServices.ModelWeights _weights;
            """);
        writer.Line();
    }

    private void WriteConstruction(SourceWriter writer)
    {
        writer.Line($$"""
            /// <summary>An untrained model, with PyTorch's default distributions.</summary>
            /// <param name="seed">The same seed gives the same weights on every machine.</param>
            public {{Name}}(int seed)
            {
                _weights = BuildWeights();
                _weights.Initialize(seed);
            }
            """);
        writer.Line();
        writer.Line("// For models that are loaded, cloned or created by code that does not know their class.");
        if (_spec.Target.HasRequiredMembers)
        {
            // They have no initializer to set required members in.
            writer.Line("#pragma warning disable CS8618");
            writer.Line("[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]");
        }

        writer.Line($$"""
            private {{Name}}(global::RnnGen.CompilerServices.ModelWeights weights)
            {
                _weights = weights;
            }
            """);
        if (_spec.Target.HasRequiredMembers)
        {
            writer.Line("#pragma warning restore CS8618");
        }

        writer.Line();
    }

    private void WriteLayers(SourceWriter writer)
    {
        writer.Line("""
            /// <summary>The layers in the order in which data flows through them.</summary>
            public global::System.Collections.Generic.IReadOnlyList<global::RnnGen.Layer> Layers => _weights.Layers;

            /// <summary>The weights, packed as the kernels need them; <see cref="Layers"/> gives them tensor by tensor.</summary>
            public global::System.ReadOnlySpan<float> Parameters => _weights.Values;

            /// <summary>
            /// Texts that travel in the checkpoint: labels, an alphabet, thresholds. Keys that begin with <c>rnngen.</c> are the library's own
            /// and are not kept.
            /// </summary>
            public global::System.Collections.Generic.IDictionary<string, string> Metadata => _weights.Metadata;
            """);
        writer.Line();
        for (int k = 0; k < _spec.Layers.Count; k++)
        {
            if (_spec.Layers[k].Property is not PropertySpec property)
            {
                continue;
            }

            LayerPlan[] layer = [.. model.Layers.Where(l => l.Spec.Name == _spec.Layers[k].Name)];

            if (property.Document)
            {
                writer.Line($"/// <summary>{ModelText.Describe(layer)}</summary>");
            }

            writer.Line($"{property.Modifiers} global::RnnGen.Layer {property.Identifier} => _weights.Layers[{Literals.Integer(k)}];");
            writer.Line();
        }
    }

    private void WriteState(SourceWriter writer)
    {
        string slots = string.Join(", ", from layer in model.Layers
                                         from s in Enumerable.Range(0, layer.Cell.States.Count)
                                         let state = layer.Cell.States[s]
                                         select $"new({Literals.Text($"{layer.Spec.Name}.{state.Name}{layer.StateSuffix}")}, {Literals.Integer(model.Stream.States(layer) + layer.States.Offsets[s])}, {Literals.Integer(state.Size)}{(layer.InitialStates is int initial ? $", {Literals.Integer(initial + layer.States.Offsets[s])}" : "")})");
        string start = model.LearnsInitialState ? "it starts as the layers have learned" : "all zero when it is created";
        writer.Line($"/// <summary>The memory of one stream of <see cref=\"{_spec.Target.FullName}\"/>; {start}.</summary>");
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

    private void WriteTape(SourceWriter writer)
    {
        writer.Line($"/// <summary>The training memory of one worker of <see cref=\"{_spec.Target.FullName}\"/>.</summary>");
        using (writer.Open("public sealed class Tape : global::RnnGen.Tape"))
        {
            string data = _spec.Tokens ? "_tokens" : "_inputGradients";
            string array = _spec.Tokens ? "int[SequenceLength" : "float[SequenceLength * InputSize";
            writer.Line($"private readonly {(_spec.Tokens ? "int" : "float")}[] {data}{(model.Batch is null ? $" = new {array}]" : "")};");
            writer.Line();
            writer.Line(model.Batch is BatchPlan batch
                ? $$"""
                internal Tape(global::RnnGen.CompilerServices.ModelWeights weights, int lanes = 0)
                    : base(weights, lanes == 0 ? {{Literals.Integer(model.Tape.Size)}} : {{Literals.Integer(Math.Max(model.Tape.Size, batch.TapeSize))}})
                {
                    {{data}} = new {{array}} * global::System.Math.Max(1, lanes)];
                    Rows = new(lanes);
                    InitialBatchGradients = lanes == 0 ? null : new Batch(lanes, isStream: false);
                }

                /// <summary>
                /// The gradients of the states that the lanes of the recorded batch started from, since the last Backward; null on a tape for single
                /// windows.
                /// </summary>
                public Batch? InitialBatchGradients { get; }

                internal global::RnnGen.CompilerServices.BatchRows Rows { get; }

                internal bool HoldsBatch { get; private set; }

                internal void StartBatch()
                {
                    Begin(Rows.Steps);
                    ClearUnless(HoldsBatch);
                    HoldsBatch = true;
                }

                // The rows of a batch are elsewhere than those of a window: what is padding in one must not be a number of the other.
                private void ClearUnless(bool isSameLayout)
                {
                    if (!isSameLayout)
                    {
                        MemorySpan.Clear();
                    }
                }

                internal void MustHoldLanes({{Self}} model, int lanes)
                {
                    CheckOwner(model._weights);
                    global::RnnGen.CompilerServices.Check.Capacity(lanes, Rows.Capacity, "tape");
                }

                internal void MustHoldBatch({{Self}} model)
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
            string meaning = model.Outputs.Count == 1 && model.HasHead ? " After Backward with targets they are those of the sum of its losses; what it returns is the mean." : "";
            writer.Line($$"""
                /// <summary>The gradients of the states that the recorded window started from, of the last Backward.{{meaning}}</summary>
                public State InitialStateGradients { get; } = new({{(model.LearnsInitialState ? "null" : "")}});
                """);
            writer.Line();
            if (_spec.Tokens)
            {
                writer.Line("internal global::System.Span<int> Tokens => _tokens;");
            }
            else
            {
                string steps = model.Batch is null ? "Steps" : "(HoldsBatch ? Rows.Total : Steps)";
                string lanes = model.Batch is null ? "" : ", of a batch lane by lane";
                writer.Line($$"""
                    /// <summary>The gradients of the inputs of the recorded window, of the last Backward: [steps x InputSize]{{lanes}}.{{meaning}}</summary>
                    public global::System.ReadOnlySpan<float> InputGradients => global::System.MemoryExtensions.AsSpan(_inputGradients, 0, {{steps}} * InputSize);

                    internal global::System.Span<float> InputGradientRows => _inputGradients;
                    """);
            }

            writer.Line($$"""

                internal ref float Memory => ref MemoryOrigin;

                internal global::System.Span<float> Slice(int start, int length) => MemorySpan.Slice(start, length);

                internal ref float GradientMemory => ref GradientOrigin;

                internal void StartRecording(int steps){{(model.Batch is null ? " => Begin(steps);" : "\n{\n    Begin(steps);\n    ClearUnless(!HoldsBatch);\n    HoldsBatch = false;\n}")}}{{(model.Nodes.Any(n => n is DropoutPlan) ? "\n\ninternal void Drop(int start, int stride, int count, int rows, float rate) => DrawMasks(start, stride, count, rows, rate);" : "")}}{{(model.Layers.Any(l => l.Cell.Masks.Count > 0) ? "\n\ninternal void Draw(int start, int stride, int count, int rows, float rate, float kept) => DrawMasks(start, stride, count, rows, rate, kept);" : "")}}{{(model.LearnsInitialState ? "\n\ninternal bool StartsAsLearned { get; set; }" : "")}}

                internal float Add(global::RnnGen.Score score) => AddScore(score);

                internal void MustBelongTo({{Self}} model) => CheckOwner(model._weights);

                internal void MustHoldWindow({{Self}} model) => CheckRecorded(model._weights);
                """);
            if (_spec.Trace)
            {
                WriteTrace(writer);
            }
        }

        writer.Line();
    }

    private void WriteTrace(SourceWriter writer)
    {
        writer.Line();
        writer.Line($"private static readonly {VerbPhrases.Services}.TraceSlot[] Slots =");
        writer.Line("[");
        foreach (LayerPlan layer in model.Layers)
        {
            foreach ((string name, Expression value) in layer.Traced)
            {
                (int start, int stride) = TracePlace(layer, value);
                writer.Line($"    new({Literals.Text($"{layer.Spec.Name}.{name}{layer.StateSuffix}")}, {Literals.Integer(start)}, {Literals.Integer(stride)}, {Literals.Integer(value.Size)}, {(layer.RunsOnce ? "true" : "false")}),");
            }
        }

        writer.Line("""
            ];

            /// <summary>The names that <see cref="Trace"/> knows: those of the equations at the head of the layers' files.</summary>
            public static global::System.Collections.Generic.IEnumerable<string> TraceNames => NamesOf(Slots);

            /// <summary>One value of the equations at every step of the recorded window. States are those after the step. Allocates nothing.</summary>
            /// <param name="name">Layer and value, such as <c>Hidden.h</c>.</param>
            /// <returns>The values; good until the next recording.</returns>
            /// <exception cref="global::System.ArgumentException">There is no such value.</exception>
            public global::RnnGen.TraceRows Trace(string name) => Find(Slots, name);
            """);
    }

    /// <summary>Where the tape has the first row of a traced value, and the distance to the next.</summary>
    private (int Start, int Stride) TracePlace(LayerPlan layer, Expression value)
    {
        Operand place = layer.Record.Places[value];
        RowPlace rows = model.Tape.Of(layer, place.Region);
        return (rows.Start + place.Offset, rows.Stride);
    }

    private void WriteInterface(SourceWriter writer)
    {
        foreach ((string type, string name) in new[] { ("int", "InputSize"), ("int", "OutputSize"), ("int", "SequenceLength"), ("long", "ParameterCount") })
        {
            writer.Line($"static {type} {SizedInterface}.{name} => {name};");
            writer.Line();
        }

        if (new VerbPhrases(model).TrainsInBatches)
        {
            writer.Line($"static int {BatchInterface}.BatchSize => BatchSize;");
            writer.Line();
        }

        using (writer.Open($"static {Self} {SizedInterface}.Create(int seed)"))
        {
            writer.Line($"var model = new {Self}(BuildWeights());");
            writer.Line("model._weights.Initialize(seed);");
            writer.Line("return model;");
        }

        writer.Line();
        writer.Line("global::RnnGen.CompilerServices.ModelWeights global::RnnGen.IRnnModel.Weights => _weights;");
        writer.Line();
        if (model.OnlyOutput?.Head is not null)
        {
            var text = new VerbPhrases(model);
            using (writer.Open($"void {FullInterface}.CheckWindow({text.Inputs}, {text.TargetParameters})"))
            {
                foreach (string line in text.CheckWindow(text.TargetArguments))
                {
                    writer.Line(line);
                }
            }

            writer.Line();
        }
    }

    private string Interface(string dataTypes) => $"global::RnnGen.IRnnModel<{Self}, {Self}.State, {Self}.Tape{dataTypes}>";
}
