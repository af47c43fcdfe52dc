namespace RnnGen.Checkpoints;

/// <summary>
/// A file that is written beside another one to take its place. Its name says whose it is, and a lock that ends with the process says whether
/// somebody still writes it: what processes left that are gone is removed by the next one that writes the same file.
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

    /// <summary>Makes the file in the folder of the target: only on the same disk is a rename one step.</summary>
    /// <param name="target">The file whose place it will take.</param>
    /// <param name="length">Its future length: a disk without the room says so at once.</param>
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

    /// <summary>Brings the content to the disk, gives it the identity of the file before it, and then the name.</summary>
    public void Replace(FileIdentity? identity)
    {
        if (!Unix.IsThere)
        {
            // Windows lets nobody read a file that is open for writing: it is closed before it has the name that readers know.
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
                // There, fsync leaves the content in the memory of the disk. .NET asks for more, but only fsync tells of failure.
                _stream.Flush(flushToDisk: true);
            }

            Unix.Rename(_path, _target);
        }

        _isThere = false;
    }

    public void Dispose()
    {
        // Before the lock goes, or another process may be the one to remove it.
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

            // Reading, too, or a network file system refuses the lock; sharing so that the lock is a shared one, which readers do not meet
            // once the file has its name; deletion, so that Windows removes a file that is open.
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            PreallocationSize = length,

            // Whole tensors are written at once, and with nothing held back closing the file cannot fail.
            BufferSize = 0,
        };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Null where another process took the file for a leftover, in the moment between its creation and its lock.</summary>
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
            // Whether there are locks at all is for those to know who want to remove the file.
            Unix.TryLock(stream.SafeFileHandle, alone: false);
            if (!File.Exists(path) && !isLast)
            {
                stream.Dispose();
                return null;
            }
        }

        return new TemporaryFile(target, path, stream);
    }

    // Nobody who reads of an error knows the temporary file.
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
            // A folder that cannot be listed may still be written to.
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

            // Windows lets nobody open a file for himself that is open elsewhere; just before it is renamed it is closed, but new. On others a
            // lock is needed, and where there are none, the file stays: it may be that of a living process.
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
            // It is in use, gone already, or another user's.
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
            // The exception on its way tells what went wrong first.
        }
    }
}
