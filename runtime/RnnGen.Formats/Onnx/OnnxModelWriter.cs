using System.Globalization;

namespace RnnGen.Formats.Onnx;

/// <summary>Writes a model as an ONNX graph: each layer as the nodes that compute it. All values between layers are [steps, batch, features].</summary>
internal sealed class OnnxModelWriter
{
    private readonly OnnxGraphWriter _graph = new();
    private readonly IRnnModel _model;
    private readonly bool _isStreaming;
    private readonly bool _readsTokens;
    private readonly string _input;
    private string? _expansion;
    private string? _oneHot;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isStreaming">Whether states are inputs and outputs.</param>
    public OnnxModelWriter(IRnnModel model, bool isStreaming)
    {
        _model = model;
        _isStreaming = isStreaming;
        _readsTokens = model is IRnnModel<int>;

        // Outputs have the names of their layers, which may be called so.
        _input = model.Layers.Any(layer => layer.Name == "input") ? Layer.Input : "input";
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="NotSupportedException">ONNX cannot express a layer, or the file would be too large.</exception>
    public ReadOnlyMemory<byte> Write()
    {
        // A protocol buffer has at most 2 GB.
        const int LargestFile = int.MaxValue - (1 << 20);
        if (_model.ParameterCount > LargestFile / sizeof(float))
        {
            throw new NotSupportedException($"The model cannot be exported: an ONNX file has at most 2 GB, and it has {_model.ParameterCount} parameters.");
        }

        _graph.Input(_input, _readsTokens, _readsTokens ? ["steps", "batch"] : ["steps", "batch", Text(_model.InputSize)]);
        Layer[] heads = [.. _model.Layers.Where(layer => layer.Declaration is HeadAttribute)];
        var values = new Dictionary<string, Value>(StringComparer.Ordinal) { [Layer.Input] = new(_input, "steps") };
        Value last = values[Layer.Input];
        foreach (Layer layer in _model.Layers)
        {
            Value value = WriteLayer(layer, Source(layer, last, values));
            values.Add(layer.Name, value);
            if (layer.Declaration is not HeadAttribute)
            {
                last = value;
            }
            else
            {
                WriteOutput(layer, value, layer.Declaration.Size);
            }
        }

        if (heads.Length == 0)
        {
            WriteOutput(_model.Layers[^1], last, _model.OutputSize);
        }

        return _graph.ToFile(_model.GetType().Name, _model.Metadata.Where(text => !text.Key.StartsWith("rnngen.", StringComparison.Ordinal)).OrderBy(text => text.Key, StringComparer.Ordinal));
    }

    private void WriteOutput(Layer layer, Value value, int size) => _graph.Output(layer.Name, value.Name, value.Steps, "batch", Text(size));

    private Value Source(Layer layer, Value last, Dictionary<string, Value> values)
    {
        Value[] sources = [.. layer.Declaration.From.Select(name => values[name])];
        return sources switch
        {
            [] => last,
            [Value only] => only,
            _ => sources[0] with { Name = _graph.Node("Concat", layer.Name, [.. sources.Select(source => source.Name)], Axis()) },
        };
    }

    private Value WriteLayer(Layer layer, Value x)
    {
        switch (layer.Declaration)
        {
            case RecurrentAttribute recurrent:
                string y = new OnnxRecurrentWriter(_graph, layer, recurrent, _isStreaming).Write(Numbers(x), Expansion);
                return new Value(y, recurrent.ReturnSequences ? x.Steps : "1");
            case EmbeddingAttribute:
                return x with { Name = _graph.Node("Gather", layer.Name, [_graph.Parameter(layer["weight"]), x.Name]) };
            case DropoutAttribute:
                return x;
            case ActivationAttribute activation:
                return x with { Name = OnnxFunction.Of(activation.Activation, activation.Alpha, activation.Beta).Write(_graph, layer.Name, x.Name) };
            case LayerNormAttribute norm:
                string[] operands = norm.Bias ? [x.Name, _graph.Parameter(layer["weight"]), _graph.Parameter(layer["bias"])] : [x.Name, _graph.Parameter(layer["weight"])];
                return x with { Name = _graph.Node("LayerNormalization", layer.Name, operands, Axis().Add("epsilon", (float)norm.Epsilon)) };
            case NormalizationAttribute:
                return x with { Name = WriteNormalization(layer, x.Name) };
            case DenseAttribute dense:
                string sum = WriteDense(layer, layer["weight"], dense.Bias, Numbers(x));
                return x with { Name = dense.Residual ? _graph.Node("Add", layer.Name, [sum, x.Name]) : sum };
            case HeadAttribute head and not (MixtureAttribute or QuantileAttribute):
                return x with { Name = WriteHead(layer, head, Numbers(x)) };
            default:
                throw new NotSupportedException($"Layer '{layer.Name}' cannot be exported: {layer.Attribute} has no equations here.");
        }
    }

    private string WriteHead(Layer layer, HeadAttribute head, string x)
    {
        Layer owner = head is SoftmaxAttribute { Tied: string tied } ? _model.Layers.Single(other => other.Name == tied) : layer;
        string sum = WriteDense(layer, owner["weight"], head.Bias, x);
        return head switch
        {
            SoftmaxAttribute or CtcAttribute => _graph.Node("Softmax", layer.Name, [sum], Axis()),
            SigmoidAttribute => _graph.Node("Sigmoid", layer.Name, [sum]),
            _ => sum,
        };
    }

    private string WriteDense(Layer layer, Parameter weight, bool hasBias, string x)
    {
        // The tensor is that of the checkpoint, [units, inputs], which a tied head shares with its embedding.
        string transposed = _graph.Node("Transpose", layer.Name, [_graph.Parameter(weight)]);
        string product = _graph.Node("MatMul", layer.Name, [x, transposed]);
        return hasBias ? _graph.Node("Add", layer.Name, [product, _graph.Parameter(layer["bias"])]) : product;
    }

    private string WriteNormalization(Layer layer, string x)
    {
        string deviation = _graph.Node("Sqrt", layer.Name, [_graph.Parameter(layer["variance"])]);
        string bounded = _graph.Node("Max", layer.Name, [deviation, _graph.Floats($"{layer.Name}.smallest", [], [1e-7f])]);
        string centered = _graph.Node("Sub", layer.Name, [x, _graph.Parameter(layer["mean"])]);
        return _graph.Node("Div", layer.Name, [centered, bounded]);
    }

    /// <summary>A value as numbers: tokens become one-hot vectors.</summary>
    private string Numbers(Value value) => _readsTokens && value.Name == _input
        ? _oneHot ??= _graph.Node("OneHot", _input, [_input, _graph.Longs(_model.InputSize), _graph.Floats("<off, on>", [2], [0, 1])])
        : value.Name;

    /// <summary>The shape [1, batch, 1].</summary>
    private string Expansion()
    {
        if (_expansion is null)
        {
            string batch = _graph.Node("Shape", _input, [_input], new OnnxAttributes().Add("start", 1).Add("end", 2));
            _expansion = _graph.Node("Concat", _input, [_graph.Longs(1), batch, _graph.Longs(1)], new OnnxAttributes().Add("axis", 0));
        }

        return _expansion;
    }

    private static OnnxAttributes Axis() => new OnnxAttributes().Add("axis", -1);

    private static string Text(int size) => size.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value of the graph.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Steps">Its number of steps: <c>steps</c>, or 1 after a layer that returns only its last one.</param>
    private readonly record struct Value(string Name, string Steps);
}
