using System.Runtime.InteropServices;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Benchmarks;

/// <summary>
/// Writes a model in the ONNX format. A sequence has the input x [T, 1, I] and the output y [T, 1, 1, H]; a step takes and gives the states
/// of each layer, h0 to h0next and so on, and with a dense layer the output y [1, O]. Quantized LSTMs are ONNX Runtime's own operator, whose weights are bytes
/// with a scale for each unit of each gate.
/// </summary>
internal static class OnnxModel
{
    /// <summary>The domain of operators that are not ONNX's.</summary>
    private const string OwnDomain = "com.microsoft";

    private const int Floats = 1;
    private const int SignedBytes = 3;

    public static byte[] Write(Shape shape, float[] weights, bool step, bool quantized)
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
            at = AddWeights(graph, shape, weights, at, layer, input, quantized);
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

            string operation = shape.Cell.ToString().ToUpperInvariant();
            if (quantized)
            {
                // The places between: initial states, which windows do not have, and peepholes.
                inputs.AddRange(Enumerable.Repeat("", 8 - inputs.Count));
                inputs.AddRange([$"W{layer}scale", $"W{layer}zero", $"R{layer}scale", $"R{layer}zero"]);
                operation = "DynamicQuantizeLSTM";
            }

            graph.Message(1, Node(operation, inputs, outputs, attributes, quantized ? OwnDomain : ""));
            from = $"h{layer}next";
        }

        if (shape.Output > 0)
        {
            AddHead(graph, shape, weights.AsSpan(at), from);
        }

        var model = new ProtobufWriter();
        model.Varint(1, 8);
        model.Message(7, graph);
        model.Message(8, Operators("", 14));
        if (quantized)
        {
            model.Message(8, Operators(OwnDomain, 1));
        }

        return model.ToArray();
    }

    private static ProtobufWriter Operators(string domain, int number)
    {
        var version = new ProtobufWriter();
        version.Text(1, domain);
        version.Varint(2, number);
        return version;
    }

    private static int AddWeights(ProtobufWriter graph, Shape shape, float[] weights, int at, int layer, int input, bool quantized)
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

        void Add(string name, int columns)
        {
            if (quantized)
            {
                AddBytes(graph, name, Take(columns), order.Length * hidden, columns);
            }
            else
            {
                graph.Message(5, Tensor(name, Take(columns), 1, order.Length * hidden, columns));
            }
        }

        Add($"W{layer}", input);
        Add($"R{layer}", hidden);
        graph.Message(5, Tensor($"B{layer}", [.. Take(1), .. Take(1)], 1, 2 * order.Length * hidden));
        return at;
    }

    /// <summary>Weights [rows][columns] as bytes, transposed, with a scale for each row.</summary>
    private static void AddBytes(ProtobufWriter graph, string name, ReadOnlySpan<float> weights, int rows, int columns)
    {
        const float Largest = 127;
        var bytes = new sbyte[weights.Length];
        var scales = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> its = weights.Slice(row * columns, columns);
            foreach (float weight in its)
            {
                scales[row] = Math.Max(scales[row], Math.Abs(weight) / Largest);
            }

            for (int column = 0; column < columns; column++)
            {
                bytes[(column * rows) + row] = (sbyte)Math.Round(its[column] / scales[row]);
            }
        }

        graph.Message(5, Tensor<sbyte>(name, SignedBytes, bytes, 1, columns, rows));
        graph.Message(5, Tensor<float>(name + "scale", Floats, scales, 1, rows));
        graph.Message(5, Tensor<sbyte>(name + "zero", SignedBytes, new sbyte[rows], 1, rows));
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

    private static ProtobufWriter Node(string operation, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<ProtobufWriter> attributes, string domain = "")
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

        node.Text(7, domain);
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

    private static ProtobufWriter Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> dimensions) => Tensor(name, Floats, values, dimensions);

    private static ProtobufWriter Tensor<T>(string name, int type, ReadOnlySpan<T> values, params ReadOnlySpan<int> dimensions)
        where T : unmanaged
    {
        var tensor = new ProtobufWriter();
        foreach (int dimension in dimensions)
        {
            tensor.Varint(1, dimension);
        }

        tensor.Varint(2, type);
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
