using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.TensorFlow;

/// <summary>
/// A frozen graph of TensorFlow 1 (<c>.pb</c>). Its tensors are the values of Const nodes, under the names of the nodes. Quantized ones are the whole
/// numbers that the file has: their range stands in constants of their own.
/// </summary>
internal sealed class TensorFlowGraphFormat : TensorFileFormat
{
    private const byte FirstNode = 0x0A;

    public override string Name => "frozen graph of TensorFlow";

    /// <summary>The first field is a node that begins with its name; or the file is a SavedModel, to be refused with advice.</summary>
    public override bool Recognizes(ReadOnlyMemory<byte> file) => IsGraph(file.Span) || IsSavedModel(file.Span);

    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var source = new SourceFile(path, file);
        if (IsSavedModel(file.Span))
        {
            throw source.Broken(
                0, $"expected a frozen graph, found a SavedModel, whose weights lie in other files. In Python, write them with safetensors.numpy.save_file, or convert the folder with tf2onnx.");
        }

        var tensors = new List<FileTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var message = new ProtobufReader(source);
        while (message.Next())
        {
            if (message.Field == 1 && ReadNode(source, message.Message()) is FileTensor tensor)
            {
                if (!names.Add(tensor.Name))
                {
                    throw message.Broken($"expected every node once, found this one again.", tensor.Name);
                }

                tensors.Add(tensor);
            }
        }

        return new TensorFile(Name, path, tensors);
    }

    private static bool IsGraph(ReadOnlySpan<byte> file)
    {
        const byte Name = 0x0A;
        int length = file is [FirstNode, ..] ? ProtobufNumbers.Varint(file[1..], out _) : 0;
        if (length == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> node = file[(1 + length)..];
        return node is [Name, > 0, ..] && node.Length > 2 && (char.IsAsciiLetterOrDigit((char)node[2]) || node[2] == (byte)'.')
            && !node[2..Math.Min(node.Length, 2 + (node[1] & 0x7F))].ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    private static bool IsSavedModel(ReadOnlySpan<byte> file)
    {
        const byte SchemaVersion = 0x08;
        const byte MetaGraph = 0x12;
        const byte MetaInfo = 0x0A;
        if (file is not [SchemaVersion, 1, MetaGraph, ..])
        {
            return false;
        }

        // In an ONNX file the name of a program follows here, which does not begin with a line feed.
        int length = ProtobufNumbers.Varint(file[3..], out _);
        return length > 0 && file.Length > 3 + length && file[3 + length] == MetaInfo;
    }

    private static FileTensor? ReadNode(SourceFile file, ProtobufReader message)
    {
        ProtobufReader again = message;
        string name = "";
        string operatorType = "";
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    name = message.Text();
                    break;
                case 2:
                    operatorType = message.Text();
                    break;
            }
        }

        if (operatorType is "Variable" or "VariableV2" or "VarHandleOp")
        {
            throw file.Broken(
                again.Start, $"expected a frozen graph, found the variable '{name}', whose value lies in another file. In Python, tf.compat.v1.graph_util.convert_variables_to_constants writes the values into the graph.");
        }

        return operatorType == "Const" ? ReadValue(file, again, name) : null;
    }

    private static FileTensor? ReadValue(SourceFile file, ProtobufReader node, string name)
    {
        const int Attribute = 5;
        const int Tensor = 8;
        while (node.Next())
        {
            if (node.Field != Attribute)
            {
                continue;
            }

            // An entry of a map: a key and a value.
            bool isValue = false;
            ProtobufReader entry = node.Message();
            while (entry.Next())
            {
                if (entry.Field == 1)
                {
                    isValue = entry.Bytes().Span.SequenceEqual("value"u8);
                }
                else if (entry.Field == 2 && isValue)
                {
                    ProtobufReader value = entry.Message();
                    while (value.Next())
                    {
                        if (value.Field == Tensor)
                        {
                            return TensorFlowTensor.Read(file, value.Message(), name);
                        }
                    }
                }
            }
        }

        throw file.Broken(node.Start, $"expected a value of this Const node, found none.", name);
    }
}
