namespace RnnGen.Formats;

/// <summary>Writes files for other programs that were built in memory.</summary>
internal static class ExportedFile
{
    /// <summary>Writes a file. It is replaced completely or, on an error, not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content) => AtomicFile.Write(path, content.Length, stream => stream.Write(content.Span));

    /// <summary>Writes to a stream, from its position on.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception.</exception>
    public static void Write(Stream stream, ReadOnlyMemory<byte> content)
    {
        try
        {
            stream.Write(content.Span);
        }
        catch (Exception e)
        {
            throw new CheckpointException(CheckpointReason.File, CheckpointException.StreamPath, $"cannot be written: {e}", e);
        }
    }
}
