using RnnGen.Tool.Description;

namespace RnnGen.Tool.Import;

/// <summary>Turns signals into layers of a class.</summary>
/// <param name="context">What nodes share.</param>
/// <param name="usage">Which signals outputs depend on.</param>
/// <param name="layers">Receives the layers.</param>
internal sealed class LayerBuilder(ImportContext context, Usage usage, LayerSet layers)
{
    private readonly RecurrentBuilder _recurrent = new(usage, layers);

    /// <summary>Makes the layer of a signal, after those of all signals that it reads.</summary>
    public void Add(Signal signal)
    {
        switch (signal)
        {
            case InputSignal or FinalStateSignal { State: 'h' }:
                break;
            case EmbeddingSignal embedding:
                AddEmbedding(embedding);
                break;
            case AffineSignal affine:
                AddDense(affine.Origin, affine.Operand, affine.Weights, affine.Bias, affine.Wires());
                break;
            case ScaleSignal scale:
                AddScale(scale);
                break;
            case FunctionSignal function:
                AddFunction(function.Origin, function.Function, function.Operand, function.Wires());
                break;
            case NormalizedSignal normalized:
                AddNormalization(normalized);
                break;
            case RecurrentSignal recurrent:
                _recurrent.Add(recurrent, Fold);
                break;
            case OperationSignal { Operation: "Add" or "Sub" } sum:
                AddSum(sum);
                break;
            case OperationSignal operation:
                throw new ImportException(operation.Origin, $"expected a layer, or a part of an LSTM, a GRU or a layer normalization, found {operation.Operation} of values. No layer of a class computes that.");
            case SoftmaxSignal softmax:
                throw new ImportException(softmax.Origin, $"expected a softmax as an output of the network, found one that is read by others. Only a head of a class has a softmax.");
            default:
                throw new ImportException(signal.Origin, $"expected an output of every step, found that the state c of the layer is read. A layer of a class reads only h.");
        }
    }

    /// <summary>Makes a head of columns.</summary>
    /// <param name="origin">The output.</param>
    /// <param name="wires">Its columns.</param>
    /// <returns>The head; its outputs are in the order of the columns.</returns>
    public ImportedLayer AddHead(string origin, Wire[] wires)
    {
        (string kind, Wire[] operand) = HeadOf(wires);
        if (Affine.Of(operand) is not { } affine)
        {
            return Dense(kind, origin, operand, Identity(operand.Length), new double[operand.Length], []);
        }

        Wire[] read = Real(affine.Signal.Operand);
        return Dense(kind, affine.Signal.Origin, read, affine.WeightsOn(affine.Signal.Operand), affine.Bias(), []);
    }

    /// <summary>What a head of columns reads.</summary>
    public Wire[] ReadByHead(Wire[] wires)
    {
        (_, Wire[] operand) = HeadOf(wires);
        return Unscaled(Affine.Of(operand) is { } affine ? affine.Signal.Operand : operand);
    }

    /// <summary>What the layer of a signal reads: factors and terms of its inputs become part of matrices.</summary>
    public Wire[] Read(Signal signal) => signal switch
    {
        AffineSignal affine => Unscaled(affine.Operand),
        RecurrentSignal recurrent => Unscaled(recurrent.Operand),
        _ => Real([.. signal.Reads]),
    };

    /// <summary>Whether columns are those of a head, and not just the output of a layer.</summary>
    public static bool IsHead(Wire[] wires) => HeadOf(wires) is var (kind, operand) && (kind != "Linear" || Affine.Of(operand) is not null);

    private static (string Kind, Wire[] Operand) HeadOf(Wire[] wires)
    {
        if (Patterns.Whole<SoftmaxSignal>(wires) is { } softmax)
        {
            return ("Softmax", softmax.Operand);
        }

        bool isSigmoid = wires is [{ Signal: FunctionSignal { Function.Kind: Activation.Sigmoid } first }, ..] && wires.All(wire => wire.Signal == first);
        Wire[] operand = isSigmoid ? Array.ConvertAll(wires, wire => ((FunctionSignal)wire.Signal).Operand[wire.Column]) : wires;
        return isSigmoid && Affine.Of(operand) is not null ? ("Sigmoid", operand) : ("Linear", wires);
    }

