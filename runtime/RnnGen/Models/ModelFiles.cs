using RnnGen.Checkpoints;

namespace RnnGen;

/// <summary>
/// Loads weights that others trained, and saves for others. In code before C# 14, which has static extensions, and in code for a type parameter,
/// <c>Amp.Load(path, options)</c> is <c>ModelFiles.Load&lt;Amp&gt;(path, options)</c>.
/// </summary>
public static class ModelFiles
{
    extension<TModel>(TModel)
        where TModel : class, IRnnModel, IRnnModelFactory<TModel>
    {
        /// <summary>Loads a model from a safetensors file whose names, shapes or element types are not exactly those of the model.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The file cannot be read, or its tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(string path, LoadOptions options) => Load<TModel>(path, options, out _);

        /// <summary>Loads a model from a safetensors file, and says what was done.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
        /// <param name="result">What was done, tensor by tensor.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The file cannot be read, or its tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(string path, LoadOptions options, out LoadResult result)
        {
            TModel model = TModel.CreateUninitialized();
            result = model.LoadWeights(path, options);
            return model;
        }

        /// <summary>Loads a model from a stream with a safetensors file.</summary>
        /// <param name="stream">Contains the file, from its position to its end; it need not be able to seek. It is not closed.</param>
        /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The stream threw an exception, or the tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(Stream stream, LoadOptions options) => Load<TModel>(stream, options, out _);

        /// <summary>Loads a model from a stream with a safetensors file, and says what was done.</summary>
        /// <param name="stream">Contains the file, from its position to its end; it need not be able to seek. It is not closed.</param>
        /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
        /// <param name="result">What was done, tensor by tensor.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The stream threw an exception, or the tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(Stream stream, LoadOptions options, out LoadResult result)
        {
            TModel model = TModel.CreateUninitialized();
            result = model.LoadWeights(stream, options);
            return model;
        }

        /// <summary>Loads a model from a safetensors file that is in memory.</summary>
        /// <param name="file">The content of the file.</param>
        /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The file is damaged, or its tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(ReadOnlySpan<byte> file, LoadOptions options) => Load<TModel>(file, options, out _);

        /// <summary>Loads a model from a safetensors file that is in memory, and says what was done.</summary>
        /// <param name="file">The content of the file.</param>
        /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
        /// <param name="result">What was done, tensor by tensor.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The file is damaged, or its tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(ReadOnlySpan<byte> file, LoadOptions options, out LoadResult result)
        {
            TModel model = TModel.CreateUninitialized();
            result = model.LoadWeights(file, options);
            return model;
        }

        /// <summary>Loads a model from the tensors of any file, such as those that <c>TensorFiles.Read</c> of the package RnnGen.Formats gives.</summary>
        /// <param name="file">The tensors.</param>
        /// <param name="options">How they are found; null for what is found without being told.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(TensorFile file, LoadOptions? options = null) => Load<TModel>(file, options, out _);

        /// <summary>Loads a model from the tensors of any file, and says what was done.</summary>
        /// <param name="file">The tensors.</param>
        /// <param name="options">How they are found; null for what is found without being told.</param>
        /// <param name="result">What was done, tensor by tensor.</param>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
        /// <exception cref="CheckpointException">The tensors do not fit; the message has everything that does not.</exception>
        public static TModel Load(TensorFile file, LoadOptions? options, out LoadResult result)
        {
            TModel model = TModel.CreateUninitialized();
            result = model.LoadWeights(file, options);
            return model;
        }
    }

    /// <summary>
    /// Replaces all weights and the metadata by those of a safetensors file whose names, shapes or element types are not exactly those of the model. On an
    /// error, the model is unchanged.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
    /// <returns>What was done, tensor by tensor.</returns>
    /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors do not fit; the message has everything that does not.</exception>
    public static LoadResult LoadWeights(this IRnnModel model, string path, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return LoadWeights(model, SafetensorsFile.Read(path).ToTensorFile(), options);
    }

    /// <inheritdoc cref="LoadWeights(IRnnModel, string, LoadOptions)"/>
    /// <param name="model">The model.</param>
    /// <param name="stream">Contains the file, from its position to its end; it need not be able to seek. It is not closed.</param>
    /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
    public static LoadResult LoadWeights(this IRnnModel model, Stream stream, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return LoadWeights(model, SafetensorsFile.Read(stream).ToTensorFile(), options);
    }

    /// <inheritdoc cref="LoadWeights(IRnnModel, string, LoadOptions)"/>
    /// <param name="model">The model.</param>
    /// <param name="file">The content of the file.</param>
    /// <param name="options">How its tensors are found; <c>new()</c> for what is found without being told.</param>
    public static LoadResult LoadWeights(this IRnnModel model, ReadOnlySpan<byte> file, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return LoadWeights(model, SafetensorsFile.Read(file).ToTensorFile(), options);
    }

