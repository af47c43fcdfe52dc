namespace RnnGen;

/// <summary>A model class as a type parameter: code that makes models of a class that it does not know.</summary>
/// <typeparam name="TSelf">The class.</typeparam>
public interface IRnnModelFactory<TSelf>
    where TSelf : class, IRnnModelFactory<TSelf>, IRnnModel
{
    /// <summary>An untrained model, as its constructor gives it.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <returns>The model.</returns>
    static abstract TSelf Create(int seed);

    /// <summary>A model with the weights of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model.</returns>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
    static abstract TSelf Load(string path);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">Holds the file from its position to its end. It is not closed.</param>
    static abstract TSelf Load(Stream stream);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="file">The content of the file.</param>
    static abstract TSelf Load(ReadOnlySpan<byte> file);
}
