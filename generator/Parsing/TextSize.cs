using RnnGen.Generator.Emission;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// The size of the code that is generated for a model, in characters. The compiler needs about a second per megabyte: more than one megabyte is a
/// warning, more than sixteen are an error.
/// </summary>
internal static class TextSize
{
    public const long Warned = 1_000_000;
    public const long Refused = 16_000_000;

    /// <summary>Whether a model may be so large that its size must be measured. Most models are not, and need not be emitted twice.</summary>
    public static bool MayBeWarned(ModelSpec model) => Bound(model) > Warned;

    /// <summary>The size of all files; the rest is not counted once it is refused.</summary>
    public static long Measure(ModelSpec model)
    {
        long characters = 0;
        foreach (SourceFile file in ModelEmitter.Emit(model))
        {
            characters += file.Text.Length;
            if (characters > Refused)
            {
                break;
            }
        }

        return characters;
    }

    /// <summary>
    /// An upper bound: the kernels of each layer, which levels of equal size share, and the loops of each level and direction.
    /// </summary>
    public static long Bound(ModelSpec model)
    {
        // Measured over all layers and options at sizes up to 128, and rounded up.
        long bound = model.BatchSize > 0 ? 50_000 : 30_000;
        foreach (LayerSpec layer in model.Layers)
        {
            long kernels = layer.Kind.IsRecurrent ? 200_000 + (700 * Operations(layer, model.Trace)) : 40_000;
            kernels = (model.BatchSize > 0 ? 2 : 1) * (model.Parallel > 1 ? 2 : 1) * (model.Unroll == UnrollKind.Rows ? 2 : 1) * kernels;
            bound += (Math.Min(2, layer.Depth) * kernels) + (40_000 * Parts(layer));
        }

        return bound;
    }

    /// <summary>Levels times directions.</summary>
    public static int Parts(LayerSpec layer) => layer.Depth * (layer.Direction == DirectionKind.Bidirectional ? 2 : 1);

    /// <summary>The flag that more than doubles the operations of a layer, or null.</summary>
    public static Flag? LargestFlag(LayerSpec layer) => layer.Kind.Options.OfType<Flag>().FirstOrDefault(
        flag => Operations(layer) > 2 * Operations(layer with { Options = layer.Options.With(flag, flag.Default) }));

    /// <summary>The operations of one level and direction.</summary>
    private static int Operations(LayerSpec layer, bool trace = false) =>
        SizeLimits.SizeOf(layer with { Depth = 1, Direction = DirectionKind.Forward }, trace).Operations;
}
