namespace RnnGen.Formats.Onnx;

/// <summary>Writes a recurrent layer as nodes, one per level.</summary>
/// <param name="graph">The graph.</param>
/// <param name="layer">The layer.</param>
/// <param name="declaration">Its declaration.</param>
/// <param name="isStreaming">Whether its states are inputs and outputs.</param>
internal sealed class OnnxRecurrentWriter(OnnxGraphWriter graph, Layer layer, RecurrentAttribute declaration, bool isStreaming)
{
    private readonly OnnxCell _cell = OnnxCell.Of(layer, declaration);
    private readonly bool _isBidirectional = declaration.Direction == Direction.Bidirectional;

    private int Directions => _isBidirectional ? 2 : 1;

    private int Units => declaration.Size;

    /// <summary>Writes all levels.</summary>
    /// <param name="x">What the layer reads, [steps, batch, inputs].</param>
    /// <param name="expansion">Gives the shape [1, batch, 1], to which initial states are expanded.</param>
    /// <returns>Its output, [steps or 1, batch, outputs].</returns>
    /// <exception cref="NotSupportedException">ONNX has no operator with such options, or the layer needs whole windows.</exception>
    public string Write(string x, Func<string> expansion)
    {
        if (isStreaming && declaration.Direction != Direction.Forward)
        {
            throw new NotSupportedException(
                $"Layer '{layer.Name}': Direction = {declaration.Direction} cannot be exported with {nameof(OnnxExportOptions.Streaming)}: it needs whole windows.");
        }

        string y = x;
        for (int level = 0; level < declaration.Layers; level++)
        {
            y = WriteLevel(level, y, declaration.ReturnSequences || level < declaration.Layers - 1, expansion);
        }

        return declaration.Residual ? graph.Node("Add", layer.Name, [y, x]) : y;
    }

    private string WriteLevel(int level, string x, bool all, Func<string> expansion)
    {
        RecurrentWeights[] weights = _isBidirectional
            ? [layer.Export(_cell.Layout, level, Direction.Forward), layer.Export(_cell.Layout, level, Direction.Reverse)]
            : [layer.Export(_cell.Layout, level)];
        int inputs = weights[0].InputWeights[0].Shape[^1];
        string suffix = FormattableString.Invariant($"_l{level}");
        string[] operands =
        [
            x,
            Tensor("W", w => w.InputWeights, inputs),
            Tensor("R", w => w.StateWeights, Units),
            Tensor("B", w => w.InputBias),
            "",
            Initial("h", w => w.InitialH),
            _cell.HasMemory ? Initial("c", w => w.InitialC) : "",
            Tensor("P", w => w.Peepholes),
        ];
        string[] results = _cell.HasMemory ? ["", ".h", ".c"] : ["", ".h"];
        string[] y = graph.Node(_cell.Operator, layer.Name, operands[..(1 + Array.FindLastIndex(operands, operand => operand.Length > 0))], _cell.AttributesOf(declaration), results);
        if (isStreaming)
        {
            for (int k = 1; k < y.Length; k++)
            {
                graph.Output($"{StateName(k == 1 ? "h" : "c")}_next", y[k], ["1", "batch", Text(Units)]);
            }
        }

        return all ? Sequence(y[0]) : Last(y[1]);

        // All directions in one tensor, [directions, rows] or [directions, rows, columns].
        string Tensor(string name, Func<RecurrentWeights, IReadOnlyList<WeightTensor>> part, int? columns = null)
        {
            float[] values = [.. weights.SelectMany(part).SelectMany(tensor => tensor.Values.ToArray())];
            long rows = values.Length / Directions / (columns ?? 1);
            return values.Length == 0 ? "" : graph.Floats($"{layer.Name}.{name}{suffix}", columns is int size ? [Directions, rows, size] : [Directions, rows], values);
        }

        string Initial(string state, Func<RecurrentWeights, WeightTensor?> part)
        {
            if (isStreaming)
            {
                graph.Input(StateName(state), isTokens: false, "1", "batch", Text(Units));
                return StateName(state);
            }

            float[] values = [.. weights.SelectMany(w => part(w)?.Values.ToArray() ?? [])];
            return values.Length == 0 ? "" : graph.Node(
                "Expand", layer.Name, [graph.Floats($"{layer.Name}.initial_{state}{suffix}", [Directions, 1, Units], values), expansion()]);
        }

        string StateName(string state) => $"{layer.Name}.{state}{(level == 0 ? "" : suffix)}";
    }

    /// <summary>From [steps, directions, batch, units] to [steps, batch, outputs].</summary>
    private string Sequence(string y)
    {
        string axis = graph.Longs(1);
        return _isBidirectional
            ? Merge([.. Split(y, axis: 1).Select(part => graph.Node("Squeeze", layer.Name, [part, axis]))])
            : graph.Node("Squeeze", layer.Name, [y, axis]);
    }

    /// <summary>From [directions, batch, units] to [1, batch, outputs].</summary>
    private string Last(string h) => _isBidirectional ? Merge(Split(h, axis: 0)) : h;

    private string[] Split(string value, int axis) => graph.Node(
        "Split", layer.Name, [value, graph.Longs(1, 1)], new OnnxAttributes().Add("axis", axis), [".forward", ".reverse"]);

    private string Merge(string[] parts) => declaration.Merge switch
    {
        RnnGen.Merge.Sum => graph.Node("Add", layer.Name, parts),
        RnnGen.Merge.Average => graph.Node("Mean", layer.Name, parts),
        RnnGen.Merge.Multiply => graph.Node("Mul", layer.Name, parts),
        _ => graph.Node("Concat", layer.Name, parts, new OnnxAttributes().Add("axis", -1)),
    };

    private static string Text(int size) => size.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
