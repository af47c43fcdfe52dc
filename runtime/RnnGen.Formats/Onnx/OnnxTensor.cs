using System.Buffers.Binary;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>A tensor in an ONNX file: an initializer, or the value of an attribute. Its elements stay in the file until they are asked for.</summary>
internal sealed class OnnxTensor
{
    private const int RawData = 9;

    private readonly SourceFile _file;
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly int _start;
    private readonly int _end;

    // The field with the elements, one number each; RawData where they are bytes.
    private readonly int _field;

    private OnnxTensor(SourceFile file, string name, string elementType, int[] shape, int count, int field, ReadOnlyMemory<byte> raw, int start, int end)
    {
        _file = file;
        _field = field;
        _raw = raw;
        _start = start;
        _end = end;
        Name = name;
        ElementType = elementType;
        Shape = shape;
        Count = count;
    }

    /// <summary>The name; empty for the value of most attributes.</summary>
    public string Name { get; }

    /// <summary>The element type in the spelling of safetensors, or ONNX's name of a type that is not read, such as <see cref="OnnxElementType.Text"/>.</summary>
    public string ElementType { get; }

    /// <summary>The shape; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count { get; }

    /// <summary>Where the tensor is in the file, for messages.</summary>
    public long Offset => _start;

    /// <summary>Whether the elements are numbers that can be read.</summary>
    public bool IsNumeric => Elements.SizeOf(ElementType) > 0;

