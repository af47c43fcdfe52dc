using System.Globalization;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>Collects the nodes, tensors, inputs and outputs of an ONNX graph, and writes them as a file.</summary>
/// <remarks>The numbers of fields are those of onnx.proto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</remarks>
internal sealed class OnnxGraphWriter
{
    private const long FormatVersion = 8;
    private const long OperatorSet = 17;
    private const long FloatType = 1;
    private const long LongType = 7;

    private readonly List<ProtobufWriter> _nodes = [];
    private readonly List<ProtobufWriter> _tensors = [];
    private readonly HashSet<string> _tensorNames = new(StringComparer.Ordinal);
    private readonly List<ProtobufWriter> _inputs = [];
    private readonly List<ProtobufWriter> _outputs = [];

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operatorType">The operator.</param>
    /// <param name="layer">The layer that it belongs to, for its name.</param>
    /// <param name="inputs">The inputs; an empty one is left out.</param>
    /// <param name="attributes">The attributes; null for none.</param>
    /// <returns>The name of its output, <c>layer/operator_number</c>.</returns>
    public string Node(string operatorType, string layer, string[] inputs, OnnxAttributes? attributes = null) =>
        Node(operatorType, layer, inputs, attributes, [""])[0];

    /// <summary>Adds a node.</summary>
    /// <param name="operatorType">The operator.</param>
    /// <param name="layer">The layer that it belongs to, for its name.</param>
    /// <param name="inputs">The inputs; an empty one is left out.</param>
    /// <param name="attributes">The attributes; null for none.</param>
    /// <param name="outputs">What is added to the name of the node for each output, such as <c>.h</c>; empty for the name itself.</param>
    /// <returns>The names of its outputs.</returns>
    public string[] Node(string operatorType, string layer, string[] inputs, OnnxAttributes? attributes, string[] outputs)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{layer}/{operatorType}_{_nodes.Count}");
        string[] names = [.. outputs.Select(output => name + output)];
        Add(operatorType, name, inputs, attributes, names);
        return names;
    }

    /// <summary>Adds a tensor of floats with the bits that they have. A tensor of the same name is the same one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">The shape; empty for a single number.</param>
    /// <param name="values">The elements.</param>
    /// <returns>The name.</returns>
    public string Floats(string name, ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        if (_tensorNames.Add(name))
        {
            _tensors.Add(Tensor(name, FloatType, shape).Floats(9, values));
        }

        return name;
    }

    /// <summary>Adds a parameter of a layer under its name in checkpoints.</summary>
    /// <returns>The name.</returns>
    public string Parameter(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return Floats(parameter.FullName, [.. parameter.Shape.Select(size => (long)size)], values);
    }

    /// <summary>Adds a vector of whole numbers, such as axes.</summary>
    /// <returns>Its name.</returns>
    public string Longs(params long[] values)
    {
        string name = $"<{string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}>";
        if (_tensorNames.Add(name))
        {
            _tensors.Add(Tensor(name, LongType, [values.Length]).Packed(7, values));
        }

        return name;
    }

    /// <summary>Adds an input of floats, or of tokens.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isTokens">Whether its elements are tokens (int64).</param>
    /// <param name="dimensions">The shape: numbers or names of dimensions that each call chooses.</param>
    public void Input(string name, bool isTokens, params string[] dimensions) => _inputs.Add(Value(name, isTokens ? LongType : FloatType, dimensions));

    /// <summary>Adds an output of floats.</summary>
    /// <param name="name">The name of the output.</param>
    /// <param name="value">The value that it has.</param>
    /// <param name="dimensions">The shape: numbers or names of dimensions that each call chooses.</param>
    public void Output(string name, string value, params string[] dimensions)
    {
        Add("Identity", $"{name}/output", [value], null, [name]);
        _outputs.Add(Value(name, FloatType, dimensions));
    }

    /// <summary>Writes the file.</summary>
    /// <param name="name">The name of the graph.</param>
    /// <param name="metadata">Texts.</param>
    public ReadOnlyMemory<byte> ToFile(string name, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var graph = new ProtobufWriter();
        All(1, _nodes);
        graph.Text(2, name);
        All(5, _tensors);
        All(11, _inputs);
        All(12, _outputs);
        var model = new ProtobufWriter()
            .Varint(1, FormatVersion)
            .Text(2, "RnnGen")
            .Message(7, graph)
            .Message(8, new ProtobufWriter().Text(1, "").Varint(2, OperatorSet));
        foreach ((string key, string value) in metadata)
        {
            model.Message(14, new ProtobufWriter().Text(1, key).Text(2, value));
        }

        return model.Written;

        void All(int field, List<ProtobufWriter> messages) => messages.ForEach(message => graph.Message(field, message));
    }

    private static ProtobufWriter Tensor(string name, long type, ReadOnlySpan<long> shape)
    {
        var tensor = new ProtobufWriter();
        foreach (long size in shape)
        {
            tensor.Varint(1, size);
        }

        return tensor.Varint(2, type).Text(8, name);
    }

    private static ProtobufWriter Value(string name, long type, string[] dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (string dimension in dimensions)
        {
            shape.Message(1, long.TryParse(dimension, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? new ProtobufWriter().Varint(1, size)
                : new ProtobufWriter().Text(2, dimension));
        }

        ProtobufWriter tensor = new ProtobufWriter().Varint(1, type).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }

    private void Add(string operatorType, string name, string[] inputs, OnnxAttributes? attributes, string[] outputs)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, name).Text(4, operatorType);
        foreach (ProtobufWriter attribute in attributes?.Messages ?? [])
        {
            node.Message(5, attribute);
        }

        _nodes.Add(node);
    }
}
