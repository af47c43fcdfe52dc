using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission;

/// <summary>
/// How much text a model becomes. The compiler needs about a second for each megabyte: from one on, the user is told; from sixteen on, it is an
/// error.
/// </summary>
internal static class TextSize
{
    public const long Warned = 1_000_000;
    public const long Refused = 16_000_000;

    /// <summary>Whether a model may become so much text that it must be measured. Most cannot, and are spared being emitted twice.</summary>
    public static bool MayBeWarned(ModelSpec model) => Bound(model) > Warned;

    /// <summary>Characters of all files; counting ends where they are too many.</summary>
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
    /// More than a model can become: kernels of a layer once, which levels of equal size share, and the loops of each level and direction.
    /// </summary>
    public static long Bound(ModelSpec model)
    {
        // Measured over all layers and options at sizes up to 128, and rounded up.
        long bound = model.BatchSize > 0 ? 50_000 : 30_000;
        foreach (LayerSpec layer in model.Layers)
        {
            long kernels = !layer.Kind.IsRecurrent ? 40_000 : layer.Get(Lstm.LayerNorm) ? 450_000 : layer.Size < layer.Units ? 250_000 : 200_000;
            kernels = (model.BatchSize > 0 ? 2 : 1) * (model.Unroll == UnrollKind.Rows ? 2 : 1) * kernels;
            long parts = Parts(layer);
            bound += (Math.Min(2, layer.Depth) * kernels) + (parts * (layer.Get(Lstm.LayerNorm) ? 80_000 : 40_000));
        }

        return bound;
    }

    /// <summary>Levels times directions.</summary>
    public static int Parts(LayerSpec layer) => layer.Depth * (layer.Direction == DirectionKind.Bidirectional ? 2 : 1);
}
