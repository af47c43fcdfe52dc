namespace RnnGen.Formats;

/// <summary>Reads the named tensors of files that other programs wrote. The format is found by the content, not by the name of the file.</summary>
public static class TensorFiles
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors.</returns>
    /// <exception cref="CheckpointException">The file cannot be read, is of no known format, or is broken.</exception>
    public static TensorFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CheckpointException(CheckpointReason.File, path, $"cannot be read: {e}", e);
        }

        return Read(path, file);
    }

    /// <summary>Reads a file from a stream, which need not be able to seek.</summary>
    /// <param name="stream">Contains the file, from its position to its end. It is not closed.</param>
    /// <returns>Its tensors.</returns>
    /// <exception cref="CheckpointException">The stream threw an exception, or the file is of no known format, or broken.</exception>
    public static TensorFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = new MemoryStream();
        try
        {
            stream.CopyTo(file);
        }
        catch (Exception e)
        {
            throw new CheckpointException(CheckpointReason.File, CheckpointException.StreamPath, $"cannot be read: {e}", e);
        }

        return Read(CheckpointException.StreamPath, file.GetBuffer().AsMemory(0, (int)file.Length));
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="file">Its content.</param>
    /// <returns>Its tensors.</returns>
    /// <exception cref="CheckpointException">The file is of no known format, or broken.</exception>
    public static TensorFile Read(ReadOnlyMemory<byte> file) => Read(CheckpointException.BytesPath, file);

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="path">What it is called in messages.</param>
    /// <param name="file">Its content.</param>
    internal static TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        foreach (TensorFileFormat format in TensorFileFormat.All)
        {
            if (format.Recognizes(file))
            {
                return format.Read(path, file);
            }
        }

        throw new CheckpointException(
            CheckpointReason.Container, path, $"expected a file of a known format ({string.Join(", ", TensorFileFormat.All.Select(f => f.Name))}), found none of them.");
    }
}
