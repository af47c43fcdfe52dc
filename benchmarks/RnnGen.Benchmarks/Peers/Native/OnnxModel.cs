using System.Runtime.InteropServices;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Benchmarks;

/// <summary>
/// Writes a model in the ONNX format. A sequence has the input x [T, 1, I] and the output y [T, 1, 1, H]; a step takes and gives the states
/// of each layer, h0 to h0next and so on, and with a dense layer the output y [1, O].
/// </summary>
internal static class OnnxModel
{
    public static byte[] Write(Shape shape, float[] weights, bool step)
    {
        var graph = new ProtobufWriter();
        graph.Text(2, "g");
        int steps = step ? 1 : shape.Steps;
        graph.Message(11, Value("x", steps, 1, shape.Input));
        string from = "x";
        int at = 0;
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            int input = layer == 0 ? shape.Input : shape.Hidden;
            at = AddWeights(graph, shape, weights, at, layer, input);
            var inputs = new List<string> { from, $"W{layer}", $"R{layer}", $"B{layer}" };
            string[] outputs = ["y"];
            if (step)
            {
                inputs.AddRange(["", $"h{layer}"]);
                outputs = ["", $"h{layer}next"];
                AddState(graph, $"h{layer}", shape.Hidden);
                if (shape.Cell == Cell.Lstm)
                {
                    inputs.Add($"c{layer}");
                    outputs = [.. outputs, $"c{layer}next"];
                    AddState(graph, $"c{layer}", shape.Hidden);
                }
            }
            else
            {
                graph.Message(12, Value("y", steps, 1, 1, shape.Hidden));
            }

            List<ProtobufWriter> attributes = [Attribute("hidden_size", shape.Hidden)];
            if (shape.Cell == Cell.Gru)
            {
                attributes.Add(Attribute("linear_before_reset", 1));
            }

            graph.Message(1, Node(shape.Cell.ToString().ToUpperInvariant(), inputs, outputs, attributes));
            from = $"h{layer}next";
        }

        if (shape.Output > 0)
        {
            AddHead(graph, shape, weights.AsSpan(at), from);
        }

        var version = new ProtobufWriter();
        version.Text(1, "");
        version.Varint(2, 14);
        var model = new ProtobufWriter();
        model.Varint(1, 8);
        model.Message(7, graph);
        model.Message(8, version);
        return model.ToArray();
    }

    private static int AddWeights(ProtobufWriter graph, Shape shape, float[] weights, int at, int layer, int input)
    {
        int hidden = shape.Hidden;

        // PyTorch's i, f, g, o to ONNX's i, o, f, c; r, z, n to z, r, h.
        int[] order = shape.Cell switch { Cell.Rnn => [0], Cell.Lstm => [0, 3, 1, 2], _ => [1, 0, 2] };
        ReadOnlySpan<float> Take(int columns)
        {
            var result = new float[order.Length * hidden * columns];
            for (int gate = 0; gate < order.Length; gate++)
            {
                weights.AsSpan(at + (order[gate] * hidden * columns), hidden * columns).CopyTo(result.AsSpan(gate * hidden * columns));
            }

            at += result.Length;
            return result;
        }

        graph.Message(5, Tensor($"W{layer}", Take(input), 1, order.Length * hidden, input));
        graph.Message(5, Tensor($"R{layer}", Take(hidden), 1, order.Length * hidden, hidden));
        graph.Message(5, Tensor($"B{layer}", [.. Take(1), .. Take(1)], 1, 2 * order.Length * hidden));
        return at;
    }

    private static void AddState(ProtobufWriter graph, string name, int hidden)
    {
        graph.Message(11, Value(name, 1, 1, hidden));
        graph.Message(12, Value(name + "next", 1, 1, hidden));
    }

    private static void AddHead(ProtobufWriter graph, Shape shape, ReadOnlySpan<float> weights, string from)
    {
        var axes = new ProtobufWriter();
        axes.Varint(1, 1);
        axes.Varint(2, 7);
        axes.Text(8, "axes");
        axes.Bytes(9, MemoryMarshal.AsBytes<long>(new long[] { 0 }));
        graph.Message(5, axes);
        graph.Message(5, Tensor("D", weights[..(shape.Output * shape.Hidden)], shape.Output, shape.Hidden));
        graph.Message(5, Tensor("d", weights.Slice(shape.Output * shape.Hidden, shape.Output), shape.Output));
        graph.Message(1, Node("Squeeze", [from, "axes"], ["flat"], []));
        graph.Message(1, Node("Gemm", ["flat", "D", "d"], ["y"], [Attribute("transB", 1)]));
        graph.Message(12, Value("y", 1, shape.Output));
    }

    private static ProtobufWriter Node(string operation, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<ProtobufWriter> attributes)
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

        node.Text(4, operation);
        foreach (ProtobufWriter attribute in attributes)
        {
            node.Message(5, attribute);
        }

        return node;
    }

    private static ProtobufWriter Attribute(string name, int value)
    {
        var attribute = new ProtobufWriter();
        attribute.Text(1, name);
        attribute.Varint(3, value);
        attribute.Varint(20, 2);
        return attribute;
    }

    private static ProtobufWriter Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> dimensions)
    {
        var tensor = new ProtobufWriter();
        foreach (int dimension in dimensions)
        {
            tensor.Varint(1, dimension);
        }

        tensor.Varint(2, 1);
        tensor.Text(8, name);
        tensor.Bytes(9, MemoryMarshal.AsBytes(values));
        return tensor;
    }

    private static ProtobufWriter Value(string name, params ReadOnlySpan<int> dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (int dimension in dimensions)
        {
            var one = new ProtobufWriter();
            one.Varint(1, dimension);
            shape.Message(1, one);
        }

        var tensor = new ProtobufWriter();
        tensor.Varint(1, 1);
        tensor.Message(2, shape);
        var type = new ProtobufWriter();
        type.Message(1, tensor);
        var value = new ProtobufWriter();
        value.Text(1, name);
        value.Message(2, type);
        return value;
    }
}