    private Wire[] Real(IReadOnlyList<Wire> wires) => [.. wires.Select(wire => new Wire(context.Real(new Element(wire.Signal, 0)).Signal, wire.Column)).Select(Output)];

    /// <summary>The last output of a layer is its final state h.</summary>
    private static Wire Output(Wire wire) => wire.Signal is FinalStateSignal { State: 'h' } final ? new Wire(final.Layer, wire.Column) : wire;

    private Wire[] Unscaled(IReadOnlyList<Wire> wires) => Real([.. Real(wires).Select(wire => wire.Signal is ScaleSignal scale ? scale.Operand[wire.Column] : wire)]);

    private void AddEmbedding(EmbeddingSignal embedding)
    {
        if (layers.All.Count > 0 || layers.InputSize > 0)
        {
            throw new ImportException(embedding.Origin, $"expected one embedding, and no other inputs, found more. A class reads either tokens or numbers.");
        }

        layers.SetTokens(embedding.Vectors);
        layers.Add(
            new ImportedLayer
            {
                Name = "",
                Kind = "Embedding",
                Argument = embedding.Width,
                From = [Layer.Input],
                Width = embedding.Width,
                Tensors = [new ImportedTensor("weight", [embedding.Vectors, embedding.Width], Array.ConvertAll(embedding.Table, value => (float)value))],
                Origin = embedding.Origin,
            },
            Outputs(embedding.Wires()));
    }

    private void AddScale(ScaleSignal scale)
    {
        if (scale.Factors.Distinct().Count() == 1 && scale.Terms.Distinct().Count() == 1)
        {
            AddFunction(scale.Origin, new Function(Activation.Affine, scale.Factors[0], scale.Terms[0]), scale.Operand, scale.Wires());
            return;
        }

        double[] weights = Identity(scale.Width);
        for (int k = 0; k < scale.Width; k++)
        {
            weights[(k * scale.Width) + k] = scale.Factors[k];
        }

        AddDense(scale.Origin, scale.Operand, weights, scale.Terms, scale.Wires());
    }

    private void AddSum(OperationSignal sum)
    {
        int size = sum.Width;
        var weights = new double[size * 2 * size];
        for (int k = 0; k < size; k++)
        {
            weights[(k * 2 * size) + k] = 1;
            weights[(k * 2 * size) + size + k] = sum.Operation == "Add" ? 1 : -1;
        }

        AddDense(sum.Origin, [.. sum.Left, .. sum.Right], weights, new double[size], sum.Wires());
    }

    private void AddFunction(string origin, Function function, Wire[] operand, Wire[] wires)
    {
        Wire[] read = Real(operand);
        Joined joined = layers.Join(read, origin);
        var outputs = new Wire?[joined.Width];
        for (int k = 0; k < wires.Length; k++)
        {
            outputs[joined.Columns[k]] = wires[k];
        }

        var options = new List<(string, object)>();
        AddParameters(options, "", function);
        layers.Add(new ImportedLayer { Name = "", Kind = "Activation", Argument = function.Kind, Options = options, From = joined.From, Width = joined.Width, Origin = origin }, outputs);
    }

