using RnnGen.Formats.Onnx;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;

namespace RnnGen.Tool.Onnx;

/// <summary>What an import is told besides the file.</summary>
internal sealed record ImportSettings
{
    /// <summary>The name of the class.</summary>
    public string ClassName { get; init; } = "Model";

    /// <summary>Inputs that are numbers for this import.</summary>
    public IReadOnlyDictionary<string, double> Fixed { get; init; } = new Dictionary<string, double>();

    /// <summary>Shapes of inputs, where the file leaves sizes open.</summary>
    public IReadOnlyDictionary<string, int[]> Shapes { get; init; } = new Dictionary<string, int[]>();
}

/// <summary>Turns an ONNX graph into the description of a class.</summary>
/// <remarks>
/// Sizes that the graph leaves open are assumed, twice and with other numbers, so that every other value is known: the shape of a batch of states, the steps
/// of a reshaped window. Both descriptions must be the same.
/// </remarks>
internal static class OnnxImporter
{
    /// <summary>Imports a graph.</summary>
    /// <param name="model">The file.</param>
    /// <param name="size">The size of the file in bytes.</param>
    /// <param name="settings">What the import is told besides.</param>
    /// <exception cref="ImportException">No class can express the graph.</exception>
    /// <exception cref="CheckpointException">The file is broken.</exception>
    public static ImportedModel Import(OnnxModel model, int size, ImportSettings settings)
    {
        ImportedModel imported = Run(model, size, settings, smallest: 2, out bool isOpen);
        if (!isOpen)
        {
            return imported;
        }

        return imported.WithOpenSizes(Run(model, size, settings, smallest: 3, out _));
    }

    private static ImportedModel Run(OnnxModel model, int size, ImportSettings settings, int smallest, out bool isOpen)
    {
        OnnxGraph graph = model.Graph;
        var context = new ImportContext(new Budget(size / 2));
        var known = new Scope();
        var inputs = new List<InputSignal>();
        var sizes = new OpenSizes(settings, smallest);
        var fixedInputs = new List<ImportedInput>();
        foreach (OnnxValueInfo input in graph.Inputs.Where(input => graph.FindInitializer(input.Name) is null))
        {
            known[input.Name] = InputOf(context, input, sizes, settings, inputs, fixedInputs);
        }

        string? unknown = settings.Fixed.Keys.Concat(settings.Shapes.Keys).FirstOrDefault(name => graph.Inputs.All(input => input.Name != name));
        if (unknown is not null)
        {
            throw new ImportException($"Input '{unknown}'", $"expected an input of the graph ({string.Join(", ", graph.Inputs.Take(20).Select(input => input.Name))}), found none of this name.");
        }

        new GraphWalk(context, model.OperatorSets.GetValueOrDefault("", 1)).Run(graph, known);
        ImportedModel imported = ModelBuilder.Build(context, inputs, OutputsOf(graph, known), settings.ClassName);
        isOpen = sizes.AreOpen;
        return imported with { Format = "ONNX file", Inputs = [.. imported.Inputs, .. fixedInputs] };
    }

    private static Value InputOf(
        ImportContext context, OnnxValueInfo input, OpenSizes sizes, ImportSettings settings, List<InputSignal> inputs, List<ImportedInput> fixedInputs)
    {
        string place = $"Input '{input.Name}'";
        bool isInteger = input.ElementType is "I64" or "I32" or "I16" or "I8" or "U8" or "U16" or "U32" or "U64" or "BOOL";
        if (!isInteger && input.ElementType is not ("F32" or "F64" or "F16" or "BF16"))
        {
            return new UnknownValue(new ImportException(place, $"expected numbers, found {input.ElementType}."));
        }

        if (sizes.Of(input) is not { } shape)
        {
            return new UnknownValue(new ImportException(place, $"expected the number of its dimensions in the file, found none."));
        }

        if (Shapes.LongCount(shape) == 0)
        {
            return new UnknownValue(new ImportException(place, $"expected at least one element, found shape {Shapes.Show(shape)}."));
        }

        context.Budget.Take(place, Shapes.Extent(shape));
        if (settings.Fixed.TryGetValue(input.Name, out double number))
        {
            fixedInputs.Add(new ImportedInput(input.Name, shape, InputRole.Fixed, []));
            double[] numbers = new double[Shapes.Count(shape)];
            Array.Fill(numbers, number);
            return new ConstantValue(shape, numbers, isInteger);
        }

        var signal = new InputSignal(input.Name, inputs.Count, shape, isInteger);
        inputs.Add(signal);
        return SignalValue.Of(signal, shape);
    }

    private static (string Name, SignalValue Value)[] OutputsOf(OnnxGraph graph, Scope known)
    {
        var outputs = new List<(string, SignalValue)>();
        foreach (OnnxValueInfo output in graph.Outputs)
        {
            string place = $"Output '{output.Name}'";
            outputs.Add((output.Name, known.Find(output.Name) switch
            {
                SignalValue { Count: > 0 } value => value,
                UnknownValue unknown => throw unknown.Reason,
                null => throw new ImportException(place, $"expected a node that computes it, found none."),
                _ => throw new ImportException(place, $"expected a value that depends on an input, found numbers of the file."),
            }));
        }

        return outputs.Count > 0 && outputs.Select(output => output.Item1).Distinct().Count() == outputs.Count
            ? [.. outputs]
            : throw new ImportException("The graph", $"expected outputs of different names, found {outputs.Count}.");
    }
}
