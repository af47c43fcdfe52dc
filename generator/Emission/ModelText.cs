using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Descriptions for people.</summary>
internal static class ModelText
{
    /// <summary>The version that generated files name.</summary>
    public static string Version { get; } = typeof(ModelText).Assembly.GetName().Version.ToString(3);

    /// <summary>What a new state holds.</summary>
    public static string InitialState(ModelPlan model) => model.LearnsInitialState ? "initially the learned initial state" : "initially zero";

    public static string Summary(ModelPlan model)
    {
        string input = $"{model.Spec.InputSize} {(model.Spec.Tokens ? "token" : "input")}{(model.Spec.InputSize == 1 ? "" : "s")}";
        string layers = string.Join(" → ", model.Layers.Select(l => $"{l.Cell.Name} {l.Spec.Size}"));
        string head = model.OnlyOutput?.Head is LayerSpec spec ? $" ({spec.Kind})" : "";
        return $"{input} → {layers}{head}, windows of up to {model.Spec.SequenceLength} steps.";
    }

    /// <summary>A layer with all its levels and directions.</summary>
    public static string Describe(IReadOnlyList<LayerPlan> parts)
    {
        if (parts.Count == 0)
        {
            return "Dropout, no parameters.";
        }

        LayerPlan layer = parts[0];
        string kind = layer.Spec.IsHead ? $"{layer.Spec.Kind} head" : $"{layer.Cell.Name} layer";
        string direction = layer.Spec.Direction == DirectionKind.Forward ? "" : layer.Spec.Direction == DirectionKind.Reverse ? ", reverse" : ", both directions";
        string levels = layer.Spec.Depth == 1 ? "" : $", {layer.Spec.Depth} levels";
        return $"{kind}{direction}{levels}, {layer.Spec.InputSize} → {layer.Spec.OutputSize}, {Literals.Grouped(parts.Sum(p => p.ParameterCount))} parameters.";
    }
}
