namespace RnnGen;

/// <summary>Which layer reads which.</summary>
internal static class LayerGraph
{
    /// <summary>The layers that a layer reads.</summary>
    /// <param name="layers">All layers of the model.</param>
    /// <param name="index">The layer.</param>
    /// <returns>Their indices, -1 for the model's input.</returns>
    public static int[] SourcesOf(IReadOnlyList<Layer> layers, int index)
    {
        string[] from = layers[index].Declaration.From;
        return from.Length > 0
            ? [.. from.Select(name => name == Layer.Input ? -1 : Find(layers, layers.Count, layer => layer.Name == name))]
            : [Find(layers, index, layer => layer.Declaration is not HeadAttribute)];
    }

    /// <summary>Whether a layer has one row per window, because it or one that it reads answers only at the last step.</summary>
    /// <param name="layers">All layers of the model.</param>
    /// <param name="index">The layer.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsOnce(IReadOnlyList<Layer> layers, int index) =>
        index >= 0 && (layers[index].Declaration is RecurrentAttribute { ReturnSequences: false } || IsOnce(layers, SourcesOf(layers, index)[0]));

    /// <summary>The last layer before an index that has a property; -1 if there is none.</summary>
    private static int Find(IReadOnlyList<Layer> layers, int end, Func<Layer, bool> has)
    {
        int index = end - 1;
        while (index >= 0 && !has(layers[index]))
        {
            index--;
        }

        return index;
    }
}
