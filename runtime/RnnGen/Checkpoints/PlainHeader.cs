using System.Text;
using System.Text.Unicode;

namespace RnnGen.Checkpoints;

/// <summary>
/// Reads a header as safetensors and RnnGen write it: a JSON object without white space and escapes, dtype before shape before data_offsets. It reads
/// nothing else, and says nothing about errors: <see cref="SafetensorsHeader"/> does. A new process compiles this in a fraction of the time that the reader
/// of .NET takes for its first string.
/// </summary>
internal ref struct PlainHeader
{
    private readonly long _end;
    private readonly Dictionary<string, string> _metadata;
    private readonly List<SafetensorsEntry> _entries;
    private ReadOnlySpan<byte> _rest;

    private PlainHeader(ReadOnlySpan<byte> header, long start, Dictionary<string, string> metadata, List<SafetensorsEntry> entries)
    {
        _end = start + header.Length;
        _metadata = metadata;
        _entries = entries;
        _rest = header;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="header">The text.</param>
    /// <param name="start">Where it starts in the file.</param>
    /// <param name="metadata">Receives the metadata.</param>
    /// <returns>The tensors in the order of the header; null if the header has another form.</returns>
    public static List<SafetensorsEntry>? TryRead(ReadOnlySpan<byte> header, long start, out Dictionary<string, string> metadata)
    {
        metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<SafetensorsEntry>();
        return Utf8.IsValid(header) && new PlainHeader(header, start, metadata, entries).TryRead() ? entries : null;
    }

    private bool TryRead()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!Skip("{"u8))
        {
            return false;
        }

        do
        {
            long offset = _end - _rest.Length;
            if (TryString() is not string name || !names.Add(name) || !Skip(":{"u8) || !(name == SafetensorsHeader.MetadataName ? TryMetadata() : TryEntry(name, offset)))
            {
                return false;
            }
        }
        while (Skip(","u8));
        return Skip("}"u8) && _rest.TrimEnd((byte)' ').IsEmpty;
    }

    private bool TryMetadata()
    {
        do
        {
            if (TryString() is not string key || !Skip(":"u8) || TryString() is not string text || !_metadata.TryAdd(key, text))
            {
                return false;
            }
        }
        while (Skip(","u8));
        return Skip("}"u8);
    }

    private bool TryEntry(string name, long offset)
    {
        if (!Skip("\"dtype\":"u8) || TryString() is not string type || ElementType.SizeOf(type) == 0
            || !Skip(",\"shape\":["u8) || TryNumbers() is not long[] shape
            || !Skip(",\"data_offsets\":["u8) || TryNumbers() is not [long begin, long end]
            || !Skip("}"u8))
        {
            return false;
        }

        _entries.Add(new SafetensorsEntry(name, type, shape, begin, end, offset));
        return true;
    }

    private long[]? TryNumbers()
    {
        long[] numbers = [];
        while (!Skip("]"u8))
        {
            if (numbers.Length == SafetensorsTensor.MostDimensions || (numbers.Length > 0 && !Skip(","u8)))
            {
                return null;
            }

            const int MostDigits = 18;
            long number = 0;
            int digits = 0;
            while (digits < _rest.Length && _rest[digits] is >= (byte)'0' and <= (byte)'9')
            {
                number = (10 * number) + _rest[digits] - '0';
                digits++;
                if (digits > MostDigits)
                {
                    return null;
                }
            }

            if (digits == 0 || (digits > 1 && _rest[0] == (byte)'0'))
            {
                return null;
            }

            _rest = _rest[digits..];
            Array.Resize(ref numbers, numbers.Length + 1);
            numbers[^1] = number;
        }

        return numbers;
    }

    private string? TryString()
    {
        if (!Skip("\""u8))
        {
            return null;
        }

        int length = 0;
        while (length < _rest.Length && _rest[length] != (byte)'"')
        {
            if (length == SafetensorsHeader.LongestName || _rest[length] < (byte)' ' || _rest[length] == (byte)'\\')
            {
                return null;
            }

            length++;
        }

        string text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return Skip("\""u8) ? text : null;
    }

    private bool Skip(ReadOnlySpan<byte> text)
    {
        bool isThere = _rest.StartsWith(text);
        if (isThere)
        {
            _rest = _rest[text.Length..];
        }

        return isThere;
    }
}
