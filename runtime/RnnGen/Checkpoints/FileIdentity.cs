namespace RnnGen.Checkpoints;

/// <summary>The attributes of a file on Unix, besides name and content.</summary>
/// <param name="Mode">Kind and permissions, with the same values on every system.</param>
/// <param name="Owner">Number of the user.</param>
/// <param name="Group">Number of the group.</param>
internal readonly record struct FileIdentity(uint Mode, uint Owner, uint Group)
{
    private const uint GroupBits = 0b000_111_000;
    private const uint OtherBits = 0b000_000_111;

    /// <summary>The permissions, without the kind.</summary>
    public UnixFileMode Permissions => (UnixFileMode)(Mode & 0xFFF);

    /// <summary>
    /// The permissions for when the group cannot be kept: the new group gets at most the permissions of everybody, or the file would become accessible to
    /// unintended users.
    /// </summary>
    public UnixFileMode PermissionsWithoutGroup => (UnixFileMode)(Mode & 0x1FF & ~(GroupBits & ~((Mode & OtherBits) << 3)));

    private string Kind => (Mode & 0xF000) switch
    {
        0x1000 => "a pipe (FIFO)",
        0x2000 => "a character device",
        0x4000 => "a directory",
        0x6000 => "a block device",
        0xC000 => "a socket",
        _ => "something else",
    };

    /// <summary>Makes sure that a file can be opened to be read.</summary>
    /// <exception cref="IOException">It is not a regular file: reading it might block forever.</exception>
    public static void RequireRegular(string path)
    {
        // On Linux, what has a length is a regular file, unless it is a link. That is known without calling the C library, which a new process would have to
        // look for.
        if (!OperatingSystem.IsLinux() || new FileInfo(path) is not { Exists: true, Length: > 0 } file || (file.Attributes & FileAttributes.ReparsePoint) != 0)
        {
            OfRegular(path);
        }
    }

    /// <summary>The identity of the file that a path leads to; null if there is none, or if the system has no such identities.</summary>
    /// <exception cref="IOException">It is not a regular file: reading it might block forever, and replacing it would take it from others.</exception>
    public static FileIdentity? OfRegular(string path)
    {
        const uint Regular = 0x8000;
        FileIdentity? found = Unix.IsThere ? Unix.Look(path) : null;
        if (Directory.Exists(path))
        {
            throw new IOException("It is a directory.");
        }

        return found is not FileIdentity identity || (identity.Mode & 0xF000) == Regular
            ? found
            : throw new IOException($"It is not a regular file but {identity.Kind}.");
    }
}
