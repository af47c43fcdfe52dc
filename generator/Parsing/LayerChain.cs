using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>How data flows through the layers: what each one reads, whether it can, and its sizes.</summary>
internal static class LayerChain
{
    private const int Input = -1;

    /// <summary>The indices of the layers that each layer reads; null after an error.</summary>
    public static int[][]? Resolve(List<LayerDraft> layers, bool tokens, ErrorCollector errors)
    {
        int before = errors.Count;
        int[][] sources = [.. layers.Select((layer, index) => Sources(layers, index, errors))];
        CheckHeads(layers, errors);
        CheckTokens(layers, sources, tokens, errors);
        CheckNormalization(layers, sources, errors);
        if (errors.Count == before)
        {
            CheckSteps(layers, sources, errors);
            CheckUse(layers, sources, errors);
        }

        return errors.Count == before ? sources : null;
    }

    public static EquatableArray<LayerSpec> Link(List<LayerDraft> layers, int[][] sources, int inputSize, ErrorCollector errors)
    {
        var linked = new List<LayerSpec>();
        for (int index = 0; index < layers.Count; index++)
        {
            LayerDraft layer = layers[index];
            int read = LayerSpec.Sum(sources[index].Select(s => s == Input ? inputSize : linked[s].OutputSize));
            var spec = new LayerSpec(layer.Name, layer.Kind, read, layer.Kind.KeepsSize ? read : layer.Units, layer.Property)
            {
                Options = layer.Options,
                ReturnSequences = layer.ReturnSequences,
                Sources = sources[index].SequenceEqual([Before(layers, index)]) ? default : new EquatableArray<int>(sources[index]),
                Direction = layer.Direction,
                Merge = layer.Merge,
                Depth = layer.Depth,
                Residual = layer.Residual,
                Weight = layer.Weight,
                TiedTo = FindTied(layers, layer),
            };
            CheckTied(linked, spec, layer, inputSize, errors);
            if (spec.Residual && spec.OutputSize != read)
            {
                errors.Add(Descriptors.ResidualSizes, layer.Location, layer.Name, read, spec.OutputSize);
            }

            linked.Add(spec);
        }

        return new EquatableArray<LayerSpec>(linked);
    }

    private static int[] Sources(List<LayerDraft> layers, int index, ErrorCollector errors)
    {
        LayerDraft layer = layers[index];
        if (layer.From.Count == 0)
        {
            return [Before(layers, index)];
        }

        var sources = new List<int>();
        foreach (string name in layer.From)
        {
            int source = name == LayerSpec.InputName ? Input : layers.FindIndex(0, index, other => other.Name == name);
            if (source == Input && name != LayerSpec.InputName)
            {
                string why = layers.Any(other => other.Name == name) ? "which is not declared before it" : "which is not a layer of this model";
                errors.Add(Descriptors.UnknownSource, layer.FromLocation, layer.Name, name, why);
            }
            else if (source != Input && layers[source].IsHead)
            {
                errors.Add(Descriptors.UnknownSource, layer.FromLocation, layer.Name, name, "which is a head");
            }

            sources.Add(source);
        }

        return [.. sources];
    }

    /// <summary>The layer that a layer reads by default: the last one before it that is not a head.</summary>
    private static int Before(List<LayerDraft> layers, int index)
    {
        int before = index - 1;
        while (before >= 0 && layers[before].IsHead)
        {
            before--;
        }

        return before;
    }

    private static void CheckHeads(List<LayerDraft> layers, ErrorCollector errors)
    {
        int head = layers.FindIndex(layer => layer.IsHead);
        int other = head < 0 ? -1 : layers.FindIndex(head, layer => !layer.IsHead);
        if (other >= 0)
        {
            errors.Add(Descriptors.HeadNotLast, layers[other].Location, layers[head].Name, layers[other].Name);
        }

        if (layers.Count(layer => layer.IsHead) == 1 && layers[head].WeightLocation is { } weight)
        {
            errors.Add(Descriptors.OptionWithoutEffect, weight, "Weight", layers[head].Kind.ToString(), layers[head].Name, "there is no other head");
        }
    }

