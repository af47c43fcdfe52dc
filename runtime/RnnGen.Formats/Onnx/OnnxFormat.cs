namespace RnnGen.Formats.Onnx;

/// <summary>
/// ONNX (<c>.onnx</c>). Its tensors are the initializers, under their names, and the values of Constant nodes, under the names of their outputs;
/// those of graphs inside of nodes follow the node. A name that occurs in two graphs gets a number: <c>w</c>, <c>w#2</c>.
/// </summary>
internal sealed class OnnxFormat : TensorFileFormat
{
    public override string Name => "ONNX file";

    /// <summary>The first field is the version of the format, and the second one is one that ONNX has.</summary>
    public override bool Recognizes(ReadOnlyMemory<byte> file)
    {
        const byte FormatVersion = 0x08;
        const byte Producer = 0x12;
        const byte ProducerVersion = 0x1A;
        const byte Domain = 0x22;
        const byte ModelVersion = 0x28;
        const byte Doc = 0x32;
        const byte Graph = 0x3A;
        const byte OperatorSet = 0x42;
        return file.Span is [FormatVersion, >= 1 and <= 50, Producer or ProducerVersion or Domain or ModelVersion or Doc or Graph or OperatorSet, ..];
    }

    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var source = new SourceFile(path, file);
        OnnxModel model = OnnxModel.Read(source);
        var tensors = new List<FileTensor>();
        Add(source, model.Graph, tensors, new UniqueNames());
        return new TensorFile(Name, path, tensors, model.Metadata);
    }

    private static void Add(SourceFile file, OnnxGraph graph, List<FileTensor> tensors, UniqueNames names)
    {
        foreach (OnnxTensor tensor in graph.Initializers)
        {
            Add(file, tensor.Name, tensor, tensors, names);
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            if (node.ConstantValue is OnnxTensor constant && node.Outputs.Count > 0)
            {
                Add(file, node.Outputs[0], constant, tensors, names);
            }

            foreach (OnnxGraph inner in node.Attributes.SelectMany(attribute => attribute.Graphs))
            {
                Add(file, inner, tensors, names);
            }
        }
    }

    private static void Add(SourceFile file, string name, OnnxTensor tensor, List<FileTensor> tensors, UniqueNames names)
    {
        // Texts are labels or keys, never weights.
        if (tensor.ElementType != OnnxElementType.Text)
        {
            file.KeepTensor(name, tensor.Shape.Count, tensor.Offset);
            tensors.Add(new FileTensor(names.Add(name), tensor.ElementType, tensor.Shape, tensor.ToFloats(name)));
        }
    }
}
