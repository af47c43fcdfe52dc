using System.Text.Json;
using RnnGen.Formats;
using RnnGen.Tool.Import;

namespace RnnGen.Tool.Keras;

/// <summary>Computes the outputs of a layer.</summary>
/// <param name="call">The layer.</param>
/// <param name="inputs">What it reads.</param>
internal delegate Value[] KerasOperator(KerasCall call, Value[] inputs);

/// <summary>Keras' layers that a class can express, one row each.</summary>
internal static class KerasLayerTable
{
    private static readonly Dictionary<string, KerasOperator> All = new(StringComparer.Ordinal)
    {
        ["Embedding"] = Embedding,
        ["Dense"] = Dense,
        ["TimeDistributed"] = TimeDistributed,
        ["SimpleRNN"] = KerasRecurrent.Layer,
        ["GRU"] = KerasRecurrent.Layer,
        ["LSTM"] = KerasRecurrent.Layer,
        ["CuDNNGRU"] = KerasRecurrent.Layer,
        ["CuDNNLSTM"] = KerasRecurrent.Layer,
        ["Bidirectional"] = KerasRecurrent.Bidirectional,
        ["Activation"] = (call, inputs) => [Apply(call, inputs[0], call.Layer.Activation)],
        ["ReLU"] = (call, inputs) => [Rectify(call, inputs[0])],
        ["LeakyReLU"] = (call, inputs) => [Apply(call, inputs[0], new Function(RnnGen.Activation.LeakyRelu, call.Layer.Settings.Number("negative_slope") ?? call.Layer.Settings.Number("alpha") ?? 0.3))],
        ["ELU"] = (call, inputs) => [Apply(call, inputs[0], new Function(RnnGen.Activation.Elu, call.Layer.Settings.Number("alpha") ?? 1))],
        ["Softmax"] = (call, inputs) => [Softmax(call, inputs[0])],
        ["BatchNormalization"] = BatchNormalization,
        ["LayerNormalization"] = LayerNormalization,
        ["Concatenate"] = Concatenate,
        ["Add"] = Add,

        // Without effect outside of training.
        ["Dropout"] = Identity,
        ["SpatialDropout1D"] = Identity,
        ["GaussianNoise"] = Identity,
        ["GaussianDropout"] = Identity,
        ["AlphaDropout"] = Identity,
        ["ActivityRegularization"] = Identity,
    };

    /// <summary>The names, for messages.</summary>
    public static string Names => $"Embedding, LSTM, GRU, SimpleRNN, Bidirectional, Dense, and {All.Count - 6} others";

    /// <summary>Finds the operator of a class of layers; null if no class can express it.</summary>
    public static KerasOperator? Find(string? className) => className is null ? null : All.GetValueOrDefault(className);

    /// <summary>A function by Keras' name.</summary>
    public static Value Apply(KerasCall call, Value value, string? name)
    {
        if (name != "softmax")
        {
            return call.FunctionOf(name) is { } function ? Apply(call, value, function) : value;
        }

        return Softmax(call, value);
    }

    private static SignalValue Softmax(KerasCall call, Value value)
    {
        RowsOf rows = ReadLastAxis(call, value);
        call.Take(value.Shape);
        return rows.Result(new SoftmaxSignal(call.Place, rows.Wires, rows.PositionCount), value.Shape);
    }

    private static SignalValue Apply(KerasCall call, Value value, Function function)
    {
        var columns = Columns.Of(call, value);
        return columns.Result(new FunctionSignal(call.Place, function, columns.Wires[0]!, columns.Positions));
    }

    private static Value Rectify(KerasCall call, Value value)
    {
        KerasSettings settings = call.Layer.Settings;
        if (settings.Number("max_value") is not null || settings.Number("threshold") is not (null or 0))
        {
            throw call.Refuse($"expected a ReLU without limit and threshold, found one with them.");
        }

        double slope = settings.Number("negative_slope") ?? 0;
        return Apply(call, value, slope == 0 ? new Function(RnnGen.Activation.Relu) : new Function(RnnGen.Activation.LeakyRelu, slope));
    }

    private static Value[] Identity(KerasCall call, Value[] inputs) => inputs;

    private static Value[] Embedding(KerasCall call, Value[] inputs)
    {
        if (call.Layer.Settings.Flag("mask_zero") is true)
        {
            throw call.Refuse($"expected an embedding without a mask, found mask_zero. No layer of a class skips steps.");
        }

        ConstantValue table = call.Weight(0, -1, -1);
        (int vectors, int size) = (table.Shape[0], table.Shape[1]);
        var rows = RowsOf.Read(call, inputs[0], rowLength: 1);
        if (rows.Wires[0].Signal is not InputSignal { IsInteger: true, Width: 1 })
        {
            throw call.Refuse($"expected tokens as inputs of the model, found {rows.Wires[0].Signal.Origin}.");
        }

        int[] shape = [.. inputs[0].Shape, size];
        call.Take(shape);
        return [rows.Result(new EmbeddingSignal(call.Place, rows.Wires[0], rows.PositionCount, vectors, size, table.Numbers), shape)];
    }

