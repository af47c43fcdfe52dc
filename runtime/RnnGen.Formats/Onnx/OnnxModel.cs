using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>An ONNX file: a graph, and the versions of the operators in it.</summary>
internal sealed class OnnxModel
{
    private const int GraphField = 7;

    private OnnxModel(
        string path, long formatVersion, string producer, OnnxGraph graph, IReadOnlyDictionary<string, long> operatorSets, IReadOnlyDictionary<string, string> metadata)
    {
        Path = path;
        FormatVersion = formatVersion;
        Producer = producer;
        Graph = graph;
        OperatorSets = operatorSets;
        Metadata = metadata;
    }

    /// <summary>Where the file is, for messages.</summary>
    public string Path { get; }

    /// <summary>The version of the format (<c>ir_version</c>).</summary>
    public long FormatVersion { get; }

    /// <summary>The program that wrote the file, such as <c>pytorch</c> or <c>tf2onnx</c>; may be empty.</summary>
    public string Producer { get; }

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>The versions of the sets of operators by domain; the empty domain is ONNX's own.</summary>
    public IReadOnlyDictionary<string, long> OperatorSets { get; }

    /// <summary>Texts that the producer added.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="bytes">Its content, which must not change as long as the model is used: tensors keep their elements there.</param>
    /// <exception cref="CheckpointException">It is broken, or has tensors in another file.</exception>
    public static OnnxModel Read(string path, ReadOnlyMemory<byte> bytes) => Read(new SourceFile(path, bytes));

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file, whose content must not change as long as the model is used.</param>
    /// <exception cref="CheckpointException">It is broken, or has tensors in another file.</exception>
    public static OnnxModel Read(SourceFile file)
    {
        long formatVersion = 0;
        string producer = "";
        OnnxGraph? graph = null;
        var operatorSets = new Dictionary<string, long>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var message = new ProtobufReader(file);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    formatVersion = message.Long();
                    break;
                case 2:
                    producer = message.Text();
                    break;
                case GraphField when graph is null:
                    graph = OnnxGraph.Read(file, message.Message());
                    break;
                case GraphField:
                    throw message.Broken($"expected one graph, found a second one.");
                case 8:
                    ReadOperatorSet(file, message.Message(), operatorSets);
                    break;
                case 14:
                    ReadMetadata(file, message.Message(), metadata);
                    break;
            }
        }

        return graph is null
            ? throw file.Broken(null, $"expected an ONNX file with a graph, found none. The file is cut off, or of another format.")
            : new OnnxModel(file.Path, formatVersion, producer, graph, operatorSets, metadata);
    }

    private static void ReadOperatorSet(SourceFile file, ProtobufReader message, Dictionary<string, long> operatorSets)
    {
        string domain = "";
        long version = 0;
        file.Keep(80, message.Start);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    domain = message.Text();
                    break;
                case 2:
                    version = message.Long();
                    break;
            }
        }

        domain = domain == "ai.onnx" ? "" : domain;
        if (!operatorSets.TryAdd(domain, version) && operatorSets[domain] != version)
        {
            throw file.Broken(message.Start, $"expected one version of the operators of domain '{domain}', found {operatorSets[domain]} and {version}.");
        }
    }

    private static void ReadMetadata(SourceFile file, ProtobufReader message, Dictionary<string, string> metadata)
    {
        string key = "";
        string value = "";
        file.Keep(80, message.Start);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    key = message.Text();
                    break;
                case 2:
                    value = message.Text();
                    break;
            }
        }

        if (!metadata.TryAdd(key, value))
        {
            throw file.Broken(message.Start, $"expected every key of the metadata once, found '{key}' again.");
        }
    }
}
