namespace RnnGen.Formats.Onnx;

/// <summary>A kind of recurrent layer as an operator of ONNX.</summary>
/// <param name="Operator">RNN, GRU or LSTM.</param>
/// <param name="Layout">The layout of its tensors.</param>
/// <param name="Functions">Its functions, ONNX's f, g and h.</param>
/// <param name="Attributes">The attributes that only this operator has, with their values.</param>
internal sealed record OnnxCell(string Operator, WeightLayout Layout, OnnxFunction[] Functions, params (string Name, bool Value)[] Attributes)
{
    /// <summary>Whether it has a memory c beside h.</summary>
    public bool HasMemory => Operator == "LSTM";

    /// <summary>The operator of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <exception cref="NotSupportedException">ONNX has no operator with such options.</exception>
    public static OnnxCell Of(Layer layer, RecurrentAttribute declaration)
    {
        Refuse(declaration.Zoneout != 0, nameof(declaration.Zoneout), "no operator of ONNX mixes old and new states");
        switch (declaration)
        {
            case RnnAttribute rnn:
                return new OnnxCell("RNN", WeightLayout.Onnx, [OnnxFunction.Of(rnn.Activation, rnn.Alpha, rnn.Beta)]);
            case GruAttribute gru:
                return new OnnxCell(
                    "GRU",
                    WeightLayout.Onnx with { ResetAfter = gru.LinearBeforeReset },
                    [OnnxFunction.Of(gru.GateActivation, gru.GateAlpha, gru.GateBeta), OnnxFunction.Of(gru.CandidateActivation, gru.CandidateAlpha, gru.CandidateBeta)],
                    ("linear_before_reset", gru.LinearBeforeReset));
            case LstmAttribute lstm:
                Refuse(lstm.ProjectionSize != 0, nameof(lstm.ProjectionSize), "ONNX's LSTM has no projection");
                Refuse(lstm.LayerNorm, nameof(lstm.LayerNorm), "ONNX's LSTM has no normalization");
                Refuse(lstm.ZoneoutCell != 0, nameof(lstm.ZoneoutCell), "no operator of ONNX mixes old and new states");
                return new OnnxCell(
                    "LSTM",
                    lstm.InputForget ? WeightLayout.Onnx with { GateOrder = "i o - c", PeepholeOrder = "i o -" } : WeightLayout.Onnx,
                    [
                        OnnxFunction.Of(lstm.GateActivation, lstm.GateAlpha, lstm.GateBeta),
                        OnnxFunction.Of(lstm.CellActivation, lstm.CellAlpha, lstm.CellBeta),
                        OnnxFunction.Of(lstm.OutputActivation, lstm.OutputAlpha, lstm.OutputBeta),
                    ],
                    ("input_forget", lstm.InputForget));
            default:
                string kind = declaration.GetType().Name.Replace(nameof(Attribute), "", StringComparison.Ordinal);
                throw new NotSupportedException($"Layer '{layer.Name}': [{kind}] cannot be exported: ONNX has the recurrent operators RNN, GRU and LSTM.");
        }

        void Refuse(bool isSet, string option, string reason)
        {
            if (isSet)
            {
                throw new NotSupportedException($"Layer '{layer.Name}': {option} cannot be exported: {reason}.");
            }
        }
    }

    /// <summary>The attributes of a node.</summary>
    /// <param name="declaration">The declaration of the layer.</param>
    public OnnxAttributes AttributesOf(RecurrentAttribute declaration)
    {
        int directions = declaration.Direction == Direction.Bidirectional ? 2 : 1;
        OnnxFunction[] functions = [.. Enumerable.Repeat(Functions, directions).SelectMany(function => function)];
        var attributes = new OnnxAttributes()
            .Add("hidden_size", declaration.Size)
            .Add("direction", declaration.Direction switch
            {
                Direction.Reverse => "reverse",
                Direction.Bidirectional => "bidirectional",
                _ => "forward",
            })
            .Add("activations", [.. functions.Select(function => function.Kind.ToString())])

            // Each list has the numbers of those functions that take one.
            .Add("activation_alpha", [.. functions.Select(function => function.Alpha).OfType<float>()])
            .Add("activation_beta", [.. functions.Select(function => function.Beta).OfType<float>()]);
        if (declaration.Clip != 0)
        {
            attributes.Add("clip", (float)declaration.Clip);
        }

        foreach ((string name, bool value) in Attributes)
        {
            attributes.Add(name, value ? 1 : 0);
        }

        return attributes;
    }
}
