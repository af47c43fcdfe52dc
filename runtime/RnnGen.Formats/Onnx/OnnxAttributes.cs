using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>The attributes of a node that is written.</summary>
internal sealed class OnnxAttributes
{
    private readonly List<ProtobufWriter> _attributes = [];

    /// <summary>The attributes as messages.</summary>
    public IReadOnlyList<ProtobufWriter> Messages => _attributes;

    /// <summary>Adds a whole number.</summary>
    public OnnxAttributes Add(string name, long value) => Add(Named(name, OnnxAttributeType.Int).Varint(3, value));

    /// <summary>Adds a float.</summary>
    public OnnxAttributes Add(string name, float value) => Add(Named(name, OnnxAttributeType.Float).Float(2, value));

    /// <summary>Adds a text.</summary>
    public OnnxAttributes Add(string name, string value) => Add(Named(name, OnnxAttributeType.String).Text(4, value));

    /// <summary>Adds a list of whole numbers.</summary>
    public OnnxAttributes Add(string name, long[] values) => Add(Named(name, OnnxAttributeType.Ints).Packed(8, values));

    /// <summary>Adds a list of floats; an empty one is left out.</summary>
    public OnnxAttributes Add(string name, float[] values) => values.Length == 0 ? this : Add(Named(name, OnnxAttributeType.Floats).Floats(7, values));

    /// <summary>Adds a list of texts.</summary>
    public OnnxAttributes Add(string name, string[] values)
    {
        ProtobufWriter attribute = Named(name, OnnxAttributeType.Strings);
        foreach (string value in values)
        {
            attribute.Text(9, value);
        }

        return Add(attribute);
    }

    private static ProtobufWriter Named(string name, OnnxAttributeType type) => new ProtobufWriter().Text(1, name).Varint(20, (long)type);

    private OnnxAttributes Add(ProtobufWriter attribute)
    {
        _attributes.Add(attribute);
        return this;
    }
}
