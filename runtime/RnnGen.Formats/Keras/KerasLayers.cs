namespace RnnGen.Formats;

/// <summary>Reads layers of a Keras configuration.</summary>
internal static class KerasLayers
{
    private const string Bidirectional = "Bidirectional";

    /// <summary>The name of a layer: functional models have it beside the settings, sequential ones in them.</summary>
    public static string? Name(KerasSettings layer) => layer.Object("config")?.Text("name") ?? layer.Text("name");

    /// <summary>Reads a layer.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="layer">The layer in the configuration.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="calls">What it reads.</param>
    /// <exception cref="CheckpointException">It is broken, or a model.</exception>
    public static KerasLayer Read(
        string path, KerasSettings layer, IReadOnlyList<FileTensor> weights, IReadOnlyList<IReadOnlyList<KerasInput>> calls)
    {
        KerasSettings settings = layer.Object("config") ?? default;
        if (layer.Text("class_name") is not { } type || Name(layer) is not { } name)
        {
            throw new CheckpointException(
                CheckpointReason.Container, path, $"expected layers with a class and a name in the configuration, found one without. Save the model again.");
        }

        if (settings.List("layers").Any())
        {
            throw new CheckpointException(
                CheckpointReason.Container, path, $"expected layers in the model, found another model, '{name}'. Build one model of all layers, and save it again.");
        }

        return new KerasLayer
        {
            ClassName = type,
            Name = name,
            Settings = settings,
            Weights = weights,
            Calls = calls,
            Wrapped = type == Bidirectional ? BothDirections(path, name, settings, weights) : Inner(path, settings, weights),
            GoBackwards = settings.Flag("go_backwards"),
        };
    }

    private static IReadOnlyList<KerasLayer> Inner(string path, KerasSettings settings, IReadOnlyList<FileTensor> weights) =>
        (settings.Object("layer") ?? settings.Object("cell")) is { } inner ? [Read(path, inner, weights, [])] : [];

    private static IReadOnlyList<KerasLayer> BothDirections(string path, string name, KerasSettings settings, IReadOnlyList<FileTensor> weights)
    {
        if (settings.Object("layer") is not { } inner || weights.Count % 2 != 0)
        {
            throw new CheckpointException(
                CheckpointReason.Container, path, $"expected a layer in the bidirectional one '{name}', and weights for two, found {weights.Count} weights. Save the model again.");
        }

        KerasSettings? other = settings.Object("backward_layer");
        KerasLayer forward = Read(path, inner, [.. weights.Take(weights.Count / 2)], []);
        KerasLayer backward = Read(path, other ?? inner, [.. weights.Skip(weights.Count / 2)], []);
        return [forward, other is not null ? backward : Reversed(backward)];
    }

    /// <summary>A backward layer that the file does not have is a copy of the forward one, and reads the other way.</summary>
    private static KerasLayer Reversed(KerasLayer layer) => new()
    {
        ClassName = layer.ClassName,
        Name = layer.Name,
        Settings = layer.Settings,
        Weights = layer.Weights,
        Wrapped = layer.Wrapped,
        GoBackwards = layer.GoBackwards is not true,
    };
}
