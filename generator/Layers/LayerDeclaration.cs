using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>The attribute of a layer as values: what a user has to write for it. Arguments that are defaults are left out.</summary>
internal static class LayerDeclaration
{
    /// <summary>The argument without a name; null if there is none.</summary>
    public static object? Position(LayerSpec layer) =>
        layer.Kind.Argument is Option argument ? layer.Options.Get(argument) : layer.Kind.KeepsSize ? null : layer.Units;

    /// <summary>The second argument without a name; null if there is none.</summary>
    public static object? SecondPosition(LayerSpec layer) => layer.Kind.SecondArgument is Number argument ? layer.Get(argument) : null;

    /// <summary>The arguments with names.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="layers">All layers of its model.</param>
    public static IEnumerable<(string Name, object Value)> Named(LayerSpec layer, IReadOnlyList<LayerSpec> layers)
    {
        (string Name, object? Value)[] structure =
        [
            ("From", layer.Sources.Count == 0 ? null : new EquatableArray<string>(layer.Sources.Select(source => source < 0 ? LayerSpec.InputName : layers[source].Name))),
            ("ReturnSequences", layer.ReturnSequences ? null : false),
            ("Direction", layer.Direction == default ? null : layer.Direction),
            ("Merge", layer.Merge == default ? null : layer.Merge),
            ("Layers", layer.Depth == 1 ? null : layer.Depth),
            ("Residual", layer.Residual ? true : null),
            ("Weight", layer.Weight == 1 ? null : layer.Weight),
            ("Tied", layer.TiedTo is int tied ? layers[tied].Name : null),
        ];
        return layer.Kind.Options.SelectMany(option => Of(option, layer.Options.Get(option))).Concat(structure)
            .Where(argument => argument.Value is not null && argument.Name != layer.Kind.Argument?.Name && argument.Name != layer.Kind.SecondArgument?.Name)
            .Select(argument => (argument.Name, argument.Value!));
    }

    private static IEnumerable<(string Name, object? Value)> Of(Option option, object value) => (option, value) switch
    {
        (Function function, FunctionSpec spec) =>
        [
            (function.Name, spec.Kind == ((FunctionSpec)function.Default).Kind ? null : spec.Kind), (function.Alpha, spec.Alpha), (function.Beta, spec.Beta),
        ],
        _ => [(option.Name, value.Equals(option.Default) ? null : value)],
    };
}
