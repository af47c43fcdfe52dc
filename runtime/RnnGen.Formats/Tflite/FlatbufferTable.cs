using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace RnnGen.Formats.Tflite;

/// <summary>A table of a flatbuffer. Every place is checked against the file before it is read.</summary>
/// <remarks>See https://flatbuffers.dev/internals. Schemas that do not refer to themselves cannot be made to go around in circles.</remarks>
internal readonly struct FlatbufferTable
{
    private readonly SourceFile _file;
    private readonly int _position;
    private readonly int _fields;
    private readonly int _fieldsEnd;
    private readonly int _size;

    /// <summary>The table at a place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="position">Where the table starts.</param>
    /// <exception cref="CheckpointException">It is not within the file.</exception>
    public FlatbufferTable(SourceFile file, int position)
    {
        const int Header = 2 * sizeof(ushort);
        _file = file;
        _position = position;
        long fields = position - (long)BinaryPrimitives.ReadInt32LittleEndian(Span(file, position, sizeof(int)));
        ReadOnlySpan<byte> header = Span(file, fields, Header);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(header);
        _size = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
        Span(file, fields, length);
        Span(file, position, _size);
        if (length < Header || _size < sizeof(int))
        {
            throw file.Broken(position, $"expected the places of a table's fields, found {length} and {_size} as their sizes. The file is damaged.");
        }

        _fields = (int)fields + Header;
        _fieldsEnd = (int)fields + length;
    }

    /// <summary>Where the table is in the file.</summary>
    public int Offset => _position;

    /// <summary>The table that the file starts with.</summary>
    public static FlatbufferTable Root(SourceFile file) => Follow(file, 0);

    /// <summary>The table that a place of the file refers to.</summary>
    public static FlatbufferTable Follow(SourceFile file, int position) => new(file, Target(file, position));

    /// <summary>A byte.</summary>
    /// <param name="field">The number of the field.</param>
    public byte Byte(int field) => Find(field, 1) is int place and > 0 ? _file.Bytes.Span[place] : (byte)0;

    /// <summary>A whole number.</summary>
    /// <param name="field">The number of the field.</param>
    public int Int(int field) => Find(field, sizeof(int)) is int place and > 0 ? BinaryPrimitives.ReadInt32LittleEndian(_file.Bytes.Span[place..]) : 0;

    /// <summary>A long whole number.</summary>
    /// <param name="field">The number of the field.</param>
    public long Long(int field) => Find(field, sizeof(long)) is int place and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(_file.Bytes.Span[place..]) : 0;

    /// <summary>Another table; null if there is none.</summary>
    /// <param name="field">The number of the field.</param>
    public FlatbufferTable? Table(int field) => Find(field, sizeof(int)) is int place and > 0 ? Follow(_file, place) : null;

    /// <summary>A row of elements; empty if there is none.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    public FlatbufferVector Vector(int field, int elementSize)
    {
        int place = Find(field, sizeof(int));
        if (place == 0)
        {
            return default;
        }

        int start = Target(_file, place);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(Span(_file, start, sizeof(uint)));
        Span(_file, start + (long)sizeof(uint), count * (long)elementSize);
        return new FlatbufferVector(_file, start + sizeof(uint), (int)count, elementSize);
    }

    /// <summary>A text; empty if there is none.</summary>
    /// <param name="field">The number of the field.</param>
    public string Text(int field)
    {
        FlatbufferVector text = Vector(field, 1);
        ReadOnlySpan<byte> bytes = text.Bytes.Span;
        _file.Keep(32 + (2L * bytes.Length), _position);
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw _file.Broken(text.Offset, $"expected a text in UTF-8, found {bytes.Length} bytes that are none. The file is damaged.");
    }

    private static int Target(SourceFile file, int position)
    {
        long target = position + (long)BinaryPrimitives.ReadUInt32LittleEndian(Span(file, position, sizeof(uint)));
        Span(file, target, sizeof(uint));
        return (int)target;
    }

    private static ReadOnlySpan<byte> Span(SourceFile file, long position, long length) => position >= 0 && position <= file.Bytes.Length - length
        ? file.Bytes.Span.Slice((int)position, (int)length)
        : throw file.Broken(
            null, $"expected {length} bytes at byte {position}, where the file refers to, found that it has {file.Bytes.Length} bytes. The file is cut off or damaged.");

    /// <summary>Where a field is in the file; 0 if the table does not have it.</summary>
    private int Find(int field, int size)
    {
        int entry = _fields + (field * sizeof(ushort));
        if (entry > _fieldsEnd - sizeof(ushort))
        {
            return 0;
        }

        int place = BinaryPrimitives.ReadUInt16LittleEndian(_file.Bytes.Span[entry..]);
        return place == 0 || (place >= sizeof(int) && place <= _size - size)
            ? place == 0 ? 0 : _position + place
            : throw _file.Broken(entry, $"expected field {field} within the {_size} bytes of its table, found it at {place}. The file is damaged.");
    }
}
