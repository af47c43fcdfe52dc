namespace RnnGen.Checkpoints;

/// <summary>
/// A file that is written in the folder of another one to replace it. Its name contains a hash of the target's, and a lock that ends with the process shows
/// whether it is still being written: the next process that writes the same target removes what killed processes have left.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _target;
    private readonly string _path;
    private readonly FileStream _stream;
    private bool _isThere = true;

    private TemporaryFile(string target, string path, FileStream stream)
    {
        _target = target;
        _path = path;
        _stream = stream;
    }

    /// <summary>Creates the file in the folder of the target: a rename is atomic only on the same disk.</summary>
    /// <param name="target">The file that it will replace.</param>
    /// <param name="length">Its length, so that a disk without enough space fails at once.</param>
    /// <param name="isPrivate">Whether nobody else may read it for now.</param>
    public static TemporaryFile Create(string target, long length, bool isPrivate)
    {
        string prefix = Prefix(target);
        RemoveLeftovers(Path.GetDirectoryName(target)!, prefix);
        for (int attempt = 0; ; attempt++)
        {
            string path = Path.Combine(Path.GetDirectoryName(target)!, $"{prefix}{Environment.ProcessId}-{Random.Shared.NextInt64():x16}.tmp");
            if (TryCreate(target, path, Options(length, isPrivate), isLast: attempt == 10) is TemporaryFile created)
            {
                return created;
            }
        }
    }

    /// <summary>Writes the content.</summary>
    public void Write(Action<Stream> write)
    {
        try
        {
            write(_stream);
        }
        catch (IOException e) when (Names(e, _path))
        {
            throw Renamed(e, _path, _target);
        }
    }

    /// <summary>Flushes the content to the disk, applies the identity of the old file, and renames the file.</summary>
    public void Replace(FileIdentity? identity)
    {
        if (!Unix.IsThere)
        {
            // On Windows, a file that is open for writing cannot be read: close it before it has the name that readers know.
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_path, _target, overwrite: true);
        }
        else
        {
            if (identity is FileIdentity old)
            {
                Identify(old);
            }

            Unix.Flush(_stream.SafeFileHandle);
            if (OperatingSystem.IsMacOS())
            {
                // On Apple's systems, fsync leaves the content in the memory of the disk. .NET asks for more, but only fsync reports failure.
                _stream.Flush(flushToDisk: true);
            }

            Unix.Rename(_path, _target);
        }

        _isThere = false;
    }

    public void Dispose()
    {
        // Before the lock ends, or another process may be the one to remove it.
        if (_isThere)
        {
            Remove();
        }

        _stream.Dispose();
    }

    /// <summary>Short, whatever the length of the target's name, which may be as long as the file system allows.</summary>
    internal static string Prefix(string target) =>
        $"checkpoint-{Checksum.Of(Path.GetFileName(target)):x8}-";

    private static FileStreamOptions Options(long length, bool isPrivate)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,

            // Reading, because network file systems need it for the lock; sharing, so that .NET's lock is shared and does not stop readers
            // once the file has its name; deletion, so that Windows can remove an open file.
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            PreallocationSize = length,

            // Whole tensors are written at once. Without buffering, closing the file cannot fail.
            BufferSize = 0,
        };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Null if another process mistook the file for a leftover, between its creation and its lock.</summary>
    private static TemporaryFile? TryCreate(string target, string path, FileStreamOptions options, bool isLast)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, options);
        }
        catch (IOException e) when (Unix.IsThere && Unix.IsLocked(e) && !isLast)
        {
            return null;
        }
        catch (IOException e) when (e is not DirectoryNotFoundException && Names(e, path))
        {
            throw Renamed(e, path, target);
        }

        if (Unix.IsThere)
        {
            // Whether locks exist matters only to processes that want to remove the file.
            Unix.TryLock(stream.SafeFileHandle, alone: false);
            if (!File.Exists(path) && !isLast)
            {
                stream.Dispose();
                return null;
            }
        }

        return new TemporaryFile(target, path, stream);
    }

    // Readers of an error do not know the temporary file.
    private static bool Names(IOException exception, string path) => exception.Message.Contains(path, StringComparison.Ordinal);

    private static IOException Renamed(IOException exception, string path, string target) =>
        new(exception.Message.Replace(path, target, StringComparison.Ordinal), exception);

    private static void RemoveLeftovers(string folder, string prefix)
    {
        try
        {
            foreach (string leftover in Directory.EnumerateFiles(folder, prefix + "*.tmp"))
            {
                RemoveLeftover(leftover);
            }
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            // A folder that cannot be listed may still be writable.
        }
    }

    private static void RemoveLeftover(string path)
    {
        try
        {
            if (Unix.IsThere)
            {
                FileIdentity.OfRegular(path);
            }

            // On Windows, a file that is open elsewhere cannot be opened exclusively; just before the rename it is closed, but new. Other systems
            // need a lock. Without locks, the file stays: it may belong to a running process.
            FileOptions options = FileOptions.None;
            if (OperatingSystem.IsWindows())
            {
                options = FileOptions.DeleteOnClose;
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < TimeSpan.FromMinutes(1))
                {
                    return;
                }
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options);
            if (Unix.IsThere && Unix.TryLock(stream.SafeFileHandle, alone: true))
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            // It is in use, already removed, or owned by another user.
        }
    }

    private void Identify(FileIdentity old)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        bool hasGroup = Unix.TryGive(_stream.SafeFileHandle, old.Owner, old.Group);
        try
        {
            File.SetUnixFileMode(_stream.SafeFileHandle, hasGroup ? old.Permissions : old.PermissionsWithoutGroup);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file system without permissions has none to keep.
        }
    }

    private void Remove()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            // The exception that is being thrown says what went wrong first.
        }
    }
}
