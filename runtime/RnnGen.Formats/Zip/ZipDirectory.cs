using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats;

/// <summary>Reads the directory of a zip archive.</summary>
/// <remarks>
/// System.IO.Compression has a reader, too. It copies what is not compressed, and does not tell where a file starts; we use tensors where they lie,
/// and name the byte at fault.
/// </remarks>
internal readonly struct ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const int EndSize = 22;
    private const int LongestComment = ushort.MaxValue;
    private const uint LocatorSignature = 0x07064B50;
    private const int LocatorSize = 20;
    private const uint End64Signature = 0x06064B50;
    private const int End64Size = 56;
    private const uint EntrySignature = 0x02014B50;
    private const int EntrySize = 46;
    private const uint LocalSignature = 0x04034B50;
    private const int LocalSize = 30;
    private const int Encrypted = 1;
    private const uint In64 = uint.MaxValue;
    private const int Zip64Extra = 1;

    // What a member takes in memory besides the letters of its name, and what all of them may take: about 20,000 members.
    private const int MemberMemory = 150;
    private const int MemoryForMembers = 3 << 20;

    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _file;

    private ZipDirectory(string path, ReadOnlyMemory<byte> file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Whether a file starts as zip archives do: with a member, or with the end of an empty directory.</summary>
    public static bool IsZip(ReadOnlySpan<byte> file) => file.Length >= sizeof(uint)
        && BinaryPrimitives.ReadUInt32LittleEndian(file) is LocalSignature or EndSignature;

    /// <summary>The names of the members; of a broken archive, that of the first one alone.</summary>
    public static IReadOnlyList<string> Names(ReadOnlyMemory<byte> file)
    {
        if (!IsZip(file.Span))
        {
            return [];
        }

        try
        {
            return [.. Read("", file).Select(member => member.Name)];
        }
        catch (CheckpointException)
        {
            return file.Length >= LocalSize ? [FirstName(file.Span)] : [];
        }
    }

    /// <summary>Reads a directory. No two members share bytes: archives whose members do are made to take memory.</summary>
    /// <exception cref="CheckpointException">The archive is broken.</exception>
    public static List<ZipMember> Read(string path, ReadOnlyMemory<byte> file) => new ZipDirectory(path, file).Read();

    private static string FirstName(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> name = file[LocalSize..];
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file[26..]);
        return Encoding.UTF8.GetString(name[..Math.Min(length, name.Length)]);
    }

    private List<ZipMember> Read()
    {
        (long count, long start, long size) = FindEnd();
        if (start < 0 || size < 0 || start > _file.Length - size)
        {
            throw Wrong(_file.Length, $"expected a directory within {_file.Length} bytes, found one of {size} bytes at byte {start}. The file may be incomplete.");
        }

        var members = new List<ZipMember>();
        var budget = new MemoryBudget(_path, MemoryForMembers, $"Write fewer tensors into one archive.");
        long position = start;
        for (long k = 0; k < count; k++)
        {
            members.Add(ReadEntry(ref position, start, start + size, budget));
        }

        CheckOverlaps(members);
        return members;
    }

    /// <summary>Finds the number of members, and where the directory starts and how long it is.</summary>
    private (long Count, long Start, long Size) FindEnd()
    {
        ReadOnlySpan<byte> file = _file.Span;
        for (int end = file.Length - EndSize; end >= Math.Max(0, file.Length - EndSize - LongestComment); end--)
        {
            ReadOnlySpan<byte> record = file[end..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) == EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) <= record.Length - EndSize)
            {
                return FindEnd64(end) ?? (
                    BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(record[12..]));
            }
        }

        throw Wrong(file.Length, $"expected the directory of a zip archive at the end of the file, found none. The file may be incomplete: copy it again.");
    }

    /// <summary>The same in 64 bits, for large archives; PyTorch writes it into all.</summary>
    private (long Count, long Start, long Size)? FindEnd64(int end)
    {
        ReadOnlySpan<byte> file = _file.Span;
        int locator = end - LocatorSize;
        if (locator < 0 || BinaryPrimitives.ReadUInt32LittleEndian(file[locator..]) != LocatorSignature)
        {
            return null;
        }

        long start = BinaryPrimitives.ReadInt64LittleEndian(file[(locator + 8)..]);
        if (start < 0 || start > locator - End64Size || BinaryPrimitives.ReadUInt32LittleEndian(file[(int)start..]) != End64Signature)
        {
            throw Wrong(locator, $"expected the place of the end of the directory, found {start}.");
        }

        ReadOnlySpan<byte> record = file[(int)start..];
        return (
            BinaryPrimitives.ReadInt64LittleEndian(record[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[40..]));
    }

    private ZipMember ReadEntry(ref long position, long directory, long end, MemoryBudget budget)
    {
        ReadOnlySpan<byte> entry = _file.Span[(int)position..(int)end];
        if (entry.Length < EntrySize || BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntrySignature)
        {
            throw Wrong(position, $"expected an entry of the directory, found none.");
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]);
        int length = EntrySize + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        if (length > entry.Length)
        {
            throw Wrong(position, $"expected an entry of {length} bytes, found {entry.Length} bytes of directory.");
        }

        budget.Take(MemberMemory + (sizeof(char) * nameLength));
        ReadOnlySpan<byte> name = entry.Slice(EntrySize, nameLength);
        uint size32 = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        uint compressed32 = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        uint local32 = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);

        // The sizes that do not fit, and no others, are in an extra field, in this order.
        ReadOnlySpan<byte> wide = Find64(entry.Slice(EntrySize + nameLength, extraLength));
        long size = Widen(size32, ref wide);
        long compressed = Widen(compressed32, ref wide);
        long local = Widen(local32, ref wide);
        int method = BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]);
        string text = Encoding.UTF8.GetString(name);
        long data = FindData(position, local, name, text);
        if (size < 0 || compressed < 0 || compressed > directory - data || (method == 0 && size != compressed))
        {
            throw Wrong(
                position, $"expected sizes of '{text}' within {directory - data} bytes, found {size} and {compressed} compressed. The file may be incomplete.");
        }

        var member = new ZipMember(
            text,
            method,
            (BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]) & Encrypted) != 0,
            BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]),
            _file.Slice((int)data, (int)compressed),
            data,
            size);
        position += length;
        return member;
    }

    /// <summary>Where the bytes of a member start: behind a second copy of its name.</summary>
    private long FindData(long position, long local, ReadOnlySpan<byte> name, string text)
    {
        if (local < 0 || local > position - LocalSize)
        {
            throw Wrong(position, $"expected the place of '{text}' in the file, found {local}.");
        }

        ReadOnlySpan<byte> header = _file.Span[(int)local..(int)position];
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        int length = LocalSize + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == LocalSignature && length <= header.Length && header.Slice(LocalSize, nameLength).SequenceEqual(name)
            ? local + length
            : throw Wrong(local, $"expected the header of '{text}', found another.");
    }

    private static ReadOnlySpan<byte> Find64(ReadOnlySpan<byte> extra)
    {
        const int Header = 4;
        while (extra.Length >= Header)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - Header);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64Extra)
            {
                return extra.Slice(Header, length);
            }

            extra = extra[(Header + length)..];
        }

        return [];
    }

    private static long Widen(uint value, ref ReadOnlySpan<byte> wide)
    {
        if (value != In64 || wide.Length < sizeof(long))
        {
            return value;
        }

        long widened = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return widened;
    }

    private void CheckOverlaps(List<ZipMember> members)
    {
        long end = 0;
        string before = "";
        foreach (ZipMember member in members.OrderBy(member => member.Offset))
        {
            // Its header and name are in front of its data.
            if (member.Offset - LocalSize < end)
            {
                throw Wrong(member.Offset, $"expected the data of '{member.Name}' behind those of '{before}', found both in one place.");
            }

            end = member.Offset + member.Data.Length;
            before = member.Name;
        }
    }

    private CheckpointException Wrong(long offset, FormattableString problem) => new(CheckpointReason.Container, _path, null, offset, problem);
}
