using System.Numerics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// Upper bounds for the memory of a model. Every byte offset in it must fit an <see cref="int"/>; the bounds are
/// computed without a limit of their own, so that no size is large enough to wrap around.
/// </summary>
internal static class SizeLimits
{
    public const int MaxBytes = int.MaxValue;

    private const int BytesPerNumber = sizeof(float);

    /// <summary>Sizes are padded to whole vectors; the widest has 16 numbers.</summary>
    private const int WidestVector = 16;

    /// <summary>Bytes of all weights of a layer, with all its levels and directions.</summary>
    public static BigInteger ParameterBytes(LayerSpec layer) =>
        Directions(layer) * (PartBytes(layer, layer.InputSize) + ((layer.Depth - 1) * PartBytes(layer, layer.OutputSize)));

    /// <summary>Bytes of the weights of one level in one direction.</summary>
    private static BigInteger PartBytes(LayerSpec layer, int inputSize)
    {
        BigInteger input = Padded(inputSize);
        BigInteger size = Padded(layer.Size);
        BigInteger units = Padded(Units(layer));
        BigInteger count = layer.Kind switch
        {
            // One gate: W, U and two biases.
            LayerKind.Rnn => size * (input + size + 2),
            // Four gates; each with a peephole and two gains at most, besides the gain and the bias of the memory, and the projection.
            LayerKind.Lstm => (4 * units * (input + size + 2))
                + (layer.Options.Peepholes ? 3 * units : 0)
                + (layer.Options.LayerNorm ? 10 * units : 0)
                + (layer.Options.ProjectedFrom > 0 ? size * units : 0),
            LayerKind.Gru => 3 * size * (input + size + 2),
            LayerKind.Embedding => input * size,
            LayerKind.Activation or LayerKind.Dropout => 0,
            LayerKind.LayerNorm => 2 * size,
            _ => size * (input + 1),
        };
        BigInteger initial = layer.Options.LearnInitialState ? size + units : 0;
        return (count + initial) * BytesPerNumber;
    }

    /// <summary>Bytes that training a window takes for a layer: saved values and their gradients, at every step.</summary>
    public static BigInteger TapeBytes(LayerSpec layer, int sequenceLength, bool trace = false)
    {
        int valuesPerUnit = layer.Kind switch
        {
            LayerKind.Rnn => 6,
            LayerKind.Lstm => 16,
            LayerKind.Gru => 14,
            LayerKind.LayerNorm => 16,
            _ => 4,
        };

        // Options make more sums, functions and vectors, each of which may be saved and has a gradient; normalisation adds its means, and a
        // trace saves them all.
        if (trace || layer.Options != new CellOptions())
        {
            valuesPerUnit *= layer.Options.LayerNorm ? 8 : 3;
        }

        // Sums of the inputs are computed ahead of the steps, in a row for each of sixteen and scratch memory.
        BigInteger ahead = sequenceLength < 16 || layer.Kind is not (LayerKind.Rnn or LayerKind.Lstm or LayerKind.Gru) ? 0 : (24 * 8 * Padded(Units(layer))) + 1024;
        return layer.Depth * Directions(layer) * BytesPerNumber * ((valuesPerUnit * Padded(Units(layer)) * Rows(sequenceLength)) + ahead);
    }

    /// <summary>Bytes that training a window takes where several layers meet, or read the same: rows of their own, and gradients to be added.</summary>
    public static BigInteger JoinBytes(ModelSpec model)
    {
        bool isChain = model.Layers.All(l => l.Sources.Count == 0 && !l.Residual && l.Kind != LayerKind.Dropout && l.Depth == 1 && l.Direction != DirectionKind.Bidirectional);
        BigInteger numbers = 0;
        foreach (LayerSpec layer in model.Layers.Where(_ => !isChain))
        {
            numbers += layer.Depth * 4 * (Padded(layer.InputSize) + Padded(layer.OutputSize) + Padded(2 * WidestVector));
        }

        return numbers * BytesPerNumber * Rows(model.SequenceLength);
    }

    private static int Directions(LayerSpec layer) => layer.Direction == DirectionKind.Bidirectional ? 2 : 1;

    /// <summary>Bytes that training a window takes for its inputs and their gradients.</summary>
    public static BigInteger InputBytes(ModelSpec model) => model.Tokens
        ? BytesPerNumber * Rows(model.SequenceLength)
        : 4 * Padded(model.InputSize) * BytesPerNumber * Rows(model.SequenceLength);

    private static int Units(LayerSpec layer) => layer.Options.ProjectedFrom > 0 ? layer.Options.ProjectedFrom : layer.Size;

    /// <summary>States have one row more than the window has steps, and their gradients two.</summary>
    private static BigInteger Rows(int sequenceLength) => new BigInteger(sequenceLength) + 3;

    private static BigInteger Padded(int size) => (new BigInteger(size) + (WidestVector - 1)) / WidestVector * WidestVector;
}
