using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Descriptions for people.</summary>
internal static class ModelText
{
    /// <summary>The version that generated files name.</summary>
    public static string Version { get; } = typeof(ModelText).Assembly.GetName().Version.ToString(3);

    public static string Summary(ModelPlan model)
    {
        string input = model.Spec.Tokens ? $"{model.Spec.InputSize} tokens" : $"{model.Spec.InputSize} inputs";
        string layers = string.Join(" → ", model.Layers.Select(l => $"{l.Cell.Name} {l.Spec.Size}"));
        string head = model.Head is LayerSpec spec ? $" ({spec.Kind})" : "";
        return $"{input} → {layers}{head}, windows of up to {model.Spec.SequenceLength} steps.";
    }

    public static string Describe(LayerPlan layer)
    {
        string kind = layer.Spec.IsHead ? $"{layer.Spec.Kind} head" : $"{layer.Cell.Name} layer";
        return $"{kind}, {layer.Spec.InputSize} → {layer.Spec.Size}, {Literals.Grouped(layer.ParameterCount)} parameters.";
    }
}
