namespace RnnGen.Formats;

/// <summary>
/// Writes the weights of models as archives of NumPy (<c>.npz</c>): <c>numpy.load(path)["Memory.weight_ih_l0"]</c>. Names, shapes and bits are those of a file that
/// <c>Save</c> writes. <see cref="TensorFiles.Read(string)"/> and <c>Load</c> with options read them back.
/// </summary>
public static class NumpyExport
{
    /// <summary>Writes the weights of a model as an archive of NumPy. The same weights give the same bytes.</summary>
    /// <param name="model">The model. Its metadata are not written.</param>
    /// <param name="path">The file. It is replaced completely or, on an error, not at all.</param>
    /// <exception cref="CheckpointException">The file cannot be written, or would be too long.</exception>
    public static void ExportNumpy(this IRnnModel model, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ExportedFile.Write(path, FileOf(model, path));
    }

    /// <summary>Writes the weights of a model as an archive of NumPy to a stream. If the stream throws an exception, part of the file may have been written.</summary>
    /// <param name="model">The model. Its metadata are not written.</param>
    /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed, and need not be able to seek.</param>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception, or the file would be too long.</exception>
    public static void ExportNumpy(this IRnnModel model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ExportedFile.Write(stream, FileOf(model, CheckpointException.StreamPath));
    }

    private static ReadOnlyMemory<byte> FileOf(IRnnModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        return NumpyArchiveWriter.Write(
            path, [.. model.Weights.Parameters.Select(parameter => Checkpoint.Packed(parameter, parameter.FullName, model.Weights.Values))]);
    }
}
