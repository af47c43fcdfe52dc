using System.Text;
using System.Text.Unicode;

namespace RnnGen.Formats.Protobuf;

/// <summary>
/// Reads the fields of one protocol-buffer message in the order of the file. Call <see cref="Next"/>, look at <see cref="Field"/>, and take
/// the value with one of the methods, or leave it: then it is skipped.
/// </summary>
/// <remarks>See https://protobuf.dev/programming-guides/encoding. Groups, which were never used by the formats that are read here, are refused.</remarks>
internal ref struct ProtobufReader
{
    private const int LongestVarint = 10;

    private readonly SourceFile _file;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _depth;
    private readonly int _end;
    private int _position;
    private bool _isTaken = true;

    /// <summary>Reads the message that a whole file is.</summary>
    public ProtobufReader(SourceFile file)
        : this(file, 0, file.Bytes.Length, 0)
    {
    }

    /// <summary>Reads a message inside of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the message starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="depth">In how many messages it is.</param>
    public ProtobufReader(SourceFile file, int start, int end, int depth)
    {
        _file = file;
        _bytes = file.Bytes.Span;
        _position = start;
        _end = end;
        _depth = depth;
        Start = start;
        Offset = start;
    }

    /// <summary>Where the message starts in the file.</summary>
    public int Start { get; }

    /// <summary>Where the message ends in the file.</summary>
    public readonly int End => _end;

    /// <summary>Where the current field starts in the file.</summary>
    public int Offset { get; private set; }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>How its value is written.</summary>
    public WireType Wire { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        if (!_isTaken)
        {
            Skip();
        }

        if (_position == _end)
        {
            return false;
        }

        Offset = _position;
        ulong tag = ReadVarint();
        Wire = (WireType)(tag & 7);
        if (tag >> 3 is 0 or > 0x1FFFFFFF || Wire is not (WireType.Varint or WireType.Fixed64 or WireType.Length or WireType.Fixed32))
        {
            throw _file.Broken(Offset, $"expected a field of a protocol buffer, found {tag}, which is none. The file is damaged.");
        }

        Field = (int)(tag >> 3);
        _isTaken = false;
        return true;
    }

    /// <summary>The value as a whole number.</summary>
    public long Long()
    {
        Take(WireType.Varint);
        return (long)ReadVarint();
    }

    /// <summary>The value as a 32-bit whole number: protocol buffers drop what is above.</summary>
    public int Int() => (int)Long();

    /// <summary>The value as a 32-bit float.</summary>
    public float Float()
    {
        Take(WireType.Fixed32);
        return BitConverter.UInt32BitsToSingle((uint)LittleEndian.ToUInt64(_bytes.Slice(Advance(sizeof(float)), sizeof(float))));
    }

    /// <summary>The value as bytes of the file.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        int length = TakeLength();
        return _file.Bytes.Slice(Advance(length), length);
    }

    /// <summary>The value as a text.</summary>
    public string Text()
    {
        ReadOnlySpan<byte> text = Bytes().Span;
        if (!Utf8.IsValid(text))
        {
            throw _file.Broken(Offset, $"expected a text in UTF-8, found {text.Length} bytes that are none. The file is damaged.");
        }

        _file.Keep(32 + (2L * text.Length), Offset);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>The value as a message.</summary>
    public ProtobufReader Message()
    {
        int length = TakeLength();
        if (_depth == Limits.Depth)
        {
            throw _file.Broken(Offset, $"expected at most {Limits.Depth} messages inside of each other, found more.");
        }

        int start = Advance(length);
        return new ProtobufReader(_file, start, start + length, _depth + 1);
    }

    /// <summary>The value of a repeated field of numbers: one, or many that are packed.</summary>
    /// <param name="element">How one number is written.</param>
    public ProtobufNumbers Numbers(WireType element)
    {
        int start;
        if (Wire == WireType.Length)
        {
            int length = TakeLength();
            start = Advance(length);
        }
        else
        {
            Take(element);
            start = _position;
            SkipValue();
        }

        return new ProtobufNumbers(_file, _bytes[start.._position], start, element);
    }

    /// <summary>The complaint about the current field.</summary>
    public readonly CheckpointException Broken(FormattableString problem, string? tensor = null) => _file.Broken(Offset, problem, tensor);

    private void Take(WireType expected)
    {
        if (Wire != expected)
        {
            throw _file.Broken(Offset, $"expected field {Field} as {expected.ToString()}, found {Wire.ToString()}. The file is damaged, or of another format.");
        }

        _isTaken = true;
    }

    private int TakeLength()
    {
        Take(WireType.Length);
        return ReadLength();
    }

    private int ReadLength()
    {
        ulong length = ReadVarint();
        return length <= (ulong)(_end - _position)
            ? (int)length
            : throw _file.Broken(Offset, $"expected a field that ends within its message, found one of {length} bytes where {_end - _position} are left. The file is cut off or damaged.");
    }

    private void Skip()
    {
        _isTaken = true;
        SkipValue();
    }

    private void SkipValue()
    {
        switch (Wire)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed32:
                Advance(4);
                break;
            case WireType.Fixed64:
                Advance(8);
                break;
            default:
                int length = ReadLength();
                Advance(length);
                break;
        }
    }

    /// <summary>Moves over bytes, and returns where they start.</summary>
    private int Advance(int length)
    {
        if (length > _end - _position)
        {
            throw _file.Broken(Offset, $"expected {length} bytes, found {_end - _position}. The file is cut off or damaged.");
        }

        int start = _position;
        _position += length;
        return start;
    }

    private ulong ReadVarint()
    {
        int length = ProtobufNumbers.Varint(_bytes[_position..Math.Min(_end, _position + LongestVarint)], out ulong value);
        if (length == 0)
        {
            throw _file.Broken(_position, $"expected a whole number in at most {LongestVarint} bytes, found none. The file is cut off or damaged.");
        }

        _position += length;
        return value;
    }
}
