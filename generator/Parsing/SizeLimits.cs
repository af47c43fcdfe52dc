using System.Collections.Concurrent;
using System.Numerics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// Upper bounds for the memory of a model. Every byte offset in it must fit an <see cref="int"/>; the bounds are
/// computed without a limit of their own, so that no size is large enough to wrap around.
/// </summary>
internal static class SizeLimits
{
    public const int MaxBytes = int.MaxValue;

    private const int BytesPerNumber = sizeof(float);

    private const int MostKnown = 256;

    // What was derived before: a model is parsed at every keystroke, and its layers are what they were.
    private static readonly ConcurrentDictionary<(LayerSpec Essence, bool Trace), CellMemory> Known = new();

    /// <summary>The memory of a layer, all levels and directions together; the levels above the lowest read what the one below puts out.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="trace">Whether a tape keeps all named values.</param>
    public static CellMemory MemoryOf(LayerSpec layer, bool trace = false)
    {
        CellMemory levels = Of(layer);
        if (layer.Depth > 1)
        {
            levels += (layer.Depth - 1) * Of(layer with { InputSize = layer.OutputSize });
        }

        return layer.Direction == DirectionKind.Bidirectional ? 2 * levels : levels;

        CellMemory Of(LayerSpec level)
        {
            if (Known.Count >= MostKnown)
            {
                Known.Clear();
            }

            return Known.GetOrAdd((level.Kind.Essence(level), trace), _ => CellMemory.Of(level.Kind.CellOf(level), trace));
        }
    }

    /// <summary>Bytes of the weights.</summary>
    public static BigInteger ParameterBytes(CellMemory memory) => BytesPerNumber * memory.Parameters;

    /// <summary>Bytes that training a window takes for a layer.</summary>
    public static BigInteger TapeBytes(CellMemory memory, int sequenceLength) =>
        BytesPerNumber * ((memory.Row * Rows(sequenceLength)) + (sequenceLength < SplitPlan.Steps ? 0 : memory.Ahead));

    /// <summary>Bytes that training a window takes where several layers meet, or read the same: rows of their own, and gradients to be added.</summary>
    public static BigInteger JoinBytes(ModelSpec model)
    {
        bool isChain = model.Layers.All(l => l.Sources.Count == 0 && !l.Residual && l.Kind is not Dropout && l.Depth == 1 && l.Direction != DirectionKind.Bidirectional);
        BigInteger numbers = 0;
        foreach (LayerSpec layer in model.Layers.Where(_ => !isChain))
        {
            numbers += layer.Depth * 4 * (CellMemory.Pad(layer.InputSize) + CellMemory.Pad(layer.OutputSize) + (2 * CacheLine.Floats));
        }

        return numbers * BytesPerNumber * Rows(model.SequenceLength);
    }

    /// <summary>Bytes that training a window takes for its inputs and their gradients.</summary>
    public static BigInteger InputBytes(ModelSpec model) => model.Tokens
        ? BytesPerNumber * Rows(model.SequenceLength)
        : 4 * CellMemory.Pad(model.InputSize) * BytesPerNumber * Rows(model.SequenceLength);

    /// <summary>States have one row more than the window has steps, and their gradients two.</summary>
    private static BigInteger Rows(int sequenceLength) => new BigInteger(sequenceLength) + 3;
}
