namespace RnnGen.Checkpoints;

/// <summary>
/// Replaces the whole content of a file, so that a crash or a full disk never leaves half of a checkpoint. Symbolic links, mode, owner and group
/// are kept. Other hard links keep the old content.
/// </summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file in the same folder, flushes it to the disk, renames it, and flushes the folder. On an exception, the file is unchanged, unless
    /// the message says that it was replaced.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length, so that a disk without enough space fails at once.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="CheckpointException">The file system refused, or the path leads to something that is not a regular file.</exception>
    public static void Write(string path, long length, Action<Stream> write)
    {
        try
        {
            (string target, string folder, FileIdentity? old) = Find(path);
            using (TemporaryFile temporary = Create(target, folder, length, isPrivate: old is not null))
            {
                temporary.Write(write);
                temporary.Replace(old);
            }

            if (Unix.IsThere)
            {
                FlushFolder(folder);
            }
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            throw Refused(path, e);
        }
    }

    /// <summary>Checks, as far as that can be told in advance, that a file could be written: its temporary file is created and removed. The file is unchanged.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file system refused, or the path leads to something that is not a regular file.</exception>
    public static void Check(string path)
    {
        try
        {
            (string target, string folder, _) = Find(path);
            Create(target, folder, length: 0, isPrivate: true).Dispose();
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            throw Refused(path, e);
        }
    }

    /// <summary>The file to replace, its folder, and its identity if it exists.</summary>
    private static (string Target, string Folder, FileIdentity? Old) Find(string path)
    {
        string target = Follow(Path.GetFullPath(path));
        FileIdentity? old = FileIdentity.OfRegular(target);
        return (target, Path.GetDirectoryName(target) ?? throw new IOException("It is a directory."), old);
    }

    private static CheckpointException Refused(string path, Exception e) => new(CheckpointReason.File, path, $"cannot be written: {e}", e);

    private static TemporaryFile Create(string target, string folder, long length, bool isPrivate)
    {
        try
        {
            return TemporaryFile.Create(target, length, isPrivate);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"Files cannot be created in the folder '{folder}'.", e);
        }
    }

    private static void FlushFolder(string folder)
    {
        try
        {
            Unix.FlushFolder(folder);
        }
        catch (IOException e)
        {
            throw new IOException($"The file was replaced, but a power failure may undo that. {e.Message}", e);
        }
    }

    /// <summary>The file that links lead to, whether it exists or not: the one to replace.</summary>
    private static string Follow(string path)
    {
        // As many links as Linux follows.
        for (int links = 0; links < 40; links++)
        {
            if (new FileInfo(path).LinkTarget is not string target || Path.GetDirectoryName(path) is not string folder)
            {
                return path;
            }

            // A link is relative to the real folder that it is in, and ".." leads to the parent of the real folder.
            string next = Path.Combine(RealPath(folder), target);
            path = Path.GetDirectoryName(next) is string parent ? Path.Combine(RealPath(parent), Path.GetFileName(next)) : next;
        }

        throw new IOException("There are too many symbolic links.");
    }

    private static string RealPath(string folder) => (Unix.IsThere ? Unix.RealPath(folder) : null) ?? Path.GetFullPath(folder);
}
