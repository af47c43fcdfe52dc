using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the methods that create models and their memory, and all verbs.</summary>
internal sealed class VerbWriter(SourceWriter writer, ModelPlan model)
{
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
        writer.Line($$"""
            /// <summary>Loads a model from a safetensors file.</summary>
            /// <param name="path">The file.</param>
            /// <returns>The model.</returns>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be read, or its tensors do not match the model's exactly.</exception>
            public static {{model.Spec.Target.Self}} Load(string path)
            {
                var model = new {{model.Spec.Target.Self}}(BuildWeights());
                model.LoadWeights(path);
                return model;
            }

            /// <inheritdoc cref="Load(string)"/>
            /// <param name="stream">Contains the file, from its position to its end. It is not closed.</param>
            public static {{model.Spec.Target.Self}} Load(global::System.IO.Stream stream)
            {
                var model = new {{model.Spec.Target.Self}}(BuildWeights());
                model.LoadWeights(stream);
                return model;
            }

            /// <inheritdoc cref="Load(string)"/>
            /// <param name="file">The content of the file.</param>
            public static {{model.Spec.Target.Self}} Load(global::System.ReadOnlySpan<byte> file)
            {
                var model = new {{model.Spec.Target.Self}}(BuildWeights());
                model.LoadWeights(file);
                return model;
            }

            /// <summary>
            /// Replaces all weights and the metadata by those of a safetensors file. On an error, the model is unchanged. Do not call this
            /// while streams are running, which would see a mix of old and new weights: load a second model and continue with the same states.
            /// </summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be read, or its tensors do not match the model's exactly.</exception>
            public void LoadWeights(string path) => _weights.Load(path);

            /// <inheritdoc cref="LoadWeights(string)"/>
            /// <param name="stream">Contains the file, from its position to its end. It is not closed.</param>
            public void LoadWeights(global::System.IO.Stream stream) => _weights.Load(stream);

            /// <inheritdoc cref="LoadWeights(string)"/>
            /// <param name="file">The content of the file.</param>
            public void LoadWeights(global::System.ReadOnlySpan<byte> file) => _weights.Load(file);

            /// <summary>Writes all weights and the metadata to a safetensors file. The file is replaced completely or, on an error, not at all.</summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be written.</exception>
            public void Save(string path) => _weights.Save(path);

            /// <summary>Writes all weights and the metadata to a stream, as a safetensors file. On an error, part of the file may have been written.</summary>
            /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The stream threw an exception, which is the inner exception.</exception>
            public void Save(global::System.IO.Stream stream) => _weights.Save(stream);

            /// <summary>Creates a copy with its own weights and metadata.</summary>
            /// <returns>The copy.</returns>
            public {{model.Spec.Target.Self}} Clone()
            {
                var clone = new {{model.Spec.Target.Self}}(BuildWeights());
                clone._weights.CopyFrom(_weights);
                return clone;
            }

            /// <summary>Creates the state of one stream, {{ModelText.InitialState(model)}}.</summary>
            /// <returns>The state.</returns>
            public State CreateState() => new(_weights);

            /// <summary>Creates the training memory of one worker.</summary>
            /// <returns>The tape.</returns>
            public Tape CreateTape() => new(_weights);

            /// <summary>Creates a trainer with an optimizer, a tape and a state.</summary>
            /// <param name="settings">The optimizer's settings, such as <c>new Adam(0.001f) { ClipNorm = 1 }</c>.</param>
            /// <returns>The trainer.</returns>
            public Trainer CreateTrainer(global::RnnGen.OptimizerSettings settings) => new(this, settings);

            """);
    }

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

            /// <summary>Creates the training memory of one worker, for batches and single windows.</summary>
            /// <returns>The tape.</returns>
            public Tape CreateBatchTape() => new(_weights, BatchSize);

            """);
    }
}
