using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>A node of a graph: an operator with its inputs, outputs and attributes.</summary>
internal sealed class OnnxNode
{
    private const string Constant = "Constant";

    private readonly SourceFile _file;
    private readonly Dictionary<string, OnnxAttribute> _attributes;

    private OnnxNode(
        SourceFile file, string name, string operatorType, string domain, string[] inputs, string[] outputs, Dictionary<string, OnnxAttribute> attributes, long offset)
    {
        _file = file;
        _attributes = attributes;
        Name = name;
        OperatorType = operatorType;
        Domain = domain;
        Inputs = inputs;
        Outputs = outputs;
        Offset = offset;
        ConstantValue = operatorType == Constant && domain.Length == 0 ? FindConstant() : null;
    }

    /// <summary>The name; often empty.</summary>
    public string Name { get; }

    /// <summary>The operator, such as <c>LSTM</c>.</summary>
    public string OperatorType { get; }

    /// <summary>Whose operator it is; empty for ONNX's own, which may also be written <c>ai.onnx</c>.</summary>
    public string Domain { get; }

    /// <summary>The names of the inputs, in order. An empty one was left out.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The names of the outputs, in order. An empty one is not wanted.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The attributes, in no order.</summary>
    public IReadOnlyCollection<OnnxAttribute> Attributes => _attributes.Values;

    /// <summary>The value of a Constant node; null for other nodes, and for texts and sparse tensors.</summary>
    public OnnxTensor? ConstantValue { get; }

    /// <summary>Where the node is in the file, for messages.</summary>
    public long Offset { get; }

    /// <summary>The node as messages call it, such as <c>node 'rnn/lstm' (LSTM)</c>.</summary>
    public string Description => Describe(Name, OperatorType, Outputs);

    /// <summary>Reads a <c>NodeProto</c>.</summary>
    public static OnnxNode Read(SourceFile file, ProtobufReader message)
    {
        ProtobufReader again = message;
        string name = "";
        string operatorType = "";
        string domain = "";
        var inputs = new List<string>();
        var outputs = new List<string>();
        file.Keep(350, message.Start);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    file.Keep(24, message.Offset);
                    inputs.Add(message.Text());
                    break;
                case 2:
                    file.Keep(24, message.Offset);
                    outputs.Add(message.Text());
                    break;
                case 3:
                    name = message.Text();
                    break;
                case 4:
                    operatorType = message.Text();
                    break;
                case 7:
                    domain = message.Text();
                    break;
            }
        }

        // Attributes come second, so that messages about them name the node.
        Dictionary<string, OnnxAttribute> attributes = ReadAttributes(file, again, Describe(name, operatorType, outputs));
        return new OnnxNode(file, name, operatorType, domain == "ai.onnx" ? "" : domain, [.. inputs], [.. outputs], attributes, again.Start);
    }

    /// <summary>Finds an attribute.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The attribute, or null if the node has none of that name.</returns>
    public OnnxAttribute? Find(string name) => _attributes.GetValueOrDefault(name);

    /// <summary>Finds an attribute of a type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What it must hold.</param>
    /// <returns>The attribute, or null if the node has none of that name.</returns>
    /// <exception cref="CheckpointException">It holds something else.</exception>
    public OnnxAttribute? Find(string name, OnnxAttributeType type)
    {
        OnnxAttribute? attribute = Find(name);
        return attribute is null || attribute.Type == type
            ? attribute
            : throw _file.Broken(attribute.Offset, $"expected attribute '{name}' of {Description} as {type.ToString()}, found {attribute.Type.ToString()}.");
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="otherwise">The value if the node has no such attribute.</param>
    public long Int(string name, long otherwise) => Find(name, OnnxAttributeType.Int)?.Int ?? otherwise;

    /// <summary>A float.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="otherwise">The value if the node has no such attribute.</param>
    public float Float(string name, float otherwise) => Find(name, OnnxAttributeType.Float)?.Float ?? otherwise;

    /// <summary>A text.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="otherwise">The value if the node has no such attribute.</param>
    public string Text(string name, string otherwise) => Find(name, OnnxAttributeType.String)?.Text ?? otherwise;

    /// <summary>Whole numbers; null if the node has no such attribute.</summary>
    /// <param name="name">The attribute.</param>
    public IReadOnlyList<long>? Ints(string name) => Find(name, OnnxAttributeType.Ints)?.Ints;

    /// <summary>Floats; null if the node has no such attribute.</summary>
    /// <param name="name">The attribute.</param>
    public IReadOnlyList<float>? Floats(string name) => Find(name, OnnxAttributeType.Floats)?.Floats;

    /// <summary>Texts; null if the node has no such attribute.</summary>
    /// <param name="name">The attribute.</param>
    public IReadOnlyList<string>? Texts(string name) => Find(name, OnnxAttributeType.Strings)?.Texts;

    /// <summary>A tensor; null if the node has no such attribute.</summary>
    /// <param name="name">The attribute.</param>
    public OnnxTensor? Tensor(string name) => Find(name, OnnxAttributeType.Tensor)?.Tensors[0];

    /// <summary>A graph; null if the node has no such attribute.</summary>
    /// <param name="name">The attribute.</param>
    public OnnxGraph? Graph(string name) => Find(name, OnnxAttributeType.Graph)?.Graphs[0];

    private static string Describe(string name, string operatorType, IReadOnlyList<string> outputs) => name.Length > 0 || outputs.Count == 0
        ? $"node '{name}' ({operatorType})"
        : $"the {operatorType} node with output '{outputs[0]}'";

    private static Dictionary<string, OnnxAttribute> ReadAttributes(SourceFile file, ProtobufReader message, string owner)
    {
        const int Attribute = 5;
        var attributes = new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal);
        while (message.Next())
        {
            if (message.Field != Attribute)
            {
                continue;
            }

            OnnxAttribute attribute = OnnxAttribute.Read(file, message.Message(), owner);
            if (!attributes.TryAdd(attribute.Name, attribute))
            {
                throw file.Broken(attribute.Offset, $"expected every attribute of {owner} once, found '{attribute.Name}' again.");
            }
        }

        return attributes;
    }

    private OnnxTensor? FindConstant()
    {
        if (Tensor("value") is OnnxTensor tensor)
        {
            return tensor;
        }

        if (Find("value_int", OnnxAttributeType.Int) is OnnxAttribute number)
        {
            return OnnxTensor.Of(_file, [number.Int], [], Offset);
        }

        if (Find("value_float", OnnxAttributeType.Float) is OnnxAttribute single)
        {
            return OnnxTensor.Of(_file, [single.Float], [], Offset);
        }

        if (Ints("value_ints") is IReadOnlyList<long> numbers)
        {
            return OnnxTensor.Of(_file, [.. numbers], [numbers.Count], Offset);
        }

        return Floats("value_floats") is IReadOnlyList<float> floats ? OnnxTensor.Of(_file, [.. floats], [floats.Count], Offset) : null;
    }
}