    private static Value[] Dense(KerasCall call, Value[] inputs)
    {
        var rows = RowsOf.Read(call, inputs[0]);
        ConstantValue kernel = call.Weight(0, rows.Wires.Length, -1);
        int units = kernel.Shape[1];
        double[] bias = call.Layer.UseBias is false ? new double[units] : call.Weight(1, units).Numbers;
        int[] shape = [.. inputs[0].Shape[..^1], units];
        call.Take(shape);
        return [Apply(call, rows.Result(new AffineSignal(call.Place, rows.Wires, rows.PositionCount, call.Transposed(kernel), bias), shape), call.Layer.Activation)];
    }

    private static Value[] TimeDistributed(KerasCall call, Value[] inputs) => call.Layer.Wrapped is [{ ClassName: "Dense" or "Activation" or "LeakyReLU" or "ReLU" or "ELU" or "Dropout" } inner]
        ? Find(inner.ClassName)!(call.Inner(inner), inputs)
        : throw call.Refuse($"expected a dense layer or an activation at every step, found {call.Layer.Wrapped.FirstOrDefault()?.ClassName}.");

    /// <summary>With means and variances of the training, a factor and a term per feature.</summary>
    private static Value[] BatchNormalization(KerasCall call, Value[] inputs)
    {
        var rows = ReadLastAxis(call, inputs[0]);
        int size = rows.Wires.Length;
        int k = 0;
        double[] gamma = call.Layer.Settings.Flag("scale") is false ? Filled(size, 1) : call.Weight(k++, size).Numbers;
        double[] beta = call.Layer.Settings.Flag("center") is false ? new double[size] : call.Weight(k++, size).Numbers;
        double[] mean = call.Weight(k++, size).Numbers;
        double[] variance = call.Weight(k, size).Numbers;
        double epsilon = call.Layer.Epsilon ?? 1e-3;
        double[] factors = [.. gamma.Select((g, i) => g / Math.Sqrt(variance[i] + epsilon))];
        call.Take(inputs[0].Shape);
        return [rows.Result(Scaling.Scale(call, rows.Wires, rows.PositionCount, factors, [.. beta.Select((b, i) => b - (mean[i] * factors[i]))]), inputs[0].Shape)];
    }

    private static Value[] LayerNormalization(KerasCall call, Value[] inputs)
    {
        var rows = ReadLastAxis(call, inputs[0]);
        int size = rows.Wires.Length;
        int k = 0;
        double[] gains = call.Layer.Settings.Flag("scale") is false ? Filled(size, 1) : call.Weight(k++, size).Numbers;
        double[] shifts = call.Layer.Settings.Flag("center") is false ? new double[size] : call.Weight(k, size).Numbers;
        call.Take(inputs[0].Shape);
        return [rows.Result(new NormalizedSignal(call.Place, rows.Wires, rows.PositionCount, call.Layer.Epsilon ?? 1e-3, gains, shifts), inputs[0].Shape)];
    }

    private static RowsOf ReadLastAxis(KerasCall call, Value value)
    {
        int axis = call.Layer.Settings.Integer("axis")
            ?? (call.Layer.Settings.List("axis").ToArray() is [{ ValueKind: JsonValueKind.Number } one] && one.TryGetInt32(out int number) ? number : -1);
        return axis == -1 || axis == value.Shape.Length - 1
            ? RowsOf.Read(call, value)
            : throw call.Refuse($"expected a layer over the last axis, found one over axis {axis}.");
    }

    private static Value[] Concatenate(KerasCall call, Value[] inputs)
    {
        int axis = call.Layer.Settings.Integer("axis") ?? -1;
        int rank = inputs[0].Shape.Length;
        if ((axis != -1 && axis != rank - 1) || inputs.Any(input => input.Shape.Length != rank || !input.Shape.AsSpan()[..^1].SequenceEqual(inputs[0].Shape.AsSpan()[..^1])))
        {
            throw call.Refuse($"expected inputs that differ in their features, joined over the last axis, found axis {axis} and {string.Join(" and ", inputs.Take(8).Select(input => Shapes.Show(input.Shape)))}.");
        }

        return [JoinFeatures(call, [.. inputs.Cast<SignalValue>()])];
    }

    /// <summary>Values of the same rows and steps, with their features one after the other.</summary>
    public static SignalValue JoinFeatures(KerasCall call, SignalValue[] values)
    {
        int[] shape = [.. values[0].Shape[..^1], values.Sum(value => value.Shape[^1])];
        call.Take(shape);
        int rows = Shapes.Count(shape[..^1]);
        return new SignalValue(shape, [.. Enumerable.Range(0, rows).SelectMany(row => values.SelectMany(value => new ArraySegment<Element>(value.Elements, row * value.Shape[^1], value.Shape[^1])))]);
    }

    private static Value[] Add(KerasCall call, Value[] inputs) => [inputs.Skip(1).Aggregate(inputs[0], (sum, next) => Sum(call, sum, next))];

    /// <summary>The sum of two values.</summary>
    public static SignalValue Sum(KerasCall call, Value left, Value right)
    {
        var columns = Columns.Of(call, left, right);
        (Wire[] a, Wire[] b) = (columns.Wires[0]!, columns.Wires[1]!);
        return columns.Result(new OperationSignal(call.Place, "Add", columns.Width, columns.Positions, a, b));
    }

    private static double[] Filled(int size, double value)
    {
        var numbers = new double[size];
        Array.Fill(numbers, value);
        return numbers;
    }
}
