using RnnGen.Formats.Protobuf;

namespace RnnGen.Fuzz;

/// <summary>Writes ONNX files.</summary>
internal sealed class OnnxWriter
{
    private const int Float = 1;
    private const int Long = 7;

    private readonly ProtobufWriter _graph = new();

    /// <summary>Adds an input; a size of 0 is left open.</summary>
    public OnnxWriter Input(string name, bool isInteger, params int[] shape)
    {
        _graph.Message(11, Info(name, isInteger, shape));
        return this;
    }

    /// <summary>Adds an output, without a shape.</summary>
    public OnnxWriter Output(string name)
    {
        _graph.Message(12, new ProtobufWriter().Text(1, name));
        return this;
    }

    /// <summary>Adds a tensor of floats.</summary>
    public OnnxWriter Tensor(string name, int[] shape, params float[] values)
    {
        _graph.Message(5, new ProtobufWriter().Packed(1, Longs(shape)).Varint(2, Float).Text(8, name).Floats(4, values));
        return this;
    }

    /// <summary>Adds a vector of whole numbers.</summary>
    public OnnxWriter Vector(string name, params long[] values)
    {
        _graph.Message(5, new ProtobufWriter().Packed(1, values.Length).Varint(2, Long).Text(8, name).Packed(7, values));
        return this;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="inputs">Its inputs, with spaces between them; <c>-</c> for one that is left out.</param>
    /// <param name="outputs">Its outputs in the same way.</param>
    /// <param name="attributes">Numbers, texts, and lists of them.</param>
    public OnnxWriter Node(string type, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Text(1, input == "-" ? "" : input);
        }

        foreach (string output in outputs.Split(' '))
        {
            node.Text(2, output == "-" ? "" : output);
        }

        node.Text(4, type);
        foreach ((string name, object value) in attributes)
        {
            node.Message(5, Attribute(name, value));
        }

        _graph.Message(1, node);
        return this;
    }

    /// <summary>Adds a node that has a name.</summary>
    public OnnxWriter Named(string type, string input, string output, string name)
    {
        _graph.Message(1, new ProtobufWriter().Text(1, input).Text(2, output).Text(3, name).Text(4, type));
        return this;
    }

    /// <summary>Adds an If.</summary>
    public OnnxWriter If(string condition, string output, OnnxWriter then, OnnxWriter otherwise)
    {
        _graph.Message(1, new ProtobufWriter().Text(1, condition).Text(2, output).Text(4, "If")
            .Message(5, new ProtobufWriter().Text(1, "then_branch").Message(6, then._graph).Varint(20, 5))
            .Message(5, new ProtobufWriter().Text(1, "else_branch").Message(6, otherwise._graph).Varint(20, 5)));
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray(int version = 14) =>
        new ProtobufWriter().Varint(1, 8).Text(2, "test").Message(7, _graph).Message(8, new ProtobufWriter().Text(1, "").Varint(2, version)).ToArray();

    private static ProtobufWriter Attribute(string name, object value)
    {
        ProtobufWriter attribute = new ProtobufWriter().Text(1, name);
        switch (value)
        {
            case int number:
                return attribute.Varint(3, number).Varint(20, 2);
            case float number:
                return attribute.Float(2, number).Varint(20, 1);
            case string text:
                return attribute.Text(4, text).Varint(20, 3);
            case float[] numbers:
                return attribute.Floats(7, numbers).Varint(20, 6);
            case int[] numbers:
                return attribute.Packed(8, Longs(numbers)).Varint(20, 7);
            case string[] texts:
                foreach (string text in texts)
                {
                    attribute.Text(9, text);
                }

                return attribute.Varint(20, 8);
            default:
                throw new ArgumentException($"{name} is of {value.GetType()}.");
        }
    }

    private static ProtobufWriter Info(string name, bool isInteger, int[] shape)
    {
        var sizes = new ProtobufWriter();
        for (int axis = 0; axis < shape.Length; axis++)
        {
            sizes.Message(1, shape[axis] > 0 ? new ProtobufWriter().Varint(1, shape[axis]) : new ProtobufWriter().Text(2, $"open{axis}"));
        }

        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Varint(1, isInteger ? Long : Float).Message(2, sizes)));
    }

    private static long[] Longs(int[] values) => Array.ConvertAll(values, value => (long)value);
}
