using System.Text;
using System.Text.Unicode;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Onnx;

/// <summary>An attribute of a node. Only the property of its <see cref="Type"/> has a meaning.</summary>
internal sealed class OnnxAttribute
{
    private OnnxAttribute(string name, int offset)
    {
        Name = name;
        Offset = offset;
    }

    /// <summary>The name.</summary>
    public string Name { get; private set; }

    /// <summary>What it holds.</summary>
    public OnnxAttributeType Type { get; private set; }

    /// <summary>Where it is in the file, for messages.</summary>
    public long Offset { get; }

    /// <summary>The float.</summary>
    public float Float { get; private set; }

    /// <summary>The whole number.</summary>
    public long Int { get; private set; }

    /// <summary>The text; empty if it is none in UTF-8.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The floats.</summary>
    public IReadOnlyList<float> Floats { get; private set; } = [];

    /// <summary>The whole numbers.</summary>
    public IReadOnlyList<long> Ints { get; private set; } = [];

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; private set; } = [];

    /// <summary>The tensor, or the tensors.</summary>
    public IReadOnlyList<OnnxTensor> Tensors { get; private set; } = [];

    /// <summary>The graph, or the graphs.</summary>
    public IReadOnlyList<OnnxGraph> Graphs { get; private set; } = [];

    /// <summary>Reads an <c>AttributeProto</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="message">The message.</param>
    /// <param name="owner">The node, as messages call it.</param>
    public static OnnxAttribute Read(SourceFile file, ProtobufReader message, string owner)
    {
        var attribute = new OnnxAttribute("", message.Start);
        var floats = new List<float>();
        var ints = new List<long>();
        var texts = new List<string>();
        var tensors = new List<OnnxTensor>();
        var graphs = new List<OnnxGraph>();
        OnnxAttributeType? declared = null;
        file.Keep(200, message.Start);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    attribute.Name = message.Text();
                    break;
                case 2:
                    attribute.Float = message.Float();
                    attribute.Type = OnnxAttributeType.Float;
                    break;
                case 3:
                    attribute.Int = message.Long();
                    attribute.Type = OnnxAttributeType.Int;
                    break;
                case 4:
                    attribute.Text = TextOrNothing(file, ref message);
                    attribute.Type = OnnxAttributeType.String;
                    break;
                case 5:
                    tensors.Add(OnnxTensor.Read(file, message.Message(), owner));
                    attribute.Type = OnnxAttributeType.Tensor;
                    break;
                case 6:
                    graphs.Add(OnnxGraph.Read(file, message.Message()));
                    attribute.Type = OnnxAttributeType.Graph;
                    break;
                case 7:
                    ProtobufNumbers bits = message.Numbers(WireType.Fixed32);
                    file.Keep(12L * bits.Count, message.Offset);
                    for (int left = bits.Count; left > 0; left--)
                    {
                        floats.Add(BitConverter.UInt32BitsToSingle((uint)bits.Next()));
                    }

                    attribute.Type = OnnxAttributeType.Floats;
                    break;
                case 8:
                    ProtobufNumbers numbers = message.Numbers(WireType.Varint);
                    file.Keep(24L * numbers.Count, message.Offset);
                    for (int left = numbers.Count; left > 0; left--)
                    {
                        ints.Add((long)numbers.Next());
                    }

                    attribute.Type = OnnxAttributeType.Ints;
                    break;
                case 9:
                    texts.Add(TextOrNothing(file, ref message));
                    attribute.Type = OnnxAttributeType.Strings;
                    break;
                case 10:
                    tensors.Add(OnnxTensor.Read(file, message.Message(), owner));
                    attribute.Type = OnnxAttributeType.Tensors;
                    break;
                case 11:
                    graphs.Add(OnnxGraph.Read(file, message.Message()));
                    attribute.Type = OnnxAttributeType.Graphs;
                    break;
                case 20:
                    int type = message.Int();
                    declared = type is >= 1 and <= 10 ? (OnnxAttributeType)type : OnnxAttributeType.Other;
                    break;
            }
        }

        // An empty list has no field of its own, and the first versions of ONNX had no declared type.
        attribute.Type = declared ?? attribute.Type;
        attribute.Floats = [.. floats];
        attribute.Ints = [.. ints];
        attribute.Texts = [.. texts];
        attribute.Tensors = [.. tensors];
        attribute.Graphs = [.. graphs];
        bool isThere = attribute.Type switch
        {
            OnnxAttributeType.Tensor => tensors.Count == 1,
            OnnxAttributeType.Graph => graphs.Count == 1,
            _ => true,
        };
        return isThere
            ? attribute
            : throw file.Broken(attribute.Offset, $"expected one {attribute.Type.ToString()} as attribute '{attribute.Name}' of {owner}, found {tensors.Count + graphs.Count}.");
    }

    /// <summary>Attributes may hold any bytes; those that are no text have nothing to say to a reader of networks.</summary>
    private static string TextOrNothing(SourceFile file, ref ProtobufReader message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes().Span;
        if (!Utf8.IsValid(bytes))
        {
            return "";
        }

        file.Keep(40 + (2L * bytes.Length), message.Offset);
        return Encoding.UTF8.GetString(bytes);
    }
}