    private void AddNormalization(NormalizedSignal normalized)
    {
        if (!((float)normalized.Epsilon is > 0 and < float.PositiveInfinity))
        {
            throw new ImportException(normalized.Origin, $"expected an epsilon that is finite and greater than 0, found {normalized.Epsilon}.");
        }

        Wire[] read = Real(normalized.Operand);
        if (!layers.Join(read, normalized.Origin).IsExact)
        {
            read = AddSelection(normalized.Origin, read);
        }

        Joined joined = layers.Join(read, normalized.Origin);
        int size = normalized.Width;
        bool hasShift = normalized.Shifts.Any(shift => shift != 0);
        var options = new List<(string, object)>();
        if (!hasShift)
        {
            options.Add(("Bias", false));
        }

        if ((float)normalized.Epsilon != 1e-5f)
        {
            options.Add(("Epsilon", normalized.Epsilon));
        }

        layers.Add(
            new ImportedLayer
            {
                Name = "",
                Kind = "LayerNorm",
                Options = options,
                From = joined.From,
                Width = size,
                Tensors = [Vector("weight", normalized.Gains), .. hasShift ? (ImportedTensor[])[Vector("bias", normalized.Shifts)] : []],
                Origin = normalized.Origin,
            },
            Outputs(normalized.Wires()));
    }

    /// <summary>Columns in another order, or some of them.</summary>
    private Wire[] AddSelection(string origin, Wire[] wires)
    {
        var selected = new AffineSignal(origin, wires, wires[0].Signal.Positions, Identity(wires.Length), new double[wires.Length]);
        AddDense(origin, selected.Operand, selected.Weights, selected.Bias, selected.Wires());
        return selected.Wires();
    }

    private void AddDense(string origin, Wire[] operand, double[] weights, double[] bias, Wire[] wires) => Dense("Dense", origin, operand, weights, bias, wires);

    private ImportedLayer Dense(string kind, string origin, Wire[] operand, double[] weights, double[] bias, Wire[] wires)
    {
        Folded folded = Fold(operand, weights, bias);
        Joined joined = layers.Join(folded.Wires, origin);
        context.Budget.Take(origin, (long)joined.Width * bias.Length);
        bool hasBias = folded.Bias.Any(b => b != 0);
        return layers.Add(
            new ImportedLayer
            {
                Name = "",
                Kind = kind,
                Argument = bias.Length,
                Options = hasBias ? [] : [("Bias", false)],
                From = joined.From,
                Width = bias.Length,
                Tensors =
                [
                    new ImportedTensor("weight", [bias.Length, joined.Width], joined.Spread(folded.Weights)),
                    .. hasBias ? (ImportedTensor[])[Vector("bias", folded.Bias)] : [],
                ],
                Origin = origin,
            },
            Outputs(wires));
    }

    /// <summary>A matrix of scaled columns as one of those columns: factors go into its weights, and terms into the bias.</summary>
    private Folded Fold(Wire[] operand, double[] weights, double[] bias)
    {
        Wire[] wires = Real(operand);
        if (!wires.Any(wire => wire.Signal is ScaleSignal))
        {
            return new Folded(wires, weights, bias);
        }

        weights = [.. weights];
        bias = [.. bias];
        for (int k = 0; k < weights.Length; k++)
        {
            (int row, int column) = Math.DivRem(k, wires.Length);
            if (wires[column].Signal is ScaleSignal scale)
            {
                bias[row] += weights[k] * scale.Terms[wires[column].Column];
                weights[k] *= scale.Factors[wires[column].Column];
            }
        }

        return new Folded(Unscaled(wires), weights, bias);
    }

    internal static ImportedTensor Vector(string name, double[] values) => new(name, [values.Length], Array.ConvertAll(values, value => (float)value));

    internal static void AddParameters(List<(string, object)> options, string prefix, Function function)
    {
        if (function.Alpha is { } alpha)
        {
            options.Add((prefix + "Alpha", alpha));
        }

        if (function.Beta is { } beta)
        {
            options.Add((prefix + "Beta", beta));
        }
    }

    internal static Wire?[] Outputs(Wire[] wires) => Array.ConvertAll(wires, wire => (Wire?)wire);

    private static double[] Identity(int size)
    {
        var weights = new double[size * size];
        for (int k = 0; k < size; k++)
        {
            weights[(k * size) + k] = 1;
        }

        return weights;
    }
}

/// <summary>A matrix and a bias on columns.</summary>
internal sealed record Folded(Wire[] Wires, double[] Weights, double[] Bias);
