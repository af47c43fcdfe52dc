namespace RnnGen.Tool.Description;

/// <summary>A parameter of a layer, in PyTorch's layout.</summary>
/// <param name="Name">Its name in the layer, such as <c>weight_ih_l0</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its elements, the last dimension fastest.</param>
internal sealed record ImportedTensor(string Name, int[] Shape, float[] Values);

/// <summary>A layer of a class.</summary>
internal sealed record ImportedLayer
{
    /// <summary>The name of its property.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its attribute, such as <c>Lstm</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The argument of the attribute: an <see cref="int"/> or an <see cref="Activation"/>; null for none.</summary>
    public object? Argument { get; init; }

    /// <summary>The options that differ from the defaults: truth values, numbers and members of enumerations.</summary>
    public IReadOnlyList<(string Name, object Value)> Options { get; init; } = [];

    /// <summary>The layers that it reads, or <see cref="Layer.Input"/>.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>The number of outputs per step.</summary>
    public required int Width { get; init; }

    /// <summary>Its weights.</summary>
    public IReadOnlyList<ImportedTensor> Tensors { get; init; } = [];

    /// <summary>What it was made of.</summary>
    public required string Origin { get; init; }

    /// <summary>Whether it is a head.</summary>
    public bool IsHead => Kind is "Linear" or "Sigmoid" or "Softmax";

    /// <summary>An option, or what it is by default.</summary>
    public T Get<T>(string name, T otherwise)
    {
        foreach ((string option, object value) in Options)
        {
            if (option == name)
            {
                return (T)value;
            }
        }

        return otherwise;
    }
}
