using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using RnnGen.Checkpoints;

namespace RnnGen.Serving;

/// <summary>
/// The streams of a host as a file, little-endian: the four letters "RnnH", the version of the format, the length of the header, the header and its checksum; then sections, each
/// followed by its checksum. The header has the length of a UTF-8 text that names the model and its states, the text, the number of sections, and for each the number of its
/// streams and bytes. A stream is the length of its key, the key in UTF-8, and the values of its states. Checksums are CRC-32C.
/// </summary>
internal sealed class Snapshot
{
    public const uint Version = 1;

    /// <summary>Bytes before the header.</summary>
    public const int StartSize = 12;

    private readonly byte[] _start;
    private readonly List<ReadOnlyMemory<byte>> _sections;

    private Snapshot(byte[] start, List<ReadOnlyMemory<byte>> sections, int count)
    {
        _start = start;
        _sections = sections;
        Count = count;
    }

    public static ReadOnlySpan<byte> Magic => "RnnH"u8;

    /// <summary>Number of streams.</summary>
    public int Count { get; }

    /// <summary>Number of bytes.</summary>
    public long Length => _start.Length + _sections.Sum(section => (long)section.Length);

    /// <summary>Copies the streams of a host.</summary>
    /// <exception cref="InvalidOperationException">A key is another one when it is read from its text.</exception>
    public static Snapshot Of<TKey, TInput>(StreamHost<TKey, TInput> host)
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(host);
        State state = host.CreateState();
        var sections = new List<ReadOnlyMemory<byte>>();
        var table = new ArrayBufferWriter<byte>();
        int total = 0;
        foreach ((TKey[] keys, float[] rows) in host.Copy())
        {
            var section = new ArrayBufferWriter<byte>();
            for (int k = 0; k < keys.Length; k++)
            {
                WriteKey(section, keys[k], host.Comparer);
                state.ReadRow(rows.AsSpan(k * state.RowSize, state.RowSize));
                state.WriteValues(section.GetSpan(Math.Max(1, state.ValueByteCount)));
                section.Advance(state.ValueByteCount);
            }

            Write(table, keys.Length);
            Write(table, section.WrittenCount);
            Write(section, unchecked((int)Checksum.Of(section.WrittenSpan)));
            sections.Add(section.WrittenMemory);
            total += keys.Length;
        }

        var start = new ArrayBufferWriter<byte>();
        start.Write(Magic);
        Write(start, (int)Version);
        Write(start, sizeof(int) + state.Signature.Length + sizeof(int) + table.WrittenCount);
        Write(start, state.Signature.Length);
        start.Write(state.Signature);
        Write(start, sections.Count);
        start.Write(table.WrittenSpan);
        Write(start, unchecked((int)Checksum.Of(start.WrittenSpan[StartSize..])));
        return new Snapshot(start.WrittenSpan.ToArray(), sections, total);
    }

    public void WriteTo(Stream stream)
    {
        stream.Write(_start);
        foreach (ReadOnlyMemory<byte> section in _sections)
        {
            stream.Write(section.Span);
        }
    }

    private static void WriteKey<TKey>(ArrayBufferWriter<byte> bytes, TKey key, IEqualityComparer<TKey> comparer)
        where TKey : notnull, IParsable<TKey>
    {
        string text = (key is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : key.ToString()) ?? "";
        byte[] written = Encoding.UTF8.GetBytes(text);
        if (!TKey.TryParse(Encoding.UTF8.GetString(written), CultureInfo.InvariantCulture, out TKey? found) || !comparer.Equals(found, key))
        {
            throw new InvalidOperationException($"The key '{Printable.Name(text)}' cannot be stored: its text does not read as the same key.");
        }

        Write(bytes, written.Length);
        bytes.Write(written);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), number);
        bytes.Advance(sizeof(int));
    }
}
