using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Parsing;

/// <summary>Reports a format of weights that no matrix has.</summary>
internal static class FormatRules
{
    private static string TooSmall => $"no matrix of it is multiplied by {NarrowWeights.FewestRows} numbers or more, and smaller ones stay floats";

    public static void Check(ModelSpec model, List<LayerDraft> drafts, int[][] sources, AttributeReader reader, ErrorCollector errors)
    {
        string argument = RecurrentLayer.Weights.Name;
        var followers = new List<bool>();
        for (int index = 0; index < drafts.Count; index++)
        {
            LayerSpec layer = model.Layers[index];
            if (layer.Kind is not RecurrentLayer)
            {
                continue;
            }

            bool hasAny = NarrowWeights.HasAny(layer, model.Tokens && sources[index].Contains(-1));
            WeightFormatKind own = layer.Get(RecurrentLayer.Weights);
            if (own == WeightFormatKind.Default)
            {
                followers.Add(hasAny);
            }
            else if (own != WeightFormatKind.Float32 && !hasAny)
            {
                errors.Add(Descriptors.OptionWithoutEffect, drafts[index].FormatLocation, argument, layer.Kind.Name, drafts[index].Property is null ? model.Target.Name : layer.Name, TooSmall);
            }
        }

        reader.HasEffect(argument, model.Layers.Any(layer => layer.Kind is RecurrentLayer), "the model has no recurrent layer");
        if (model.Layers.Any(layer => layer.Kind is RecurrentLayer))
        {
            reader.HasEffect(argument, followers.Count > 0, "every recurrent layer has its own");
        }
    }
}
