using RnnGen.Checkpoints;

namespace RnnGen.Comparing;

/// <summary>Two models that can be compared: one file fits both.</summary>
internal static class SameLayers
{
    /// <summary>Checks two models.</summary>
    /// <exception cref="ArgumentException">They differ in their sizes, layers or states.</exception>
    public static void Check(IRnnModel model, IRnnModel narrow)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(narrow);
        Check("inputs", model.InputSize, narrow.InputSize);
        Check("outputs", model.OutputSize, narrow.OutputSize);
        Check("layers", Names(model.Layers.Select(layer => $"{layer.Attribute} {layer.Name}")), Names(narrow.Layers.Select(layer => $"{layer.Attribute} {layer.Name}")));
        foreach ((Layer layer, Layer other) in model.Layers.Zip(narrow.Layers))
        {
            Check($"parameters of layer '{layer.Name}'", Names(layer.Stored.Select(Text)), Names(other.Stored.Select(Text)));
        }

        Check("outputs of two steps", model.GetOutputLength(2), narrow.GetOutputLength(2));
        Check("states", States(model), States(narrow));

        static string Text(Parameter parameter) => $"{parameter.Name} {parameter.ShapeText}";

        static string Names(IEnumerable<string> texts) => string.Join(", ", texts);

        static string States(IRnnModel model)
        {
            State state = model.CreateState();
            return string.Join(", ", state.Names.Select(name => $"{name} {ShapeText.Of([state.SizeOf(name)])}"));
        }
    }

    /// <summary>Whether all weights are the same, bit for bit.</summary>
    public static bool HaveSameWeights(IRnnModel model, IRnnModel narrow) => Parameters(model).Zip(Parameters(narrow)).All(pair =>
        Interop.RecurrentPart.ValuesOf(pair.First).AsSpan().SequenceEqual(Interop.RecurrentPart.ValuesOf(pair.Second)));

    /// <summary>All parameters, in the same order for both models.</summary>
    public static IEnumerable<Parameter> Parameters(IRnnModel model) => model.Layers.SelectMany(layer => layer.Stored);

    private static void Check<T>(string what, T expected, T actual)
        where T : IEquatable<T>
    {
        if (!expected.Equals(actual))
        {
            throw new ArgumentException($"The models must have the same layers: expected {what} as those of the first, {expected}, found {actual}.", "narrow");
        }
    }
}
