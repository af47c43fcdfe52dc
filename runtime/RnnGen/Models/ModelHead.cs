namespace RnnGen;

/// <summary>A head of a model, and where its outputs are among those of a window: head after head, each with its rows.</summary>
/// <param name="layer">The head; of a model without one, the last layer.</param>
/// <param name="index">Its place among the heads.</param>
/// <param name="size">Numbers per row.</param>
/// <param name="isOnce">Whether a window has one row, not one per step.</param>
/// <param name="perStep">Numbers per step of the heads before it.</param>
/// <param name="perWindow">Numbers per window of the heads before it.</param>
internal sealed class ModelHead(Layer layer, int index, int size, bool isOnce, int perStep, int perWindow)
{
    public Layer Layer => layer;

    public int Index => index;

    public int Size => size;

    /// <summary>Where its outputs start among those of a step.</summary>
    public int FirstOutput => perStep + perWindow;

    /// <summary>All heads of a model, in the order of their outputs.</summary>
    public static ModelHead[] AllOf(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<Layer> layers = model.Layers;
        var heads = new List<ModelHead>();
        (int perStep, int perWindow) = (0, 0);
        for (int k = 0; k < layers.Count; k++)
        {
            if (layers[k].Declaration is HeadAttribute declaration)
            {
                bool isOnce = LayerGraph.IsOnce(layers, k);
                heads.Add(new ModelHead(layers[k], heads.Count, declaration.Size, isOnce, perStep, perWindow));
                perStep += isOnce ? 0 : declaration.Size;
                perWindow += isOnce ? declaration.Size : 0;
            }
        }

        return heads.Count > 0 ? [.. heads] : [new ModelHead(layers[^1], 0, model.OutputSize, model.GetOutputLength(2) == model.OutputSize, 0, 0)];
    }

    /// <summary>Finds a head.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">Its name; null for the only one.</param>
    /// <exception cref="ArgumentException">There is no such head, or several and no name.</exception>
    public static ModelHead Of(IRnnModel model, string? name)
    {
        ModelHead[] heads = AllOf(model);
        if (name is null)
        {
            return heads.Length == 1 ? heads[0] : throw new ArgumentException($"Expected the name of a head, {Names()}: the model has {heads.Length}.", "head");
        }

        return Array.Find(heads, head => head.Layer.Name == name)
            ?? throw new ArgumentException($"Expected the name of a head, {Names()}, found '{name}'.", "head");

        string Names() => string.Join(" or ", heads.Select(head => $"'{head.Layer.Name}'"));
    }

    /// <summary>Finds a head of one kind.</summary>
    /// <typeparam name="T">Its attribute.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="name">Its name; null for the only one.</param>
    /// <exception cref="ArgumentException">There is no such head, or several and no name.</exception>
    public static ModelHead Of<T>(IRnnModel model, string? name)
        where T : HeadAttribute
    {
        ModelHead head = Of(model, name);
        return head.Layer.Declaration is T
            ? head
            : throw new ArgumentException($"Expected a [{typeof(T).Name[..^"Attribute".Length]}] head, found '{head.Layer.Name}', a {head.Layer.Attribute}.", name is null ? nameof(model) : "head");
    }

    /// <summary>Number of rows of a window.</summary>
    /// <param name="steps">Number of steps.</param>
    public int Rows(int steps) => isOnce ? 1 : steps;

    /// <summary>The rows of this head.</summary>
    /// <param name="outputs">The outputs of all heads.</param>
    /// <param name="steps">Number of steps.</param>
    public ReadOnlySpan<float> In(ReadOnlySpan<float> outputs, int steps) => outputs.Slice((steps * perStep) + perWindow, Rows(steps) * size);
}
