namespace RnnGen.Interop;

/// <summary>Arrays without names, layer by layer, against the layers of a model.</summary>
internal static class OrderedWeights
{
    // Of a frozen graph, hundreds may be constants.
    private const int MostShown = 12;

    /// <summary>Reads the arrays of all layers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="arrays">The arrays.</param>
    /// <param name="layouts">The layout of each layer.</param>
    /// <exception cref="ArgumentException">The arrays do not fit the layers.</exception>
    public static IReadOnlyList<ParameterValues> Read(IRnnModel model, IReadOnlyList<WeightTensor> arrays, Func<Layer, WeightLayout> layouts)
    {
        Part[] parts = [.. model.Layers.Where(layer => layer.Parameters.Count > 0).SelectMany(layer => PartsOf(layer, layouts(layer)))];
        int expected = parts.Sum(part => part.Count);
        if (arrays.Count != expected)
        {
            throw new ArgumentException($"Expected {expected} arrays ({string.Join(", ", parts.Select(part => $"{part.Count} for {part.Text}"))}), found {arrays.Count}: {Shapes.Text([.. arrays.Take(MostShown)])}{(arrays.Count > MostShown ? ", ..." : "")}.", nameof(arrays));
        }

        var values = new List<ParameterValues>();
        int first = 0;
        foreach (Part part in parts)
        {
            values.AddRange(part.Read([.. arrays.Skip(first).Take(part.Count)]));
            first += part.Count;
        }

        return values;
    }

    private static IEnumerable<Part> PartsOf(Layer layer, WeightLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (layer.Declaration is not RecurrentAttribute)
        {
            // The table of an embedding is the same everywhere.
            var conversion = new LayerConversion(layer, layout.Transposed && layer.Declaration is not EmbeddingAttribute);
            bool hasBias = LayerConversion.ParametersOf(layer).Bias is not null;
            return [new Part($"layer '{layer.Name}'", hasBias ? 2 : 1, arrays => conversion.Read(new LayerWeights { Weight = arrays[0], Bias = hasBias ? arrays[1] : null }))];
        }

        if (layout.Packed)
        {
            return [new Part($"layer '{layer.Name}'", 1, arrays => new PackedBuffer(layer, layout).Read(new RecurrentWeights { Layout = layout, Buffer = arrays[0] }))];
        }

        return RecurrentPart.All(layer).Select(part =>
        {
            var conversion = new RecurrentConversion(part, layout);
            return new Part(part.Text, conversion.ArrayCounts.Sum(), conversion.Read);
        });
    }

    /// <summary>A layer, or a level and direction of one.</summary>
    private readonly record struct Part(string Text, int Count, Func<WeightTensor[], IReadOnlyList<ParameterValues>> Read);
}