    /// <summary>Reads a <c>TensorProto</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="message">The message.</param>
    /// <param name="owner">What a tensor without a name is called in messages.</param>
    /// <exception cref="CheckpointException">It is broken, its elements lie in another file, or they are not as many as the shape says.</exception>
    public static OnnxTensor Read(SourceFile file, ProtobufReader message, string owner)
    {
        int start = message.Start;
        int end = message.End;
        ProtobufReader first = message;
        var shape = new List<long>();
        string name = "";
        int type = 0;
        int external = -1;
        ReadOnlyMemory<byte>? raw = null;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    ReadShape(file, ref message, shape);
                    break;
                case 2:
                    type = message.Int();
                    break;
                case 8:
                    name = message.Text();
                    break;
                case RawData:
                    raw = message.Bytes();
                    break;
                case 13:
                    external = message.Offset;
                    break;
                case 14 when message.Int() == 1:
                    external = external < 0 ? message.Offset : external;
                    break;
            }
        }

        string shown = name.Length > 0 ? name : owner;
        string elementType = OnnxElementType.NameOf(type);
        file.KeepTensor(name, shape.Count, start);
        if (external >= 0)
        {
            throw file.Broken(
                external, $"expected the elements in this file, found that they lie in '{ExternalFile(first)}'. In Python, onnx.save(onnx.load(path), \"one.onnx\") writes both as one file.", shown);
        }

        int[] sizes = FileShape.Read(file, shape.ToArray(), shown, start, out int count);
        int size = Elements.SizeOf(elementType);
        int field = raw is null ? FieldOf(elementType) : RawData;
        if (size > 0)
        {
            long found = raw?.Length ?? CountNumbers(first, field);
            long expected = raw is null ? count : (long)count * size;
            if (found != expected)
            {
                string unit = raw is null ? "elements" : "bytes";
                throw file.Broken(start, $"expected {expected} {unit} for {elementType} [{string.Join(", ", shape)}], found {found}.", shown);
            }
        }

        return new OnnxTensor(file, name, elementType, sizes, count, field, raw ?? default, start, end);
    }

    /// <summary>Makes a tensor of whole numbers that an attribute has.</summary>
    public static OnnxTensor Of(SourceFile file, ReadOnlySpan<long> values, int[] shape, long offset)
    {
        byte[] raw = new byte[values.Length * sizeof(long)];
        file.Keep(raw.Length, offset);
        file.KeepTensor("", shape.Length, offset);
        for (int k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(k * sizeof(long)), values[k]);
        }

        return new OnnxTensor(file, "", "I64", shape, values.Length, RawData, raw, (int)offset, (int)offset);
    }

    /// <summary>Makes a tensor of floats that an attribute has.</summary>
    public static OnnxTensor Of(SourceFile file, ReadOnlySpan<float> values, int[] shape, long offset)
    {
        byte[] raw = new byte[values.Length * sizeof(float)];
        file.Keep(raw.Length, offset);
        file.KeepTensor("", shape.Length, offset);
        for (int k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(raw.AsSpan(k * sizeof(float)), BitConverter.SingleToInt32Bits(values[k]));
        }

        return new OnnxTensor(file, "", "F32", shape, values.Length, RawData, raw, (int)offset, (int)offset);
    }

    /// <summary>The elements as floats, the last dimension fastest. 32-bit floats keep their bits; others are rounded to the nearest float.</summary>
    /// <param name="name">What the tensor is called in messages if it has no name.</param>
    /// <exception cref="CheckpointException">The elements are of a type that is not read.</exception>
    public float[] ToFloats(string? name = null)
    {
        if (!IsNumeric)
        {
            throw NotRead(name, "F32, F64, F16, BF16, BOOL or whole numbers of 8 to 64 bits");
        }

        if (_field == RawData)
        {
            return Elements.ToFloats(ElementType, _raw.Span);
        }

        var values = new float[Count];
        int k = 0;
        var message = new ProtobufReader(_file, _start, _end, 0);
        while (message.Next())
        {
            if (message.Field == _field)
            {
                ProtobufNumbers numbers = message.Numbers(WireOf(_field));
                numbers.ToFloats(ElementType, values.AsSpan(k, numbers.Count));
                k += numbers.Count;
            }
        }

        return values;
    }

    /// <summary>The elements as whole numbers, such as axes, sizes and lengths.</summary>
    /// <param name="name">What the tensor is called in messages if it has no name.</param>
    /// <exception cref="CheckpointException">The elements are no whole numbers.</exception>
    public long[] ToLongs(string? name = null)
    {
        if (ElementType is not ("I8" or "I16" or "I32" or "I64" or "U8" or "U16" or "U32" or "U64" or "BOOL"))
        {
            throw NotRead(name, "whole numbers");
        }

        var values = new long[Count];
        int k = 0;
        if (_field == RawData)
        {
            int size = Elements.SizeOf(ElementType);
            for (; k < values.Length; k++)
            {
                values[k] = ToLong(LittleEndian.ToUInt64(_raw.Span.Slice(k * size, size)));
            }

            return values;
        }

        var message = new ProtobufReader(_file, _start, _end, 0);
        while (message.Next())
        {
            if (message.Field == _field)
            {
                ProtobufNumbers numbers = message.Numbers(WireOf(_field));
                for (int left = numbers.Count; left > 0; left--)
                {
                    values[k++] = ToLong(numbers.Next());
                }
            }
        }

        return values;
    }

    private long ToLong(ulong bits) => ElementType switch
    {
        "BOOL" => bits == 0 ? 0 : 1,
        "I8" => (sbyte)bits,
        "U8" => (byte)bits,
        "I16" => (short)bits,
        "U16" => (ushort)bits,
        "I32" => (int)bits,
        "U32" => (uint)bits,
        _ => (long)bits,
    };

    private CheckpointException NotRead(string? name, string expected) => new(
        CheckpointReason.Type, _file.Path, Name.Length > 0 ? Name : name, _start, $"expected elements of type {expected}, found {ElementType}.");

    /// <summary>The field of <c>TensorProto</c> for elements that are not written as bytes.</summary>
    private static int FieldOf(string elementType) => elementType switch
    {
        "F32" => 4,
        "I64" => 7,
        "F64" => 10,
        "U32" or "U64" => 11,
        _ => 5,
    };

    private static WireType WireOf(int field) => field switch
    {
        4 => WireType.Fixed32,
        10 => WireType.Fixed64,
        _ => WireType.Varint,
    };

    private static void ReadShape(SourceFile file, ref ProtobufReader message, List<long> shape)
    {
        ProtobufNumbers sizes = message.Numbers(WireType.Varint);
        if (sizes.Count > Limits.Rank - shape.Count)
        {
            throw message.Broken($"expected at most {Limits.Rank} dimensions, found more.");
        }

        for (int left = sizes.Count; left > 0; left--)
        {
            shape.Add((long)sizes.Next());
        }
    }

    private static long CountNumbers(ProtobufReader message, int field)
    {
        long count = 0;
        while (message.Next())
        {
            if (message.Field == field)
            {
                count += message.Numbers(WireOf(field)).Count;
            }
        }

        return count;
    }

    private static string ExternalFile(ProtobufReader message)
    {
        string found = "another file";
        while (message.Next())
        {
            if (message.Field != 13)
            {
                continue;
            }

            string key = "";
            string value = "";
            ProtobufReader entry = message.Message();
            while (entry.Next())
            {
                if (entry.Field == 1)
                {
                    key = entry.Text();
                }
                else if (entry.Field == 2)
                {
                    value = entry.Text();
                }
            }

            if (key == "location")
            {
                found = value;
            }
        }

        return found;
    }
}
