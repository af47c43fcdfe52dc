using System.ComponentModel;

namespace RnnGen;

/// <summary>Creates and loads models of a class that is a type parameter.</summary>
/// <typeparam name="TSelf">The class.</typeparam>
public interface IRnnModelFactory<TSelf>
    where TSelf : class, IRnnModelFactory<TSelf>, IRnnModel
{
    /// <summary>Creates an untrained model, initialized from PyTorch's default distributions.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <returns>The model.</returns>
    static virtual TSelf Create(int seed)
    {
        TSelf model = TSelf.CreateUninitialized();
        model.Weights.Initialize(seed);
        return model;
    }

    /// <summary>Creates a model whose weights are zero, for code that sets all of them.</summary>
    /// <returns>The model.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf CreateUninitialized();

    /// <summary>Loads a model from a safetensors file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model.</returns>
    /// <exception cref="CheckpointException">The file cannot be read, its tensors do not match the model's exactly, or a weight is NaN or infinite.</exception>
    static abstract TSelf Load(string path);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">Contains the file, from its position to its end. It is not closed.</param>
    static abstract TSelf Load(Stream stream);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="file">The content of the file.</param>
    static abstract TSelf Load(ReadOnlySpan<byte> file);
}
