using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>The layers one after the other: whether that order makes sense, and what size each one reads.</summary>
internal static class LayerChain
{
    public static void CheckOrder(List<LayerDraft> layers, bool tokens, ErrorCollector errors)
    {
        LayerDraft? head = null;
        LayerDraft? lastStepOnly = null;
        for (int index = 0; index < layers.Count; index++)
        {
            LayerDraft layer = layers[index];
            if (index > 0 && ReferenceEquals(head, layers[index - 1]))
            {
                errors.Add(Descriptors.HeadNotLast, layer.Location, layers[index - 1].Name, layer.Name);
            }

            if (layer.Kind == LayerKind.Embedding && index > 0)
            {
                errors.Add(Descriptors.EmbeddingNotFirst, layer.Location, layer.Name, layers[0].Name);
            }

            if (layer.KeepsSize && index == 0 && tokens)
            {
                errors.Add(Descriptors.TokensWithoutWeights, layer.Location, layer.Name);
            }

            if (layer.IsRecurrent && lastStepOnly is not null)
            {
                errors.Add(Descriptors.NothingToRecurOver, layer.Location, layer.Name, lastStepOnly.Name);
            }

            head ??= layer.IsHead ? layer : null;
            lastStepOnly ??= layer.IsRecurrent && !layer.ReturnSequences ? layer : null;
        }
    }

    public static EquatableArray<LayerSpec> Link(List<LayerDraft> layers, int inputSize)
    {
        var linked = new List<LayerSpec>();
        foreach (LayerDraft layer in layers)
        {
            int size = layer.KeepsSize ? inputSize : layer.Size;
            linked.Add(new LayerSpec(
                layer.Name,
                layer.Kind,
                inputSize,
                size,
                layer.Activation,
                layer.LinearBeforeReset,
                layer.ReturnSequences,
                layer.Bias,
                layer.Property)
            {
                Options = layer.Options,
            });
            inputSize = size;
        }

        return new EquatableArray<LayerSpec>(linked);
    }
}
