using System.Globalization;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Reports a model whose generated code is too large, at the layer with the largest part of it, with the option that is the cause.</summary>
internal static class TextRules
{
    public static void Check(ModelSpec model, List<LayerDraft> drafts, ErrorCollector errors)
    {
        if (!TextSize.MayBeWarned(model))
        {
            return;
        }

        long characters = TextSize.Measure(model);
        if (characters <= TextSize.Warned)
        {
            return;
        }

        int largest = Enumerable.Range(0, drafts.Count).OrderByDescending(k => TextSize.Bound(model with { Layers = new EquatableArray<LayerSpec>([model.Layers[k]]) })).First();
        LayerSpec layer = model.Layers[largest];
        string option = drafts.Count > 16 ? $"one of {drafts.Count} layers"
            : TextSize.Parts(layer) > 4 ? $"Layers = {layer.Depth}"
            : TextSize.LargestFlag(layer) is Flag flag ? $"{flag.Name} = {(layer.Get(flag) ? "true" : "false")}"
            : model.Unroll == UnrollKind.Rows ? "Unroll = Unroll.Rows"
            : model.BatchSize > 0 ? "BatchSize"
            : "its size";
        string size = (characters / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
        bool isRefused = characters > TextSize.Refused;
        errors.Add(
            isRefused ? Descriptors.TooMuchText : Descriptors.MuchText,
            option.StartsWith("Layers", StringComparison.Ordinal) ? drafts[largest].DepthLocation : drafts[largest].Location,
            model.Target.Name, isRefused ? "more than 16" : size, drafts[largest].Name, option);
    }
}
