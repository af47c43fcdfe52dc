using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the methods that create models and their memory, and all verbs.</summary>
internal sealed class VerbWriter(SourceWriter writer, ModelPlan model)
{
    // What a file is read from; it is written to the first two.
    private static readonly (string Type, string Name)[] Files =
        [("string", "path"), ("global::System.IO.Stream", "stream"), ("global::System.ReadOnlySpan<byte>", "file")];

    public void Write()
    {
        WriteCreate();
        WriteVerbs(isBatch: false);
        if (model.Batch is BatchPlan batch)
        {
            WriteCreate(batch);
            WriteVerbs(isBatch: true);
        }
    }

    private void WriteVerbs(bool isBatch)
    {
        IEnumerable<Verb> evaluate = model.HasHead ? [new EvaluateVerbs(model, isBatch).Evaluate()] : [];
        foreach (Verb verb in new ForwardVerbs(model, isBatch).All().Concat(evaluate).Concat(new BackwardVerbs(model, isBatch).All()))
        {
            verb.Write(writer);
        }
    }

    private void WriteCreate()
    {
        string self = model.Spec.Target.Self;
        writer.Lines(Files.Select(file => $$"""
            /// <inheritdoc cref="global::RnnGen.IRnnModelFactory{TSelf}.Load({{Cref(file.Type)}})"/>
            public static {{self}} Load({{file.Type}} {{file.Name}})
            {
                var model = new {{self}}(BuildWeights());
                model.LoadWeights({{file.Name}});
                return model;
            }

            """));
        writer.Lines(Files.Select(file => $$"""
            /// <inheritdoc cref="global::RnnGen.IRnnModel.LoadWeights({{Cref(file.Type)}})"/>
            public void LoadWeights({{file.Type}} {{file.Name}}) => _weights.Load({{file.Name}});

            """));
        writer.Lines(Files.Take(2).Select(file => $$"""
            /// <inheritdoc cref="global::RnnGen.IRnnModel.Save({{Cref(file.Type)}})"/>
            public void Save({{file.Type}} {{file.Name}}) => _weights.Save({{file.Name}});

            """));
        writer.Line($$"""
            /// <summary>Creates a copy with its own weights and metadata.</summary>
            /// <returns>The copy.</returns>
            public {{self}} Clone()
            {
                var clone = new {{self}}(BuildWeights());
                clone._weights.CopyFrom(_weights);
                return clone;
            }

            /// <summary>Creates the state of one stream, {{ModelText.InitialState(model)}}.</summary>
            /// <returns>The state.</returns>
            public State CreateState() => new(_weights);

            """);
        WriteCreateStates();
        writer.Line("""
            /// <inheritdoc cref="global::RnnGen.IRnnModel.CreateTape()"/>
            public Tape CreateTape() => new(_weights);

            /// <summary>Creates a trainer with an optimizer, a tape and a state.</summary>
            /// <param name="settings">The optimizer's settings, such as <c>new Adam(0.001f) { ClipNorm = 1 }</c>.</param>
            /// <returns>The trainer.</returns>
            public Trainer CreateTrainer(global::RnnGen.OptimizerSettings settings) => new(this, settings);

            """);
    }

    private void WriteCreateStates()
    {
        if (!model.NeedsWholeWindow)
        {
            writer.Line($$"""
                /// <summary>
                /// Creates the states of many streams, {{ModelText.InitialState(model)}}, side by side in memory: for streams that take single steps, such as by
                /// <see cref="global::RnnGen.IRnnStreamingModel{TInput}.Step(global::System.ReadOnlySpan{global::RnnGen.State}, global::System.ReadOnlySpan{TInput}, global::System.Span{float})"/>.
                /// </summary>
                /// <param name="count">Number of streams.</param>
                /// <returns>The states.</returns>
                /// <exception cref="global::System.ArgumentOutOfRangeException">The number is negative.</exception>
                public State[] CreateStates(int count)
                {
                    var memory = new {{VerbPhrases.Services}}.StateMemory(count);
                    var states = new State[count];
                    for (int stream = 0; stream < states.Length; stream++)
                    {
                        states[stream] = new(_weights, memory);
                    }

                    return states;
                }

                """);
        }
    }

    private static string Cref(string type) => type.Replace('<', '{').Replace('>', '}');

    private void WriteCreate(BatchPlan batch)
    {
        string start = ModelText.InitialState(model);
        writer.Line($$"""
            /// <summary>The largest number of lanes of a batch.</summary>
            public const int BatchSize = {{Literals.Integer(batch.Size)}};

            /// <summary>Creates the states of <see cref="BatchSize"/> streams that advance together, {{start}}.</summary>
            /// <returns>The batch.</returns>
            public Batch CreateBatch() => new(BatchSize, _weights);

            /// <summary>Creates the states of some streams that advance together, {{start}}.</summary>
            /// <param name="lanes">Number of streams, 1 to <see cref="BatchSize"/>.</param>
            /// <returns>The batch.</returns>
            /// <exception cref="global::System.ArgumentOutOfRangeException">Fewer than one lane, or more than BatchSize.</exception>
            public Batch CreateBatch(int lanes) => new(lanes, _weights);

            /// <inheritdoc cref="global::RnnGen.IRnnBatchModel{TInput}.CreateBatchTape()"/>
            public Tape CreateBatchTape() => new(_weights, BatchSize);

            """);
    }
}
