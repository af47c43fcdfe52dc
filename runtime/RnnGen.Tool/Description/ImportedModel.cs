using RnnGen.Tool.Import;

namespace RnnGen.Tool.Description;

/// <summary>A network as a class can declare it, with its weights, and what its inputs and outputs are in the file.</summary>
internal sealed record ImportedModel
{
    /// <summary>What the file is, such as <c>ONNX file</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The number of inputs per step, or of tokens.</summary>
    public required int InputSize { get; init; }

    /// <summary>Whether the inputs are tokens.</summary>
    public required bool HasTokens { get; init; }

    /// <summary>The layers in the order of their declaration: heads last.</summary>
    public required IReadOnlyList<ImportedLayer> Layers { get; init; }

    /// <summary>The inputs of the file.</summary>
    public required IReadOnlyList<ImportedInput> Inputs { get; init; }

    /// <summary>The outputs of the file.</summary>
    public required IReadOnlyList<ImportedOutput> Outputs { get; init; }

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The number of steps for which the places of inputs and outputs were found: that of the file, or an assumed one.</summary>
    public required int Steps { get; init; }

    /// <summary>The number of rows of a batch.</summary>
    public required int Rows { get; init; }

    /// <summary>Whether the file has one number of steps, for which it was exported.</summary>
    public required bool HasFixedSteps { get; init; }

    /// <summary>The layers whose outputs are the outputs of the class: heads, or the last layer.</summary>
    public IEnumerable<ImportedLayer> Results => Layers.Any(layer => layer.IsHead) ? Layers.Where(layer => layer.IsHead) : [Layers[^1]];

    /// <summary>The same network, of which it is known which sizes are open.</summary>
    /// <param name="other">The network where these sizes are assumed to be others.</param>
    /// <exception cref="ImportException">The layers depend on these sizes.</exception>
    public ImportedModel WithOpenSizes(ImportedModel other) => HasLayersOf(other)
        ? this with
        {
            HasFixedSteps = Steps == other.Steps,
            Inputs = [.. Inputs.Zip(other.Inputs, (one, two) => one with { Shape = Open(one.Shape, two.Shape) })],
            Outputs = [.. Outputs.Zip(other.Outputs, (one, two) => one with { Shape = Open(one.Shape, two.Shape) })],
        }
        : throw new ImportException("The network", $"expected one that does not depend on sizes that the file leaves open, found that it does. Tell them with --shape, or export it with fixed sizes.");

    /// <summary>Whether the layers are the same, with the same weights.</summary>
    public bool HasLayersOf(ImportedModel other) =>
        InputSize == other.InputSize && HasTokens == other.HasTokens && Layers.Count == other.Layers.Count && Layers.Zip(other.Layers).All(pair => AreSame(pair.First, pair.Second));

    private static int[] Open(int[] one, int[] other) => [.. one.Zip(other, (a, b) => a == b ? a : -1)];

    private static bool AreSame(ImportedLayer one, ImportedLayer other) => one.Name == other.Name && one.Kind == other.Kind && Equals(one.Argument, other.Argument)
        && one.Options.SequenceEqual(other.Options) && one.From.SequenceEqual(other.From) && one.Tensors.Count == other.Tensors.Count
        && one.Tensors.Zip(other.Tensors).All(pair => pair.First.Name == pair.Second.Name && pair.First.Shape.SequenceEqual(pair.Second.Shape) && pair.First.Values.AsSpan().SequenceEqual(pair.Second.Values));
}

/// <summary>What an input of a file is.</summary>
internal enum InputRole
{
    /// <summary>Features or tokens: the inputs of the class.</summary>
    Data,

    /// <summary>The initial values of states.</summary>
    State,

    /// <summary>The number of steps of every row.</summary>
    Lengths,

    /// <summary>A number that was given for the import.</summary>
    Fixed,

    /// <summary>Nothing that an output depends on.</summary>
    Unused,
}

/// <summary>An input of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; -1 for a size that the file leaves open.</param>
/// <param name="Role">What it is.</param>
/// <param name="Places">Where each of its elements is in the class; empty if it is neither data nor state.</param>
internal sealed record ImportedInput(string Name, int[] Shape, InputRole Role, Place[] Places);

/// <summary>An output of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; -1 for a size that the file leaves open.</param>
/// <param name="Places">Where each of its elements is in the class.</param>
internal sealed record ImportedOutput(string Name, int[] Shape, Place[] Places);

/// <summary>Where an element of an input or an output is in the class.</summary>
/// <param name="Name">A state, such as <c>Memory.h</c>, or a layer whose outputs are those of the class; empty for the inputs of the class.</param>
/// <param name="IsState">Whether it is an element of a state.</param>
/// <param name="Step">The step; 0 for states, and where only the last step has outputs.</param>
/// <param name="Row">The row of the batch.</param>
/// <param name="Column">The feature or unit; -1 for an element that is nothing of the class.</param>
internal readonly record struct Place(string Name, bool IsState, int Step, int Row, int Column)
{
    /// <summary>An element that is nothing of the class.</summary>
    public static Place None => new("", false, 0, 0, -1);
}
