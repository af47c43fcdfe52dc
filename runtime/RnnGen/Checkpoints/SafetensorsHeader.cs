using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RnnGen.Checkpoints;

/// <summary>
/// Reads the header of a safetensors file: a JSON object that maps tensor names to type, shape and place, and <c>__metadata__</c> to
/// strings. It reads tokens instead of a document, so that every error has the position in the file. <see cref="PlainHeader"/> reads most headers.
/// </summary>
internal ref struct SafetensorsHeader
{
    public const string MetadataName = "__metadata__";

    // Longer than any real name. Text takes twice as much space in memory as in the file.
    public const int LongestName = 10_000;

    private readonly string _path;
    private readonly long _start;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<SafetensorsEntry> _entries = [];
    private Utf8JsonReader _json;
    private string? _tensor;

    private SafetensorsHeader(string path, ReadOnlySpan<byte> header, long start)
    {
        _path = path;
        _start = start;
        _json = new Utf8JsonReader(header);
    }

    /// <summary>Reads a header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="header">The JSON text.</param>
    /// <param name="start">Where the text starts in the file, for messages.</param>
    /// <param name="metadata">Receives the metadata.</param>
    /// <returns>The tensors in the order of the header. Their places are not yet checked against the file or each other.</returns>
    public static List<SafetensorsEntry> Read(string path, ReadOnlySpan<byte> header, long start, out Dictionary<string, string> metadata)
    {
        if (header.IsEmpty || header[0] != (byte)'{')
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, start, $"expected a header that begins with '{{'. This is not a safetensors file.");
        }

        // The reader does not check UTF-8 inside strings.
        if (!Utf8.IsValid(header))
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, start, $"expected a header in UTF-8, found bytes that are not.");
        }

        var reader = new SafetensorsHeader(path, header, start);
        try
        {
            reader.ReadRoot();
        }
        catch (JsonException e)
        {
            throw reader.Wrong(reader._json.BytesConsumed, $"expected a header of valid JSON: {e}", e);
        }

        metadata = reader._metadata;
        return reader._entries;
    }

    private void ReadRoot()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Next();
        while (Next() == JsonTokenType.PropertyName)
        {
            string name = Name();
            long offset = _start + _json.TokenStartIndex;
            _tensor = name == MetadataName ? null : name;
            if (!names.Add(name))
            {
                throw Wrong($"expected every name once, found '{name}' again.");
            }

            if (name == MetadataName)
            {
                ReadMetadata();
            }
            else
            {
                ReadEntry(name, offset);
            }

            _tensor = null;
        }

        // Only white space may follow; the reader throws for anything else.
        _json.Read();
    }

    private void ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, $"an object of strings as metadata");
        while (Next() == JsonTokenType.PropertyName)
        {
            string key = Name();
            if (_metadata.ContainsKey(key))
            {
                throw Wrong($"expected every key of the metadata once, found '{key}' again.");
            }

            Expect(JsonTokenType.String, $"a string as metadata '{key}'");
            _metadata.Add(key, Text());
        }
    }

    private void ReadEntry(string name, long offset)
    {
        string? elementType = null;
        long[]? shape = null;
        long[]? place = null;
        Expect(JsonTokenType.StartObject, $"an object with dtype, shape and data_offsets");
        while (Next() == JsonTokenType.PropertyName)
        {
            string property = Name();
            switch (property)
            {
                case "dtype" when elementType is null:
                    Expect(JsonTokenType.String, $"a string as dtype");
                    elementType = Name();
                    if (ElementType.SizeOf(elementType) == 0)
                    {
                        throw Wrong($"expected a known dtype, such as F32, found '{elementType}'.");
                    }

                    break;
                case "shape" when shape is null:
                    shape = Numbers(property);
                    break;
                case "data_offsets" when place is null:
                    place = Numbers(property);
                    break;
                default:
                    throw Wrong($"expected dtype, shape and data_offsets once each, found another '{property}'.");
            }
        }

        if (elementType is null || shape is null || place is null)
        {
            string missing = elementType is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw Wrong($"expected dtype, shape and data_offsets, found no {missing}.");
        }

        if (place.Length != 2)
        {
            throw Wrong($"expected two data_offsets, found {place.Length}.");
        }

        _entries.Add(new SafetensorsEntry(name, elementType, shape, place[0], place[1], offset));
    }

    private long[] Numbers(string property)
    {
        var numbers = new List<long>();
        Expect(JsonTokenType.StartArray, $"an array of numbers as {property}");
        while (Next() != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                throw Wrong($"expected non-negative integers in {property}, found {Encoding.UTF8.GetString(_json.ValueSpan[..Math.Min(_json.ValueSpan.Length, 2 * Printable.LongestName)])}.");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private void Expect(JsonTokenType expected, FormattableString what)
    {
        if (Next() != expected)
        {
            throw Wrong($"expected {what}, found {_json.TokenType}.");
        }
    }

    private JsonTokenType Next()
    {
        _json.Read();
        return _json.TokenType;
    }

    private string Name()
    {
        int length = _json.ValueSpan.Length;
        return length <= LongestName ? Text() : throw Wrong($"expected names of at most {LongestName} bytes, found one of {length}.");
    }

    private string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // An escape such as \ud800, an unpaired surrogate.
            throw Wrong(_json.TokenStartIndex, $"expected a string, found an unpaired surrogate.", e);
        }
    }

    private readonly CheckpointException Wrong(FormattableString problem) => Wrong(_json.TokenStartIndex, problem);

    private readonly CheckpointException Wrong(long position, FormattableString problem, Exception? inner = null) =>
        new(CheckpointReason.Container, _path, _tensor, _start + position, problem, inner);
}
