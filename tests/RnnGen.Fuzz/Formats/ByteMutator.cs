using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RnnGen.Fuzz;

/// <summary>Damages files of any format: bytes, numbers, words, and the members of archives, which are packed again. All that it does follows from the seed.</summary>
internal sealed class ByteMutator(int seed)
{
    private const int LongestPiece = 200;

    // What describes the rest mostly stands at the start.
    private const int Start = 512;

    private static readonly long[] Numbers =
        [0, 1, -1, 2, 0x60, 0x7F, 0xFF, 0x7FFF, 0xFFFF, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 30, 1L << 31, 1L << 40, 1L << 62];

    private static readonly byte[][] Digits =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
        "1000000000"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "[[[[[["u8.ToArray(), "((((("u8.ToArray(), "NaN"u8.ToArray(), [0xC3], [0],
    ];

    private static readonly string[] Words =
    [
        "null", "true", "false", "0", "-1", "1", "7", "2147483647", "\"\"", "[]", "[null, null]", "{}", "\"linear\"", "\"softmax\"", "\"hard_sigmoid\"", "\"sum\"",
        "\"LSTM\"", "\"GRU\"", "\"Dense\"", "\"Activation\"", "\"Concatenate\"", "\"LayerNormalization\"", "\"Bidirectional\"",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A damaged file.</summary>
    /// <param name="sound">A sound one.</param>
    /// <param name="other">Another sound one, of which it may get a part.</param>
    public byte[] Next(SoundFile sound, SoundFile other) =>
        sound.Members.Count > 0 && _random.Next(3) > 0 ? WithMember(sound, other.Bytes) : Damage(sound.Bytes, other.Bytes);

    /// <summary>An archive with another member. Its checksums are right: they would notice nearly all damage.</summary>
    private byte[] WithMember(SoundFile sound, byte[] other)
    {
        List<(string Name, byte[] Content)> members = [.. sound.Members];
        int at = _random.Next(members.Count);
        (string name, byte[] content) = members[at];
        switch (_random.Next(24))
        {
            case 0:
                members.RemoveAt(at);
                break;
            case 1:
                members.Add((name, content));
                break;
            case 2:
                // The first letter stays: an archive is not made with empty names.
                members[at] = (name[..1] + Encoding.Latin1.GetString(Damage(Encoding.Latin1.GetBytes(name[1..]), other)), content);
                break;
            case 3:
                members[at] = (name, members[_random.Next(members.Count)].Content);
                break;
            default:
                members[at] = (name, Damage(content, other));
                break;
        }

        return ZipBuilder.Build(_random.Next(4) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression, [.. members]);
    }

    private byte[] Damage(byte[] sound, byte[] other)
    {
        byte[] file = [.. sound];
        for (int left = _random.Next(1, 5); left > 0 && file.Length > 0; left--)
        {
            int at = _random.Next(_random.Next(2) == 0 ? file.Length : Math.Min(file.Length, Start));
            switch (_random.Next(16))
            {
                case 0 or 1 or 2:
                    file[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 3 or 4:
                    file[at] = (byte)_random.Next(256);
                    break;
                case 5:
                    // Another number or letter: names, sizes and axes that are different, but sound.
                    file[at] = (byte)(file[at] + _random.Next(-2, 3));
                    break;
                case 6 when _random.Next(4) == 0:
                    file = file[..at];
                    break;
                case 7:
                    file = Replace(file, at, _random.Next(1, 50), []);
                    break;
                case 8:
                    ReadOnlySpan<byte> piece = Piece(other);
                    file = Replace(file, at, _random.Next(2) == 0 ? 0 : piece.Length, piece);
                    break;
                case 9:
                    ReadOnlySpan<byte> moved = Piece(file);
                    moved[..Math.Min(moved.Length, file.Length - at)].CopyTo(file.AsSpan(at));
                    break;
                case 10 or 11 when file[0] == '{':
                    file = WithWord(file, at);
                    break;
                case 12:
                    byte[] digits = Digits[_random.Next(Digits.Length)];
                    file = Replace(file, at, digits.Length, digits);
                    break;
                default:
                    WriteNumber(file.AsSpan(_random.Next(2) == 0 ? at : at & ~7));
                    break;
            }
        }

        return file;
    }

    private ReadOnlySpan<byte> Piece(ReadOnlySpan<byte> file)
    {
        int from = _random.Next(file.Length);
        return file.Slice(from, Math.Min(file.Length - from, _random.Next(1, _random.Next(2) == 0 ? 12 : LongestPiece)));
    }

    private static byte[] Replace(byte[] file, int at, int count, ReadOnlySpan<byte> by) => [.. file.AsSpan(0, at), .. by, .. file.AsSpan(Math.Min(file.Length, at + count))];

    /// <summary>Puts another value of JSON into the place of one.</summary>
    private byte[] WithWord(byte[] file, int at)
    {
        int start = at + file.AsSpan(at).IndexOf(": "u8) + 2;
        int length = start < at + 2 ? -1 : file.AsSpan(start).IndexOfAny(",}]"u8);
        return length < 0 ? file : Replace(file, start, length, Encoding.UTF8.GetBytes(Words[_random.Next(Words.Length)]));
    }

    private void WriteNumber(Span<byte> place)
    {
        Span<byte> number = stackalloc byte[8];
        long value = Numbers[_random.Next(Numbers.Length)];
        if (_random.Next(4) > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            number = number[..(1 << _random.Next(4))];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number = number[^(1 << _random.Next(4))..];
        }

        number[..Math.Min(number.Length, place.Length)].CopyTo(place);
    }
}
