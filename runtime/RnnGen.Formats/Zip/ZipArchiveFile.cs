using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;

namespace RnnGen.Formats;

/// <summary>The members of a zip archive in memory.</summary>
/// <remarks>What an archive says about sizes is believed only after it was counted.</remarks>
internal sealed class ZipArchiveFile
{
    private const int Stored = 0;
    private const int Deflated = 8;

    // Weights shrink to a half at best. A tensor of equal numbers shrinks to a thousandth, but is small beside the others.
    private const int MostExpansion = 64;
    private const long AlwaysExpanded = 4 << 20;
    private const int BufferSize = 1 << 16;

    private readonly string _path;
    private readonly Dictionary<string, ZipMember> _byName = new(StringComparer.Ordinal);
    private readonly long _mostExpanded;
    private long _expanded;

    private ZipArchiveFile(string path, ReadOnlyMemory<byte> file)
    {
        _path = path;
        _mostExpanded = AlwaysExpanded + ((long)MostExpansion * file.Length);
        Members = ZipDirectory.Read(path, file);
        foreach (ZipMember member in Members)
        {
            if (!_byName.TryAdd(member.Name, member))
            {
                throw Wrong(member, $"expected every name once, found '{member.Name}' again.");
            }
        }
    }

    /// <summary>The members in the order of the directory.</summary>
    public IReadOnlyList<ZipMember> Members { get; }

    /// <summary>Reads the directory of an archive.</summary>
    /// <exception cref="CheckpointException">The archive is broken, or two members have the same name.</exception>
    public static ZipArchiveFile Read(string path, ReadOnlyMemory<byte> file) => new(path, file);

    /// <summary>The member of a name, or null.</summary>
    public ZipMember? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Counts the bytes of a member: its declared size can be relied on afterwards. Checks its checksum.</summary>
    /// <param name="member">The member.</param>
    /// <param name="ignoresChecksum">Whether the program that wrote the archive writes none.</param>
    /// <exception cref="CheckpointException">The member is damaged, encrypted, compressed in another way than by deflate, or expands to too much.</exception>
    public void Check(ZipMember member, bool ignoresChecksum = false)
    {
        if (member.IsEncrypted || member.Method is not (Stored or Deflated))
        {
            throw Wrong(member, $"expected '{member.Name}' without encryption, and as it is or compressed by deflate, found {(member.IsEncrypted ? "encryption" : "another method")}. Pack the archive again.");
        }

        if (!member.IsStored)
        {
            _expanded += Math.Min(member.Size, _mostExpanded + 1);
            if (_expanded > _mostExpanded)
            {
                throw Wrong(
                    member, $"expected an archive that expands to at most {_mostExpanded} bytes, {MostExpansion} times its size, found more. Save it without compression.");
            }
        }

        uint crc = Measure(member);
        if (crc != member.Crc && !ignoresChecksum)
        {
            throw Wrong(
                member, $"expected data of '{member.Name}' with checksum {member.Crc:x8}, found {crc:x8}. The file is damaged: copy it again.", CheckpointReason.Digest);
        }
    }

    /// <summary>Whether a member that is not compressed has its checksum.</summary>
    public static bool HasChecksum(ZipMember member) => !member.IsStored || Crc32.HashToUInt32(member.Data.Span) == member.Crc;

    /// <summary>Opens a member that was checked.</summary>
    public static Stream Open(ZipMember member)
    {
        MemoryStream data = FileBytes.Open(member.Data);
        return member.IsStored ? data : new DeflateStream(data, CompressionMode.Decompress);
    }

    /// <summary>The content of a member, checked: where it lies in the file if it is not compressed.</summary>
    /// <exception cref="CheckpointException">See <see cref="Check"/>.</exception>
    public ReadOnlyMemory<byte> Content(ZipMember member, bool ignoresChecksum = false)
    {
        Check(member, ignoresChecksum);
        if (member.IsStored)
        {
            return member.Data;
        }

        byte[] content = new byte[member.Size];
        using Stream stream = Open(member);
        stream.ReadExactly(content);
        return content;
    }

    private uint Measure(ZipMember member)
    {
        if (member.IsStored)
        {
            return Crc32.HashToUInt32(member.Data.Span);
        }

        var crc = new Crc32();
        long size = 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using Stream stream = Open(member);
            int read;
            while (size <= member.Size && (read = stream.Read(buffer)) > 0)
            {
                crc.Append(buffer.AsSpan(0, read));
                size += read;
            }
        }
        catch (InvalidDataException e)
        {
            throw Wrong(member, $"expected data of '{member.Name}' that can be decompressed: {e}", inner: e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return size == member.Size
            ? crc.GetCurrentHashAsUInt32()
            : throw Wrong(member, $"expected {member.Size} bytes of '{member.Name}', found {(size < member.Size ? "fewer" : "more")}.");
    }

    private CheckpointException Wrong(
        ZipMember member, FormattableString problem, CheckpointReason reason = CheckpointReason.Container, Exception? inner = null) =>
        new(reason, _path, null, member.Offset, problem, inner);
}
