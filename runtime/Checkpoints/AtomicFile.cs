namespace RnnGen.Checkpoints;

/// <summary>Replaces a file as a whole, so that a crash or a full disk never leaves half of a checkpoint.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file, flushes to the disk, and renames. On an exception the file is as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its future length: a disk without the room says so at once.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="CheckpointException">The file system refused.</exception>
    public static void Write(string path, long length, Action<Stream> write)
    {
        try
        {
            string target = Path.GetFullPath(path);

            if (Directory.Exists(target))
            {
                throw new IOException("It is a directory.");
            }

            // The same folder, hence the same disk: only there is a rename one step. The name is free, whoever else is writing, and
            // does not grow with that of the file, which may be as long as the file system allows.
            string temporary = Path.Combine(Path.GetDirectoryName(target)!, $"checkpoint-{Guid.NewGuid():N}.tmp");
            bool done = false;
            try
            {
                using (var stream = new FileStream(temporary, Options(length)))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, target, overwrite: true);
                done = true;
            }
            finally
            {
                if (!done)
                {
                    Remove(temporary);
                }
            }
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            throw new CheckpointException(CheckpointReason.File, path, $"cannot be written: {e}", e);
        }
    }

    private static FileStreamOptions Options(long length) => new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.None,
        PreallocationSize = length,

        // Whole tensors are written at once, and with nothing held back closing the file cannot fail.
        BufferSize = 0,
    };

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            // The exception on its way tells what went wrong first.
        }
    }
}
