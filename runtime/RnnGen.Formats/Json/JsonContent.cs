using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RnnGen.Formats.Json;

/// <summary>
/// Reads a JSON object as tensors and texts. Their names are the keys on the way to them, joined with dots; elements of an array count from 0.
/// </summary>
/// <remarks>
/// <para>Arrays of numbers are tensors. The elements of <c>layers</c> are special: the elements of their <c>weights</c> are tensors
/// (<c>layers.0.weights.0</c>, ...), and everything else in them is a text. The tensors in a <c>state_dict</c> have the bare names of it.</para>
/// <para>Other values are texts: strings without quotes and escapes, arrays without white space between their elements, the rest as it stands in the file. So are <c>in_shape</c> and empty arrays. A value null is left out.
/// A number in a state dictionary, or in an object that is one, is a scalar tensor.</para>
/// </remarks>
internal ref struct JsonContent
{
    private const string StateDictionary = "state_dict";
    private const string Layers = "layers";
    private const string Type = "F64";

    // Longer than any that a program gives.
    private const int LongestName = 10_000;

    private readonly SourceFile _file;
    private readonly int _start;
    private readonly List<FileTensor> _tensors = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;

    private JsonContent(SourceFile file)
    {
        _file = file;
        _start = StartOf(file.Bytes.Span);
        _json = Open(file.Bytes.Span);
    }

    /// <summary>What an array of numbers or another value in an object becomes.</summary>
    private enum Place
    {
        /// <summary>A state dictionary: everything is a tensor, texts aside.</summary>
        State,

        /// <summary>A configuration with tensors in it: arrays of numbers are tensors, single numbers are texts.</summary>
        Mixed,

        /// <summary>A layer: all are texts but for its weights.</summary>
        Layer,
    }

    /// <summary>A reader at the start of a JSON file.</summary>
    public static Utf8JsonReader Open(ReadOnlySpan<byte> file) =>
        new(file[StartOf(file)..], new JsonReaderOptions { MaxDepth = Limits.Depth });

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file, which has an object.</param>
    /// <param name="texts">Takes the texts.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="CheckpointException">It is broken, or has tensors that are none.</exception>
    public static List<FileTensor> Read(SourceFile file, out IReadOnlyDictionary<string, string> texts)
    {
        // The reader lets broken text inside of strings pass.
        if (!Utf8.IsValid(file.Bytes.Span))
        {
            throw file.Broken(null, $"expected JSON in UTF-8, found bytes that are not.");
        }

        var content = new JsonContent(file);
        try
        {
            content.ReadRoot();
        }
        catch (JsonException e)
        {
            throw file.Broken(content._start + content._json.BytesConsumed, $"expected valid JSON that is nested at most {Limits.Depth} deep: {e}", null, e);
        }

        catch (InvalidOperationException e)
        {
            // An escape such as \ud800, one half of a character.
            throw file.Broken(content._start + content._json.TokenStartIndex, $"expected texts, found half a surrogate pair in one.", null, e);
        }

        texts = content._texts;
        return content._tensors;
    }

    private static int StartOf(ReadOnlySpan<byte> file) => file.StartsWith("\uFEFF"u8) ? 3 : 0;

    private void ReadRoot()
    {
        Place place = IsConfiguration(_json) ? Place.Mixed : Place.State;
        _json.Read();
        ReadObject("", place);

        // Nothing but white space may follow; the reader throws for the rest.
        _json.Read();
    }

    /// <summary>Whether an object has a network's configuration, or is a state dictionary itself.</summary>
    private static bool IsConfiguration(Utf8JsonReader json)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(Layers) || json.ValueTextEquals(StateDictionary) || json.ValueTextEquals("architecture"))
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    private void ReadObject(string prefix, Place place)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string key = Text();
            string name = Join(prefix, key);
            _json.Read();
            bool isRoot = prefix.Length == 0;
            if (isRoot && place == Place.Mixed && key == Layers && _json.TokenType == JsonTokenType.StartArray)
            {
                ReadLayers();
            }
            else if (isRoot && place == Place.Mixed && key == StateDictionary && _json.TokenType == JsonTokenType.StartObject)
            {
                ReadObject("", Place.State);
            }
            else if (place == Place.Layer && key == "weights" && _json.TokenType == JsonTokenType.StartArray)
            {
                ReadWeights(name);
            }
            else
            {
                ReadValue(name, place);
            }
        }
    }

    private void ReadLayers()
    {
        for (int k = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; k++)
        {
            string name = Join(Layers, k.ToString(CultureInfo.InvariantCulture));
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                throw Broken($"expected an object as {name}, found {_json.TokenType.ToString()}.");
            }

            ReadObject(name, Place.Layer);
        }
    }

    private void ReadWeights(string name)
    {
        for (int k = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; k++)
        {
            string element = Join(name, k.ToString(CultureInfo.InvariantCulture));
            if (_json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Number))
            {
                throw Broken($"expected an array of numbers, found {_json.TokenType.ToString()}.", element);
            }

            ReadValue(element, Place.State);
        }
    }

    private void ReadValue(string name, Place place)
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadObject(name, place);
                break;
            case JsonTokenType.StartArray:
                ReadArray(name, place);
                break;
            case JsonTokenType.Number when place == Place.State:
                float value = JsonNumbers.TryRead(_json, out float number) ? number : throw OutOfRange(name);
                Add(new FileTensor(name, Type, [], new[] { value }));
                break;
            case JsonTokenType.String:
                AddText(name, Text());
                break;
            case JsonTokenType.Null:
                break;
            default:
                AddText(name, Encoding.UTF8.GetString(_json.ValueSpan));
                break;
        }
    }

    private void ReadArray(string name, Place place)
    {
        bool isText = place == Place.Layer || (place == Place.Mixed && name == "in_shape");
        int[] shape = [];
        int count = 0;
        (long Position, string Found) problem = default;
        bool isTensor = !isText && JsonNumbers.TryMeasure(_json, out shape, out count, out problem);
        if (isTensor && (count > 0 || place == Place.State))
        {
            var values = new float[count];
            if (!JsonNumbers.TryRead(ref _json, values))
            {
                throw OutOfRange(name);
            }

            Add(new FileTensor(name, Type, shape, values));
            return;
        }

        if (place == Place.State)
        {
            throw _file.Broken(_start + problem.Position, $"expected numbers in arrays of equal lengths, found {problem.Found}.", name);
        }

        long start = _json.TokenStartIndex;
        _json.Skip();
        AddText(name, Compact(start));
    }

    /// <summary>The text of the file from a place to the end of the current token, without the white space between tokens.</summary>
    private readonly string Compact(long start)
    {
        int length = (int)(_json.BytesConsumed - start);
        _file.Keep(4L * length, _start + start);
        var compact = new List<byte>(length);
        bool isInString = false;
        ReadOnlySpan<byte> text = _file.Bytes.Span.Slice((int)(_start + start), length);
        for (int k = 0; k < text.Length; k++)
        {
            isInString ^= text[k] == (byte)'"';
            if (isInString || text[k] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                compact.Add(text[k]);
            }

            if (isInString && text[k] == (byte)'\\')
            {
                compact.Add(text[++k]);
            }
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(compact));
    }

    private readonly void Add(FileTensor tensor)
    {
        CheckNew(tensor.Name);
        _file.KeepTensor(tensor.Name, tensor.Shape.Count, _start + _json.TokenStartIndex);
        _tensors.Add(tensor);
    }

    private readonly void AddText(string name, string text)
    {
        CheckNew(name);
        _file.Keep(100, _start + _json.TokenStartIndex);
        _texts.Add(name, text);
    }

    private readonly void CheckNew(string name)
    {
        if (!_names.Add(name))
        {
            throw Broken($"expected every name once, found '{name}' again.", name);
        }
    }

    private readonly string Join(string prefix, string key)
    {
        string name = prefix.Length == 0 ? key : $"{prefix}.{key}";
        _file.Keep(100 + (2L * name.Length), _start + _json.TokenStartIndex);
        return name.Length <= LongestName ? name : throw Broken($"expected names of at most {LongestName} characters, found one of {name.Length}.");
    }

    private readonly string Text()
    {
        _file.Keep(2L * _json.ValueSpan.Length, _start + _json.TokenStartIndex);
        return _json.GetString()!;
    }

    private readonly CheckpointException OutOfRange(string name) => Broken($"expected numbers within the range of 32-bit floats, found a larger one.", name);

    private readonly CheckpointException Broken(FormattableString problem, string? tensor = null) => _file.Broken(_start + _json.TokenStartIndex, problem, tensor);
}
