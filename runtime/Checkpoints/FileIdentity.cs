namespace RnnGen.Checkpoints;

/// <summary>What a file is apart from its name and its content, on a Unix.</summary>
/// <param name="Mode">Kind and permissions, the same numbers everywhere.</param>
/// <param name="Owner">Number of the user.</param>
/// <param name="Group">Number of the group.</param>
internal readonly record struct FileIdentity(uint Mode, uint Owner, uint Group)
{
    private const uint GroupBits = 0b000_111_000;
    private const uint OtherBits = 0b000_000_111;

    /// <summary>Everything but the kind.</summary>
    public UnixFileMode Permissions => (UnixFileMode)(Mode & 0xFFF);

    /// <summary>
    /// The permissions where the group is another one: it may do no more than everybody, or the file would be open to people whom nobody had
    /// in mind.
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

    /// <summary>The identity of the file that a path leads to; null where there is none, or where identities are unknown.</summary>
    /// <exception cref="IOException">It is no regular file: reading it might wait for good, replacing it would take it from others.</exception>
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
            : throw new IOException($"It is no regular file but {identity.Kind}.");
    }
}