    /// <summary>
    /// Replaces all weights by the tensors of any file, such as those that <c>TensorFiles.Read</c> of the package RnnGen.Formats gives. The metadata are
    /// replaced by those of a safetensors file; others have none. On an error, the model is unchanged.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The tensors.</param>
    /// <param name="options">How they are found; null for what is found without being told.</param>
    /// <returns>What was done, tensor by tensor.</returns>
    /// <exception cref="ArgumentException">The options name a layer or tensor that the model does not have.</exception>
    /// <exception cref="CheckpointException">The tensors do not fit; the message has everything that does not.</exception>
    public static LoadResult LoadWeights(this IRnnModel model, TensorFile file, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(file);
        options ??= new LoadOptions();
        Placement placement = Placement.Of(model.Weights, file, options, out LoadResult result);
        if (options.CheckAnswers)
        {
            IRnnModel copy = model.Copy();
            placement.ApplyTo(copy.Weights);
            KnownAnswers.Check(file, copy);
        }

        placement.ApplyTo(model.Weights);
        return result;
    }

    /// <summary>Writes all weights and the metadata to a safetensors file, and what the options add. The file is replaced completely or, on an error, not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file. <c>Load</c> and <c>LoadWeights</c> also read it without options.</param>
    /// <param name="options">What is added.</param>
    /// <exception cref="ArgumentException">The model cannot read the window of the answers, or gives other outputs, or has no narrow weights.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Save(this IRnnModel model, string path, SaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        Content(model, path, options).WriteTo(path);
    }

    /// <summary>Writes the same to a stream. On an error, part of the file may have been written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed.</param>
    /// <param name="options">What is added.</param>
    /// <exception cref="ArgumentException">The model cannot read the window of the answers, or gives other outputs, or has no narrow weights; nothing was written.</exception>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception.</exception>
    public static void Save(this IRnnModel model, Stream stream, SaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Content(model, CheckpointException.StreamPath, options).WriteTo(stream);
    }

    /// <summary>
    /// Writes the weights as a <c>state_dict</c> of PyTorch in a safetensors file: <c>module.load_state_dict(safetensors.torch.load_file(path))</c>. Shapes,
    /// order of gates and the names in a layer are PyTorch's; those of the layers are the model's or, with <paramref name="rename"/>, the module's. A
    /// state_dict has no equations: what <c>nn.LSTM</c>, <c>nn.GRU</c> or <c>nn.RNN</c> cannot compute (a GRU with <c>LinearBeforeReset = false</c>,
    /// peepholes, MinGru, ...) needs a module of its own. The table that a <c>Tied</c> head shares is written once, as that of the embedding:
    /// load with <c>strict=False</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file. It is replaced completely or, on an error, not at all.</param>
    /// <param name="rename">From layers (<c>Memory</c> to <c>rnn</c>) or tensors (<c>Memory.weight_ih_l0</c> to <c>cell.weight_ih</c>) to names in PyTorch, as in <see cref="LoadOptions.Rename"/>.</param>
    /// <exception cref="ArgumentException">A layer or tensor that the model does not have, or two tensors would have the same name.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void ExportPyTorch(this IRnnModel model, string path, Dictionary<string, string>? rename = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        StateDict(model, path, rename).WriteTo(path);
    }

    /// <summary>Writes the weights as a <c>state_dict</c> of PyTorch, a safetensors file, to a stream. On an error, part of the file may have been written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed.</param>
    /// <param name="rename">From layers or tensors to names in PyTorch, as in <see cref="LoadOptions.Rename"/>.</param>
    /// <exception cref="ArgumentException">A layer or tensor that the model does not have, or two tensors would have the same name; nothing was written.</exception>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception.</exception>
    public static void ExportPyTorch(this IRnnModel model, Stream stream, Dictionary<string, string>? rename = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        StateDict(model, CheckpointException.StreamPath, rename).WriteTo(stream);
    }

    private static SafetensorsContent Content(IRnnModel model, string path, SaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Narrow && !model.Weights.IsNarrow)
        {
            throw new ArgumentException($"Expected a model with narrow weights for {nameof(SaveOptions)}.{nameof(SaveOptions.Narrow)}, such as [RnnModel(..., Weights = WeightFormat.Int8)]; {model.Weights.Model} reads floats.", nameof(options));
        }

        return Checkpoint.ContentOf(model.Weights, path, options.Answers?.ToTensors(model) ?? [], options.Narrow);
    }

    private static SafetensorsContent StateDict(IRnnModel model, string path, Dictionary<string, string>? rename)
    {
        ArgumentNullException.ThrowIfNull(model);
        var names = new TensorNames(model.Weights, rename ?? []);
        TensorToWrite[] tensors =
        [
            .. from layer in model.Layers
               from parameter in layer.Stored
               select Checkpoint.Packed(parameter, names.Of(layer, parameter), model.Weights.Values),
        ];
        return SafetensorsContent.OfForeign(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }
}
