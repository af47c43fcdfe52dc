namespace RnnGen.Formats;

/// <summary>A file in a zip archive, as the directory of the archive describes it.</summary>
/// <param name="Name">Its name. It is looked up, and never becomes a path.</param>
/// <param name="Method">How it is compressed: 0 is not at all, 8 is deflate.</param>
/// <param name="IsEncrypted">Whether a password is needed.</param>
/// <param name="Crc">The checksum of its content.</param>
/// <param name="Data">Its bytes in the archive, perhaps compressed.</param>
/// <param name="Offset">Where these bytes start in the archive.</param>
/// <param name="Size">The length that its content is said to have.</param>
internal sealed record ZipMember(
    string Name, int Method, bool IsEncrypted, uint Crc, ReadOnlyMemory<byte> Data, long Offset, long Size)
{
    /// <summary>Whether the bytes are the content.</summary>
    public bool IsStored => Method == 0;
}
