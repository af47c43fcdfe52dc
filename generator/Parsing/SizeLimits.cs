using System.Collections.Concurrent;
using System.Numerics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// Upper bounds for the memory of a model. Every byte offset in it must fit an <see cref="int"/>; the bounds are
/// computed with arbitrary precision, so that they never overflow.
/// </summary>
internal static class SizeLimits
{
    public const int MaxBytes = int.MaxValue;

    private const int BytesPerNumber = sizeof(float);

    private const int MostKnown = 256;

    // A cache: a model is parsed at every keystroke, usually with the same layers.
    private static readonly ConcurrentDictionary<(LayerSpec Essence, bool Trace), CellSize> Known = new();

    /// <summary>The size of a layer with all levels and directions; each upper level reads the output of the one below.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="trace">Whether a tape keeps all named values.</param>
    public static CellSize SizeOf(LayerSpec layer, bool trace = false)
    {
        CellSize levels = Of(layer);
        if (layer.Depth > 1)
        {
            levels += (layer.Depth - 1) * Of(layer with { InputSize = layer.OutputSize });
        }

        return layer.Direction == DirectionKind.Bidirectional ? 2 * levels : levels;

        CellSize Of(LayerSpec level)
        {
            if (Known.Count >= MostKnown)
            {
                Known.Clear();
            }

            return Known.GetOrAdd((level.Kind.Essence(level), trace), _ => CellSize.Of(level.Kind.CellOf(level), trace));
        }
    }

    /// <summary>Size of the weights, in bytes.</summary>
    public static BigInteger ParameterBytes(CellSize size) => BytesPerNumber * size.Parameters;

    /// <summary>Memory for training a layer on a window, in bytes.</summary>
    public static BigInteger TapeBytes(CellSize size, int sequenceLength) =>
        BytesPerNumber * ((size.Row * Rows(sequenceLength)) + (sequenceLength < SplitPlan.Steps ? 0 : size.Ahead));

    /// <summary>Memory for training on a window that joins, and layers with several readers, need for their rows and gradients, in bytes.</summary>
    public static BigInteger JoinBytes(ModelSpec model)
    {
        bool isChain = model.Layers.All(l => l.Sources.Count == 0 && !l.Residual && l.Kind is not Dropout && l.Depth == 1 && l.Direction != DirectionKind.Bidirectional);
        BigInteger numbers = 0;
        foreach (LayerSpec layer in model.Layers.Where(_ => !isChain))
        {
            numbers += layer.Depth * 4 * (CellSize.Pad(layer.InputSize) + CellSize.Pad(layer.OutputSize) + (2 * CacheLine.Floats));
        }

        return numbers * BytesPerNumber * Rows(model.SequenceLength);
    }

    /// <summary>Memory for the inputs of a training window and their gradients, in bytes.</summary>
    public static BigInteger InputBytes(ModelSpec model) => model.Tokens
        ? BytesPerNumber * Rows(model.SequenceLength)
        : 4 * CellSize.Pad(model.InputSize) * BytesPerNumber * Rows(model.SequenceLength);

    /// <summary>States have one row more than the window has steps, and their gradients two.</summary>
    private static BigInteger Rows(int sequenceLength) => new BigInteger(sequenceLength) + 3;
}
