using RnnGen.Generator.Layers;

namespace RnnGen.Generator.Tests;

/// <summary>The kinds of recurrent layers, found as the generator finds them.</summary>
internal static class RecurrentKinds
{
    public static string[] Names { get; } =
        [.. typeof(RecurrentLayer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RecurrentLayer))).Select(t => t.Name).Order(StringComparer.Ordinal)];
}
