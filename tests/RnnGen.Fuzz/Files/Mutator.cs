using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnGen.Fuzz;

/// <summary>Damages safetensors files: bytes, lengths, the words of the header, numbers of the data. All that it does follows from the seed.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly long[] Numbers =
        [0, 1, -1, 2, 3, 4, 7, 8, 255, 256, 1000, 1_000_000, int.MaxValue, 1L << 31, 1L << 32, 1L << 40, 1L << 62, long.MaxValue, long.MinValue];

    private static readonly string[] Types = ["F32", "F64", "I64", "I32", "BOOL", "U8", "I8", "BF16", "f32", "", "F8_E4M3"];

    private static readonly string[] Names =
        ["", "__metadata__", "training:", "training:data", "training:lanes", "training:lane0:Hidden.h", "training:moment:", "training:average", "rnngen.crc32c", "rnngen.narrow", "scales:", "factors:", "a\nb", "\u001b[2J"];

    private readonly Random _random = new(seed);

    /// <summary>The same file as one from before there were checksums.</summary>
    public static byte[] WithoutChecksums(byte[] sound) => WithHeader(sound, header =>
    {
        JsonObject texts = header["__metadata__"]!.AsObject();
        foreach (string key in texts.Select(text => text.Key).Where(key => key.StartsWith("rnngen.crc32c", StringComparison.Ordinal)).ToArray())
        {
            texts.Remove(key);
        }
    });

    /// <summary>A damaged file.</summary>
    /// <param name="sound">A sound one.</param>
    /// <param name="other">Another sound one, of which it may get a part.</param>
    public byte[] Next(byte[] sound, byte[] other)
    {
        byte[] file = sound;
        for (int change = _random.Next(4) == 0 ? 3 : 1; change > 0; change--)
        {
            file = _random.Next(20) switch
            {
                0 => Splice(file, other),
                1 => WithLength(file),
                2 or 3 => WithBytes(file),
                4 => WithText(file),
                < 8 => WithHeader(file, Edit),
                < 13 => WithData(file),
                _ => WithHeader(file, (header, data) => EditTensors(header, data)),
            };
        }

        return file;
    }

    private static (int Start, int Length) Header(byte[] file)
    {
        ulong length = file.Length < 8 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(file);
        return (8, length <= (ulong)Math.Max(0, file.Length - 8) ? (int)length : 0);
    }

    private static byte[] Join(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file.AsSpan(8));
        data.CopyTo(file.AsSpan(8 + header.Length));
        return file;
    }

    private byte[] Splice(byte[] file, byte[] other) =>
        [.. file.AsSpan(0, _random.Next(file.Length + 1)), .. other.AsSpan(_random.Next(other.Length + 1))];

    private byte[] WithLength(byte[] file)
    {
        if (file.Length < 8)
        {
            return file;
        }

        byte[] changed = [.. file];
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        BinaryPrimitives.WriteInt64LittleEndian(changed, _random.Next(2) == 0 ? Numbers[_random.Next(Numbers.Length)] : length + _random.Next(-9, 10));
        return changed;
    }

    private byte[] WithBytes(byte[] file)
    {
        if (file.Length == 0)
        {
            return file;
        }

        int at = _random.Next(file.Length);
        int count = Math.Min(_random.Next(1, 40), file.Length - at);
        switch (_random.Next(5))
        {
            case 0:
                byte[] flipped = [.. file];
                flipped[at] ^= (byte)(1 << _random.Next(8));
                return flipped;
            case 1:
                return file[..at];
            case 2:
                return [.. file.AsSpan(0, at), .. file.AsSpan(at + count)];
            case 3:
                return [.. file.AsSpan(0, at + count), .. file.AsSpan(at)];
            default:
                byte[] noise = new byte[count];
                _random.NextBytes(noise);
                return [.. file.AsSpan(0, at), .. noise, .. file.AsSpan(at)];
        }
    }

    /// <summary>Letters of the header's text, with a length that fits.</summary>
    private byte[] WithText(byte[] file)
    {
        ReadOnlySpan<byte> likely = "{}[]\",:0123456789-eE.\\u \0\u00ff"u8;
        (int start, int length) = Header(file);
        if (length == 0)
        {
            return file;
        }

        int at = _random.Next(length);
        byte letter = likely[_random.Next(likely.Length)];
        ReadOnlySpan<byte> header = file.AsSpan(start, length);
        ReadOnlySpan<byte> data = file.AsSpan(start + length);
        return _random.Next(4) switch
        {
            0 => Join([.. header[..at], letter, .. header[(at + 1)..]], data),
            1 => Join([.. header[..at], letter, .. header[at..]], data),
            2 => Join([.. header[..at], .. Enumerable.Repeat(letter, _random.Next(1, 2000)), .. header[at..]], data),
            _ => Join([.. header[..at], .. header[Math.Min(length, at + _random.Next(1, 60))..]], data),
        };
    }

    /// <summary>A number of the data.</summary>
    private byte[] WithData(byte[] file)
    {
        (int start, int length) = Header(file);
        int count = (file.Length - start - length) / sizeof(int);
        if (count < 2)
        {
            return file;
        }

        byte[] changed = [.. file];
        Span<byte> place = changed.AsSpan(start + length + (_random.Next(count - 1) * sizeof(int)));
        switch (_random.Next(3))
        {
            case 0:
                BinaryPrimitives.WriteSingleLittleEndian(place, _random.Next(2) == 0 ? float.NaN : float.PositiveInfinity);
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(place, Numbers[_random.Next(Numbers.Length)]);
                break;
        }

        return changed;
    }

    /// <summary>A header that is changed as an object and is valid JSON again.</summary>
    private static byte[] WithHeader(byte[] file, Action<JsonObject> edit) => WithHeader(file, (header, data) =>
    {
        edit(header);
        return data;
    });

    /// <summary>The same, with other data.</summary>
    private static byte[] WithHeader(byte[] file, Func<JsonObject, byte[], byte[]> edit)
    {
        (int start, int length) = Header(file);
        try
        {
            if (JsonNode.Parse(file.AsSpan(start, length)) is not JsonObject { Count: > 0 } header)
            {
                return file;
            }

            byte[] data = edit(header, file[(start + length)..]);
            return Join(Encoding.UTF8.GetBytes(header.ToJsonString()), data);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // It is broken already, which an object may notice late.
            return file;
        }
    }

    /// <summary>Tensors that are other ones, in a file that is sound again: the faults that only the reader of a model or a trainer can find.</summary>
    private byte[] EditTensors(JsonObject header, byte[] data)
    {
        List<(string Name, JsonObject Entry, byte[] Data)> tensors = [];
        foreach ((string name, JsonNode? node) in header.ToArray())
        {
            if (name != "__metadata__" && node is JsonObject entry
                && entry["data_offsets"] is JsonArray { Count: 2 } place && place[0] is JsonValue begin && place[1] is JsonValue end)
            {
                header.Remove(name);
                tensors.Add((name, entry, data[(int)(long)begin..(int)(long)end]));
            }
        }

        if (tensors.Count == 0)
        {
            return data;
        }

        int at = _random.Next(tensors.Count);
        (string Name, JsonObject Entry, byte[] Data) one = tensors[at];
        switch (_random.Next(6))
        {
            case 0:
                tensors.RemoveAt(at);
                break;
            case 1:
                tensors[at] = one with { Name = NameLike(one.Name) };
                break;
            case 2:
                tensors.Add((NameLike(one.Name), (JsonObject)one.Entry.DeepClone(), one.Data));
                break;
            case 3:
                int size = _random.Next(12);
                int width = one.Data.Length == 0 ? 4 : (string?)one.Entry["dtype"] == "F32" ? 4 : 8;
                one.Entry["shape"] = _random.Next(2) == 0 ? new JsonArray(size) : new JsonArray(size, 1);
                tensors[at] = one with { Data = new byte[size * width] };
                break;
            case 4:
                one.Entry["dtype"] = (string?)one.Entry["dtype"] == "F32" ? "I32" : (string?)one.Entry["dtype"] == "F64" ? "I64" : "F64";
                break;
            default:
                int other = _random.Next(tensors.Count);
                (tensors[at], tensors[other]) = (tensors[other] with { Name = one.Name }, one with { Name = tensors[other].Name });
                break;
        }

        using var all = new MemoryStream();
        foreach ((string name, JsonObject entry, byte[] bytes) in tensors)
        {
            entry["data_offsets"] = new JsonArray(all.Length, all.Length + bytes.Length);
            all.Write(bytes);
            header[name] = entry;
        }

        return all.ToArray();
    }

    private void Edit(JsonObject header)
    {
        string[] keys = [.. header.Select(pair => pair.Key)];
        string name = keys[_random.Next(keys.Length)];
        JsonNode? node = header[name];
        if (node is not JsonObject entry)
        {
            return;
        }

        switch (_random.Next(8))
        {
            case 0:
                header.Remove(name);
                return;
            case 1:
                header.Remove(name);
                header[NameLike(name)] = entry.DeepClone();
                return;
            case 2:
                header[NameLike(name)] = entry.DeepClone();
                return;
            case 3:
                header[NameLike(name)] = JsonNode.Parse("""{"dtype":"F32","shape":[0],"data_offsets":[0,0]}""");
                return;
            case 4:
                Nest(entry);
                return;
        }

        string[] properties = [.. entry.Select(pair => pair.Key)];
        if (properties.Length == 0)
        {
            return;
        }

        string property = properties[_random.Next(properties.Length)];
        entry[property] = (property, _random.Next(3)) switch
        {
            ("dtype", _) => Types[_random.Next(Types.Length)],
            ("shape" or "data_offsets", 0) => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => (JsonNode?)Number())]),
            ("shape" or "data_offsets", _) when entry[property] is JsonArray { Count: > 0 } array => WithNumber(array),
            (_, 0) => NameLike(property),
            _ => Number(),
        };
    }

    private JsonArray WithNumber(JsonArray array)
    {
        var changed = (JsonArray)array.DeepClone();
        int at = _random.Next(changed.Count);
        changed[at] = _random.Next(2) == 0 || changed[at] is not JsonValue value || !value.TryGetValue(out long number) ? Number() : number + _random.Next(-4, 5);
        return changed;
    }

    private JsonValue Number() => JsonValue.Create(Numbers[_random.Next(Numbers.Length)]);

    private string NameLike(string name) => _random.Next(4) switch
    {
        0 => Names[_random.Next(Names.Length)],
        1 => name + "x",
        2 when name.Length > 0 => name[..^1],
        _ when name.Length > 0 => Flipped(name),
        _ => new string('n', _random.Next(20_000)),
    };

    private string Flipped(string name)
    {
        int at = _random.Next(name.Length);
        return string.Concat(name.AsSpan(0, at), ((char)(name[at] ^ (1 << _random.Next(6)))).ToString(), name.AsSpan(at + 1));
    }

    private void Nest(JsonObject entry)
    {
        JsonNode inner = Number();
        for (int depth = _random.Next(1, 80); depth > 0; depth--)
        {
            inner = _random.Next(2) == 0 ? new JsonArray(inner) : new JsonObject { ["shape"] = inner };
        }

        entry["shape"] = inner;
    }
}
