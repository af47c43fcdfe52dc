using RnnGen.Formats;
using RnnGen.Tool.Import;

namespace RnnGen.Tool.Keras;

/// <summary>Keras' recurrent layers. Their gates are z r h and i f c o as blocks of columns; ours are PyTorch's r z n and i f g o as blocks of rows.</summary>
internal static class KerasRecurrent
{
    /// <summary>A layer of one direction.</summary>
    public static Value[] Layer(KerasCall call, Value[] inputs)
    {
        bool isReverse = call.Layer.GoBackwards is true;
        RecurrentSignal signal = SignalOf(call, inputs, isReverse, call);

        // Keras does not turn the outputs of a layer that goes backwards round again.
        SignalValue output = OutputOf(call, signal, call.Layer.ReturnSequences is true, isTurned: isReverse);
        return call.Layer.ReturnState is true
            ? [output, State(call, signal, 'h'), .. signal.Cell.Kind == CellKind.Lstm ? (Value[])[State(call, signal, 'c')] : []]
            : [output];
    }

    /// <summary>Two layers, whose outputs are merged.</summary>
    public static Value[] Bidirectional(KerasCall call, Value[] inputs)
    {
        if (call.Layer.Wrapped is not [var forward, var backward])
        {
            throw call.Refuse($"expected two layers, found {call.Layer.Wrapped.Count}.");
        }

        if (forward.ReturnState is true || forward.GoBackwards is true || backward.GoBackwards is not true || forward.ReturnSequences != backward.ReturnSequences)
        {
            throw call.Refuse($"expected a forward and a backward layer that return the same, and no states, found others.");
        }

        bool isSequence = forward.ReturnSequences is true;
        SignalValue[] outputs =
        [
            OutputOf(call, SignalOf(call.Inner(forward), inputs, isReverse: false, call), isSequence, isTurned: false),
            OutputOf(call, SignalOf(call.Inner(backward), inputs, isReverse: true, call), isSequence, isTurned: false),
        ];
        string mode = call.Layer.MergeMode ?? "none";
        return mode switch
        {
            "concat" => [KerasLayerTable.JoinFeatures(call, outputs)],
            "sum" => [KerasLayerTable.Sum(call, outputs[0], outputs[1])],
            "ave" => [Half(call, KerasLayerTable.Sum(call, outputs[0], outputs[1]))],
            _ => throw call.Refuse($"expected merge_mode concat, sum or ave, found {mode}."),
        };
    }

    private static SignalValue Half(KerasCall call, SignalValue sum)
    {
        var rows = RowsOf.Read(call, sum);
        double[] halves = [.. rows.Wires.Select(_ => 0.5)];
        return rows.Result(Scaling.Scale(call, rows.Wires, rows.PositionCount, halves, new double[halves.Length]), sum.Shape);
    }

    private static RecurrentSignal SignalOf(KerasCall call, Value[] inputs, bool isReverse, object node)
    {
        KerasLayer layer = call.Layer;
        if (inputs is not [{ Shape: [_, _, _] } x])
        {
            throw call.Refuse($"expected one input of rows, steps and features, found {inputs.Length}: {string.Join(" and ", inputs.Take(8).Select(input => Shapes.Show(input.Shape)))}.");
        }

        if (layer.Settings.Flag("time_major") is true)
        {
            throw call.Refuse($"expected rows before steps, found time_major.");
        }

        RowsOf read = RecurrentValues.Read(call, call.Transpose(x, [1, 0, 2]));
        (CellKind kind, int[] gates) = layer.ClassName switch
        {
            "SimpleRNN" => (CellKind.Rnn, new[] { 0 }),
            "GRU" or "CuDNNGRU" => (CellKind.Gru, [1, 0, 2]),
            "LSTM" or "CuDNNLSTM" => (CellKind.Lstm, [0, 1, 2, 3]),
            var other => throw call.Refuse($"expected SimpleRNN, GRU or LSTM, found {other}."),
        };
        bool isCuDnn = layer.ClassName!.StartsWith("CuDNN", StringComparison.Ordinal);
        bool isAfter = isCuDnn || layer.ResetAfter is true;
        ConstantValue kernel = call.Weight(0, read.Wires.Length, -1);
        (int units, int rest) = Math.DivRem(kernel.Shape[1], gates.Length);
        if (rest != 0 || units == 0)
        {
            throw call.Refuse($"expected {gates.Length} gates, found a kernel with {kernel.Shape[1]} columns.");
        }

        double[] recurrent = call.Transposed(call.Weight(1, units, gates.Length * units));
        (double[]? inputBias, double[]? stateBias) = BiasesOf(call, kind, gates.Length * units, isAfter, isCuDnn);
        Function inner = call.FunctionOf(layer.RecurrentActivation, Activation.Sigmoid) ?? new Function(Activation.Affine);
        Function outer = call.FunctionOf(isCuDnn ? null : layer.Activation, Activation.Tanh) ?? new Function(Activation.Affine);
        var cell = new CellWeights
        {
            Kind = kind,
            Units = units,
            InputWeights = CellWeights.Blocks(call.Transposed(kernel), 0, gates, units * read.Wires.Length),
            StateWeights = CellWeights.Blocks(recurrent, 0, gates, units * units),
            InputBias = inputBias is null ? null : CellWeights.Blocks(inputBias, 0, gates, units),
            StateBias = stateBias is null ? null : CellWeights.Blocks(stateBias, 0, gates, units),
            LinearBeforeReset = kind != CellKind.Gru || isAfter,
            Functions = kind switch { CellKind.Rnn => [outer], CellKind.Gru => [inner, outer], _ => [inner, outer, outer] },
        };
        return new RecurrentSignal(call.Place, node, cell, read.Wires, read.PositionCount, isReverse);
    }

    private static (double[]? Input, double[]? State) BiasesOf(KerasCall call, CellKind kind, int size, bool isAfter, bool isCuDnn)
    {
        if (call.Layer.UseBias is false)
        {
            return (null, null);
        }

        if (!isCuDnn && !(kind == CellKind.Gru && isAfter))
        {
            return (call.Weight(2, size).Numbers, new double[size]);
        }

        double[] both = (isCuDnn ? call.Weight(2, 2 * size) : call.Weight(2, 2, size)).Numbers;
        return (both[..size], both[size..]);
    }

    /// <summary>The outputs as [rows, steps, units], or those of the last step that the layer computes as [rows, units].</summary>
    private static SignalValue OutputOf(KerasCall call, RecurrentSignal signal, bool isSequence, bool isTurned)
    {
        if (!isSequence)
        {
            return State(call, signal, 'h');
        }

        (int steps, int rows, int units) = (call.Context.Grid!.Steps, call.Context.Grid.Rows, signal.Width);
        SignalValue y = RecurrentValues.Output(call, [signal]);
        return (SignalValue)call.Pick(
            y, [rows, steps, units], [units, isTurned ? -rows * units : rows * units, 1], isTurned ? (steps - 1) * rows * units : 0);
    }

    private static SignalValue State(KerasCall call, RecurrentSignal signal, char state) =>
        (SignalValue)RecurrentValues.Final(call, [signal], state).Reshape([call.Context.Grid!.Rows, signal.Width]);
}
