using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using RnnGen.Checkpoints;

namespace RnnGen.Serving;

/// <summary>Reads and checks a whole <see cref="Snapshot"/>.</summary>
/// <param name="stream">Where it is.</param>
/// <param name="path">Its name, for messages.</param>
internal sealed class SnapshotReader(Stream stream, string path)
{
    // More sections than any machine has, and longer names than any model has.
    private const int LongestHeader = 1 << 24;

    public SnapshotContent<TKey> Read<TKey, TInput>(StreamHost<TKey, TInput> host, bool isWhole)
        where TKey : notnull, IParsable<TKey>
    {
        State state = host.CreateState();
        ReadOnlySpan<byte> header = ReadHeader();
        CheckSignature(ref header, state.Signature);
        int sections = TakeNumber(ref header);
        if (sections < 0 || header.Length != 2L * sizeof(int) * sections)
        {
            throw Wrong($"expected a header of {sections} sections, found {header.Length} bytes for them.");
        }

        var content = new SnapshotContent<TKey>(host.Comparer);
        for (int section = 0; section < sections; section++)
        {
            int count = TakeNumber(ref header);
            ReadSection(content, count, ReadBlock(TakeNumber(ref header)), state.ValueByteCount);
        }

        if (isWhole && stream.ReadByte() >= 0)
        {
            throw Wrong($"expected the end of the file after the last section.");
        }

        return content;
    }

    private byte[] ReadHeader()
    {
        byte[] start = ReadBytes(Snapshot.StartSize);
        if (!start.AsSpan().StartsWith(Snapshot.Magic))
        {
            throw Wrong($"is not a snapshot of streams: expected it to begin with 'RnnH'.");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(4));
        if (version != Snapshot.Version)
        {
            throw Wrong($"was written in another version of the format: expected {Snapshot.Version}, found {version}.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        return length is >= 2 * sizeof(int) and <= LongestHeader ? ReadBlock(length) : throw Wrong($"expected a header of at most {LongestHeader} bytes, found {length}.");
    }

    private void CheckSignature(ref ReadOnlySpan<byte> header, ReadOnlySpan<byte> expected)
    {
        int length = TakeNumber(ref header);
        if (length < 0 || length > header.Length - sizeof(int))
        {
            throw Wrong($"expected a header with a text of at most {header.Length - sizeof(int)} bytes, found {length}.");
        }

        ReadOnlySpan<byte> signature = header[..length];
        header = header[length..];
        if (!signature.SequenceEqual(expected))
        {
            throw new CheckpointException(
                CheckpointReason.Shape, path, $"belongs to another model: expected '{Encoding.UTF8.GetString(expected)}', found '{Encoding.UTF8.GetString(signature)}'.");
        }
    }

    private void ReadSection<TKey>(SnapshotContent<TKey> content, int count, byte[] section, int valueBytes)
        where TKey : notnull, IParsable<TKey>
    {
        int at = 0;
        for (int k = 0; k < count; k++)
        {
            ReadOnlySpan<byte> rest = section.AsSpan(at);
            int length = rest.Length < sizeof(int) ? -1 : TakeNumber(ref rest);
            if (length < 0 || length > (long)rest.Length - valueBytes)
            {
                throw Wrong($"expected {count} streams in a section, found {k} and {section.Length - at} bytes.");
            }

            string text = Encoding.UTF8.GetString(rest[..length]);
            if (!TKey.TryParse(text, CultureInfo.InvariantCulture, out TKey? key))
            {
                throw Wrong($"expected a key of the type {typeof(TKey).Name}, found '{text}'.");
            }

            at += sizeof(int) + length;
            if (!content.TryAdd(key, section, at))
            {
                throw Wrong($"expected one stream with the key '{text}', found two.");
            }

            at += valueBytes;
        }

        if (at != section.Length)
        {
            throw Wrong($"expected {count} streams in a section, found {section.Length - at} bytes after them.");
        }
    }

    /// <summary>Bytes and their checksum.</summary>
    private byte[] ReadBlock(int length)
    {
        if (length < 0)
        {
            throw Wrong($"expected the length of a section, found {length}.");
        }

        byte[] block = ReadBytes(length);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(sizeof(uint)));
        uint found = Checksum.Of(block);
        return found == expected
            ? block
            : throw new CheckpointException(CheckpointReason.Digest, path, $"expected data with checksum {expected}, found {found}: it is damaged.");
    }

    private byte[] ReadBytes(int length)
    {
        try
        {
            // A length that the rest does not have takes no memory.
            if (stream.CanSeek && length > stream.Length - stream.Position)
            {
                throw new EndOfStreamException();
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (EndOfStreamException e)
        {
            throw new CheckpointException(CheckpointReason.Container, path, $"is incomplete: expected {length} bytes more.", e);
        }
        catch (Exception e)
        {
            throw new CheckpointException(CheckpointReason.File, path, $"cannot be read: {e}", e);
        }
    }

    private static int TakeNumber(ref ReadOnlySpan<byte> bytes)
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes = bytes[sizeof(int)..];
        return number;
    }

    private CheckpointException Wrong(FormattableString problem) => new(CheckpointReason.Container, path, problem);
}