    private static void CheckTokens(List<LayerDraft> layers, int[][] sources, bool tokens, ErrorCollector errors)
    {
        for (int index = 0; index < layers.Count; index++)
        {
            LayerDraft layer = layers[index];
            if (layer.Kind is Embedding && index > 0)
            {
                errors.Add(Descriptors.EmbeddingNotFirst, layer.Location, layer.Name, layers[0].Name);
            }

            if (!sources[index].Contains(Input) || !(tokens || layers[0].Kind is Embedding))
            {
                continue;
            }

            if (layer.Kind.KeepsSize)
            {
                errors.Add(Descriptors.TokensWithoutWeights, layer.Location, layer.Name);
            }
            else if (sources[index].Length > 1 || layer.Residual)
            {
                errors.Add(Descriptors.TokensNotNumbers, layer.Location, layer.Name, layer.Residual ? "added to its output" : "concatenated with numbers");
            }
        }
    }

    /// <summary>Mean and variance come from the model's inputs.</summary>
    private static void CheckNormalization(List<LayerDraft> layers, int[][] sources, ErrorCollector errors)
    {
        for (int index = 0; index < layers.Count; index++)
        {
            if (layers[index].Kind is Normalization && !sources[index].SequenceEqual([Input]))
            {
                errors.Add(Descriptors.NormalizationOfLayer, layers[index].Location, layers[index].Name);
            }
        }
    }

    /// <summary>The embedding whose weights a head shares.</summary>
    private static int? FindTied(List<LayerDraft> layers, LayerDraft head) =>
        layers.FindIndex(layer => layer.Kind is Embedding && layer.Name == head.Tied) is var index and >= 0 ? index : null;

    private static void CheckTied(List<LayerSpec> layers, LayerSpec head, LayerDraft draft, int vocabulary, ErrorCollector errors)
    {
        if (draft.Tied is not string name)
        {
            return;
        }

        string? flaw = head.TiedTo is not int tied ? "which is not an embedding of this model"
            : head.Size != vocabulary ? $"which has one vector for each of {vocabulary} tokens, while the head has size {head.Size}"
            : head.InputSize != layers[tied].Size ? $"whose vectors have size {layers[tied].Size}, while the head has input size {head.InputSize} (make them equal, or put a [Dense({layers[tied].Size})] before the head)"
            : null;
        if (flaw is not null)
        {
            errors.Add(Descriptors.TiedSizes, draft.TiedLocation, head.Name, name, flaw);
        }
    }

    /// <summary>After a layer that outputs only one step, there is no sequence.</summary>
    private static void CheckSteps(List<LayerDraft> layers, int[][] sources, ErrorCollector errors)
    {
        var once = new string?[layers.Count];
        for (int index = 0; index < layers.Count; index++)
        {
            LayerDraft layer = layers[index];
            string?[] reasons = [.. sources[index].Select(s => s == Input ? null : once[s])];
            string? reason = reasons.FirstOrDefault(r => r is not null);
            if (reason is not null && reasons.Contains(null))
            {
                errors.Add(Descriptors.SourcesDiffer, layer.FromLocation, layer.Name, reason);
            }

            if (layer.Kind.NeedsSequence && reason is not null)
            {
                errors.Add(layer.IsHead ? Descriptors.NothingToAlign : Descriptors.NothingToRecurOver, layer.Location, layer.Name, reason);
            }

            if (layer is { Kind.IsRecurrent: true, ReturnSequences: false })
            {
                reason = layer.Name;
                if (layer.Residual)
                {
                    errors.Add(Descriptors.SourcesDiffer, layer.Location, layer.Name, layer.Name);
                }
            }

            once[index] = reason;
        }
    }

    private static void CheckUse(List<LayerDraft> layers, int[][] sources, ErrorCollector errors)
    {
        if (layers.Count > 0 && layers[layers.Count - 1] is { Kind: Dropout } last)
        {
            errors.Add(Descriptors.UnusedLayer, last.Location, last.Name);
            return;
        }

        bool hasHead = layers.Any(layer => layer.IsHead);
        for (int index = 0; index < layers.Count - (hasHead ? 0 : 1); index++)
        {
            if (!layers[index].IsHead && !sources.Any(s => s.Contains(index)))
            {
                errors.Add(Descriptors.UnusedLayer, layers[index].Location, layers[index].Name);
            }
        }
    }
}
