using RnnGen.Comparing;
using RnnGen.Tool.Description;
using RnnGen.Verification;

namespace RnnGen.Tool.Verify;

/// <summary>What comes of rounding.</summary>
/// <param name="Outputs">How far the outputs are from those without.</param>
/// <param name="LossIncrease">By how much the loss grows; null without targets.</param>
internal sealed record Rounding(SignalError Outputs, double? LossIncrease);

/// <summary>Inputs, and what the outputs should be.</summary>
/// <param name="Sequences">The sequences, each [steps x InputSize] or one token per step.</param>
/// <param name="Targets">The targets of each sequence: a class per row of outputs for a softmax, else a number per output; null for none.</param>
internal sealed record QuantizationData(double[][] Sequences, double[][]? Targets);

/// <summary>Runs a network in double precision with and without rounding.</summary>
internal sealed class Quantization
{
    private readonly ImportedModel _model;
    private readonly ReferenceNetwork _network;
    private readonly QuantizationData _data;
    private readonly double[][][] _rows;
    private readonly double[][] _expected;
    private readonly double? _loss;

    public Quantization(ImportedModel model, QuantizationData data)
    {
        var run = new ReferenceRun(model);
        (_model, _network, _data) = (model, run.Network, data);
        int perStep = model.HasTokens ? 1 : model.InputSize;
        _rows = [.. data.Sequences.Select(sequence => run.Rows(sequence, sequence.Length / perStep))];
        _expected = [.. _rows.Select(rows => _network.Run(rows, new ReferenceState()))];
        _loss = LossOf(_expected);
    }

    /// <summary>The layers that a format changes, by their places.</summary>
    public IEnumerable<int> NarrowLayers => Enumerable.Range(0, _network.Layers.Length).Where(k => NarrowReference.IsNarrow(_network.Layers[k], ReadsTokens(k)));

    /// <summary>Bytes of the weights of a layer.</summary>
    public long BytesOf(int layer, WeightFormat format) => NarrowReference.Bytes(_network.Layers[layer], format, ReadsTokens(layer));

    /// <summary>Rounds some layers as steps do: weights, inputs and states.</summary>
    /// <param name="format">The format.</param>
    /// <param name="layers">The layers, by their places.</param>
    public Rounding Round(WeightFormat format, IReadOnlyCollection<int> layers)
    {
        ReferenceNetwork rounded = NarrowReference.Of(
            _network, _model.HasTokens, layer => layers.Contains(_network.Layers.IndexOf(layer)) ? format : WeightFormat.Float32);
        double[][] outputs = [.. _rows.Select(rows => rounded.Run(rows, new ReferenceState()))];
        var sum = new ErrorSum();
        foreach ((double[] expected, double[] actual) in _expected.Zip(outputs))
        {
            sum.Add(Array.ConvertAll(expected, value => (float)value), Array.ConvertAll(actual, value => (float)value));
        }

        return new Rounding(sum.Error, LossOf(outputs) - _loss);
    }

    /// <summary>The layers to keep in floats, so that the rest is within a bound: those that cost most alone, as many as it takes.</summary>
    /// <param name="format">The format.</param>
    /// <param name="alone">Each layer, rounded alone.</param>
    /// <param name="isWithin">The bound.</param>
    /// <returns>The layers that are kept, and what comes of rounding the others.</returns>
    public (int[] Kept, Rounding Others) Keep(WeightFormat format, IReadOnlyList<(int Layer, Rounding Rounding)> alone, Func<Rounding, bool> isWithin)
    {
        int[] order = [.. alone.OrderByDescending(pair => pair.Rounding.LossIncrease ?? pair.Rounding.Outputs.Largest).Select(pair => pair.Layer)];
        for (int kept = 0; ; kept++)
        {
            Rounding rest = Round(format, order[kept..]);
            if (kept == order.Length || isWithin(rest))
            {
                return ([.. order[..kept].Order()], rest);
            }
        }
    }

    private bool ReadsTokens(int layer) => _model.HasTokens && _network.Layers[layer].Sources.Contains(-1);

    /// <summary>The mean over all targets: cross-entropies in nats, squares of differences.</summary>
    private double? LossOf(double[][] outputs)
    {
        if (_data.Targets is null)
        {
            return null;
        }

        ImportedLayer head = _model.Results.Single();
        (double sum, long count) = (0, 0);
        foreach ((double[] row, double[] targets) in outputs.Zip(_data.Targets))
        {
            for (int k = 0; k < targets.Length; k++)
            {
                sum += head.Kind switch
                {
                    "Softmax" => -Math.Log(row[(k * head.Width) + (int)targets[k]]),
                    "Sigmoid" => -(targets[k] * Math.Log(row[k])) - ((1 - targets[k]) * Math.Log(1 - row[k])),
                    _ => (row[k] - targets[k]) * (row[k] - targets[k]),
                };
                count++;
            }
        }

        return sum / count;
    }
}
