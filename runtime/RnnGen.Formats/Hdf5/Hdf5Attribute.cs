using System.Text;

namespace RnnGen.Formats;

/// <summary>A named value of a group or a dataset.</summary>
internal sealed class Hdf5Attribute
{
    private const int MostTexts = 20_000;

    private readonly Hdf5Source _source;
    private readonly Hdf5Datatype _type;
    private readonly int[]? _shape;
    private readonly Hdf5Cursor _data;

    private Hdf5Attribute(Hdf5Source source, string name, Hdf5Datatype type, int[]? shape, Hdf5Cursor data)
    {
        _source = source;
        Name = name;
        _type = type;
        _shape = shape;
        _data = data;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Reads an attribute.</summary>
    /// <returns>The attribute; null if its type is kept elsewhere, which programs do only for types of their own.</returns>
    /// <exception cref="CheckpointException">It is broken.</exception>
    public static Hdf5Attribute? Read(Hdf5Source source, Hdf5Cursor message)
    {
        const int SharedTypes = 0x03;
        int version = message.Version(1, 3);
        int flags = message.Byte();
        int nameSize = message.UInt16();
        int typeSize = message.UInt16();
        int shapeSize = message.UInt16();
        message.Skip(version == 3 ? 1 : 0);
        ReadOnlySpan<byte> name = message.Bytes(Padded(nameSize, version))[..nameSize];
        Hdf5Cursor type = message.Part(Padded(typeSize, version), "the type of an attribute");
        Hdf5Cursor shape = message.Part(Padded(shapeSize, version), "the shape of an attribute");
        if (version > 1 && (flags & SharedTypes) != 0)
        {
            return null;
        }

        source.CountText(message.Position, nameSize);
        return new Hdf5Attribute(source, Text(name), Hdf5Datatype.Read(source, type), Hdf5Shape.Read(source, shape, null), message);
    }

    /// <summary>The value as texts; null if it is something else. An empty array is one of texts, whatever its type: NumPy makes it one of floats.</summary>
    /// <exception cref="CheckpointException">It is broken.</exception>
    public string[]? Texts()
    {
        long count = _shape is null ? 0 : Hdf5Shape.Count(_shape);
        if (count == 0)
        {
            return [];
        }

        if (!_type.IsTextOfAnyLength && _type.Class != Hdf5Class.Text)
        {
            return null;
        }

        Hdf5Cursor data = _data;
        if (count > MostTexts || count * _type.Size > data.Remaining)
        {
            throw _source.Broken(
                data.Position, $"expected attribute '{Name}' with {data.Remaining} bytes and at most {MostTexts} texts, found {count} of {_type.Size} bytes each.");
        }

        string[] texts = new string[count];
        for (int k = 0; k < texts.Length; k++)
        {
            _source.Count(data.Position);
            long at = data.Position;
            Hdf5Cursor element = data.Part(_type.Size, "a text of an attribute");
            texts[k] = _type.IsTextOfAnyLength ? TextOfAnyLength(element, at) : Decoded(element.Bytes(_type.Size), at);
        }

        return texts;
    }

    private string TextOfAnyLength(Hdf5Cursor element, long at)
    {
        long length = element.UInt32();
        long address = element.Address();
        int index = (int)Math.Min(element.UInt32(), int.MaxValue);
        if (length == 0 || address is 0 or Hdf5Source.Undefined)
        {
            return "";
        }

        Hdf5Cursor text = _source.InGlobalHeap(address, index, at);
        return Decoded(text.Bytes(Math.Min(length, text.Remaining)), at);
    }

    private string Decoded(ReadOnlySpan<byte> bytes, long at)
    {
        string text = Text(bytes);
        _source.CountText(at, text.Length);
        return text;
    }

    /// <summary>Texts end at the first zero, or with the bytes that they have.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static int Padded(int size, int version) => version == 1 ? (size + 7) & ~7 : size;
}
