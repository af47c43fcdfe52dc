using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>A graph of nodes. A graph inside of an attribute also sees the values of the graph around it.</summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, OnnxTensor> _initializers;

    private OnnxGraph(
        string name, OnnxNode[] nodes, OnnxTensor[] initializers, Dictionary<string, OnnxTensor> byName, OnnxValueInfo[] inputs, OnnxValueInfo[] outputs, OnnxValueInfo[] values)
    {
        _initializers = byName;
        Name = name;
        Nodes = nodes;
        Initializers = initializers;
        Inputs = inputs;
        Outputs = outputs;
        Values = values;
    }

    /// <summary>The name; often what the exporter is called.</summary>
    public string Name { get; }

    /// <summary>The nodes in the order of the file: every node after those that it depends on.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    /// <summary>The constant tensors, in the order of the file.</summary>
    public IReadOnlyList<OnnxTensor> Initializers { get; }

    /// <summary>The inputs. Up to version 3 of the format every initializer is one, too; later ones may be.</summary>
    public IReadOnlyList<OnnxValueInfo> Inputs { get; }

    /// <summary>The outputs.</summary>
    public IReadOnlyList<OnnxValueInfo> Outputs { get; }

    /// <summary>What is said about values between nodes: of all, of some or of none.</summary>
    public IReadOnlyList<OnnxValueInfo> Values { get; }

    /// <summary>Finds a constant tensor of this graph, not of those around or inside of it.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The tensor, or null if there is none of that name.</returns>
    public OnnxTensor? FindInitializer(string name) => _initializers.GetValueOrDefault(name);

    /// <summary>Reads a <c>GraphProto</c>.</summary>
    public static OnnxGraph Read(SourceFile file, ProtobufReader message)
    {
        string name = "";
        var nodes = new List<OnnxNode>();
        var initializers = new List<OnnxTensor>();
        var byName = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        var inputs = new List<OnnxValueInfo>();
        var outputs = new List<OnnxValueInfo>();
        var values = new List<OnnxValueInfo>();
        file.Keep(500, message.Start);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    nodes.Add(OnnxNode.Read(file, message.Message()));
                    break;
                case 2:
                    name = message.Text();
                    break;
                case 5:
                    OnnxTensor tensor = OnnxTensor.Read(file, message.Message(), "an initializer without a name");
                    initializers.Add(tensor);
                    if (!byName.TryAdd(tensor.Name, tensor))
                    {
                        throw message.Broken($"expected every initializer of a graph once, found this name again.", tensor.Name);
                    }

                    break;
                case 11:
                    inputs.Add(OnnxValueInfo.Read(file, message.Message()));
                    break;
                case 12:
                    outputs.Add(OnnxValueInfo.Read(file, message.Message()));
                    break;
                case 13:
                    values.Add(OnnxValueInfo.Read(file, message.Message()));
                    break;
                case 15:
                    throw message.Broken($"expected dense initializers, found a sparse one, which is not read. Write it as a dense tensor.");
            }
        }

        return new OnnxGraph(name, [.. nodes], [.. initializers], byName, [.. inputs], [.. outputs], [.. values]);
    }
}
