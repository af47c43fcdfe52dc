using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.TensorFlow;

/// <summary>Reads a <c>TensorProto</c> of TensorFlow, which is another one than ONNX's.</summary>
internal static class TensorFlowTensor
{
    private const int Content = 4;

    /// <summary>Reads a tensor.</summary>
    /// <param name="file">The file.</param>
    /// <param name="message">The message.</param>
    /// <param name="name">The name of the node.</param>
    /// <returns>The tensor; null if its elements are no numbers.</returns>
    /// <exception cref="CheckpointException">It is broken, or of a type that is not read.</exception>
    public static FileTensor? Read(SourceFile file, ProtobufReader message, string name)
    {
        int start = message.Start;
        ProtobufReader first = message;
        var shape = new List<long>();
        int type = 0;
        ReadOnlyMemory<byte> content = default;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    type = message.Int();
                    break;
                case 2:
                    ReadShape(message.Message(), shape, name);
                    break;
                case Content:
                    content = message.Bytes();
                    break;
            }
        }

        if (TensorFlowElementType.IsNotNumeric(type))
        {
            return null;
        }

        string elementType = TensorFlowElementType.NameOf(type) ?? throw new CheckpointException(
            CheckpointReason.Type, file.Path, name, start, $"expected real numbers, found element type {type} of TensorFlow, which is not read.");
        int[] sizes = FileShape.Read(file, shape.ToArray(), name, start, out int count);
        file.KeepTensor(name, sizes.Length, start);
        float[] values = content.IsEmpty
            ? ReadNumbers(file, first, elementType, count, name)
            : ReadContent(file, content, elementType, count, name, start);
        return new FileTensor(name, elementType, sizes, values);
    }

    private static void ReadShape(ProtobufReader message, List<long> shape, string name)
    {
        shape.Clear();
        while (message.Next())
        {
            if (message.Field == 3 && message.Long() != 0)
            {
                throw message.Broken($"expected a constant with a shape, found one without.", name);
            }

            if (message.Field != 2)
            {
                continue;
            }

            long size = 0;
            ProtobufReader dimension = message.Message();
            while (dimension.Next())
            {
                if (dimension.Field == 1)
                {
                    size = dimension.Long();
                }
            }

            shape.Add(size);
            if (shape.Count > Limits.Rank)
            {
                throw message.Broken($"expected at most {Limits.Rank} dimensions, found more.", name);
            }
        }
    }

    private static float[] ReadContent(SourceFile file, ReadOnlyMemory<byte> content, string elementType, int count, string name, int offset)
    {
        long expected = (long)count * Elements.SizeOf(elementType);
        return content.Length == expected
            ? Elements.ToFloats(elementType, content.Span)
            : throw file.Broken(offset, $"expected {expected} bytes for {count} elements of {elementType}, found {content.Length}.", name);
    }

    /// <summary>Elements one by one, the last of which stands for all that are missing; without any they are zeros.</summary>
    private static float[] ReadNumbers(SourceFile file, ProtobufReader message, string elementType, int count, string name)
    {
        int offset = message.Start;
        (int field, WireType wire) = FieldOf(elementType);
        ProtobufReader again = message;
        long found = 0;
        while (message.Next())
        {
            if (message.Field == field)
            {
                found += message.Numbers(wire).Count;
            }
        }

        if (found > count)
        {
            throw file.Broken(offset, $"expected at most {count} elements of {elementType}, found {found}.", name);
        }

        // A few bytes can ask for gigabytes.
        file.Keep(sizeof(float) * (count - found), offset);
        var values = new float[count];
        int k = 0;
        while (again.Next())
        {
            if (again.Field == field)
            {
                ProtobufNumbers numbers = again.Numbers(wire);
                numbers.ToFloats(elementType, values.AsSpan(k, numbers.Count));
                k += numbers.Count;
            }
        }

        if (k > 0)
        {
            values.AsSpan(k).Fill(values[k - 1]);
        }

        return values;
    }

    private static (int Field, WireType Wire) FieldOf(string elementType) => elementType switch
    {
        "F32" => (5, WireType.Fixed32),
        "F64" => (6, WireType.Fixed64),
        "I64" => (10, WireType.Varint),
        "BOOL" => (11, WireType.Varint),
        "F16" or "BF16" => (13, WireType.Varint),
        "U32" => (16, WireType.Varint),
        "U64" => (17, WireType.Varint),
        _ => (7, WireType.Varint),
    };
}
