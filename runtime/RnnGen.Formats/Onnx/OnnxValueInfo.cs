using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>What a graph says about an input, an output or a value between nodes.</summary>
internal sealed class OnnxValueInfo
{
    private OnnxValueInfo(string name, string elementType, OnnxDimension[]? shape)
    {
        Name = name;
        ElementType = elementType;
        Shape = shape;
    }

    /// <summary>The name of the value.</summary>
    public string Name { get; }

    /// <summary>The element type in the spelling of safetensors; <see cref="OnnxElementType.None"/> where it is not said, or the value is no tensor.</summary>
    public string ElementType { get; }

    /// <summary>The dimensions; null where even their number is not said.</summary>
    public IReadOnlyList<OnnxDimension>? Shape { get; }

    /// <summary>Reads a <c>ValueInfoProto</c>.</summary>
    public static OnnxValueInfo Read(SourceFile file, ProtobufReader message)
    {
        string name = "";
        string elementType = OnnxElementType.None;
        OnnxDimension[]? shape = null;
        file.Keep(150, message.Start);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    name = message.Text();
                    break;
                case 2:
                    ReadType(file, message.Message(), ref elementType, ref shape);
                    break;
            }
        }

        return new OnnxValueInfo(name, elementType, shape);
    }

    private static void ReadType(SourceFile file, ProtobufReader type, ref string elementType, ref OnnxDimension[]? shape)
    {
        const int TensorType = 1;
        while (type.Next())
        {
            if (type.Field != TensorType)
            {
                continue;
            }

            ProtobufReader tensor = type.Message();
            while (tensor.Next())
            {
                switch (tensor.Field)
                {
                    case 1:
                        elementType = OnnxElementType.NameOf(tensor.Int());
                        break;
                    case 2:
                        shape = ReadShape(file, tensor.Message());
                        break;
                }
            }
        }
    }

    private static OnnxDimension[] ReadShape(SourceFile file, ProtobufReader shape)
    {
        var dimensions = new List<OnnxDimension>();
        while (shape.Next())
        {
            if (shape.Field != 1)
            {
                continue;
            }

            long? size = null;
            string name = "";
            file.Keep(60, shape.Offset);
            ProtobufReader dimension = shape.Message();
            while (dimension.Next())
            {
                switch (dimension.Field)
                {
                    case 1:
                        size = dimension.Long();
                        break;
                    case 2:
                        name = dimension.Text();
                        break;
                }
            }

            // Some exporters write -1 or 0 for a size that they do not know.
            dimensions.Add(new OnnxDimension(size > 0 ? size : null, name));
        }

        return [.. dimensions];
    }
}
