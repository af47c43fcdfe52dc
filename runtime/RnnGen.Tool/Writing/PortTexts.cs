using RnnGen.Tool.Description;

namespace RnnGen.Tool.Writing;

/// <summary>Says what the inputs and outputs of a file are in the class, one line each.</summary>
internal static class PortTexts
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(ImportedModel model) => model.Inputs.Select(input => Of(model, input)).Concat(model.Outputs.Select(output => Of(model, output)));

    /// <summary>What an input is.</summary>
    public static string Meaning(ImportedModel model, ImportedInput input) => input.Role switch
    {
        InputRole.Data when model.HasTokens => "tokens",
        InputRole.Data => $"inputs {Columns(input.Places)}",
        InputRole.State => $"initial values of {States(input.Places)}",
        InputRole.Lengths => "the number of steps of every row: run each row with its own steps",
        InputRole.Fixed => "fixed for this class",
        _ => "not used",
    };

    /// <summary>What an output is.</summary>
    public static string Meaning(ImportedModel model, ImportedOutput output)
    {
        if (output.Places[0].IsState)
        {
            return $"{States(output.Places)} afterwards";
        }

        int column = 0;
        foreach (ImportedLayer layer in model.Results.TakeWhile(layer => layer.Name != output.Places[0].Name))
        {
            column += layer.Width;
        }

        return $"outputs {Columns(output.Places, column)}";
    }

    /// <summary>A shape; sizes that are open are question marks.</summary>
    public static string Shape(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(size => size < 0 ? "?" : FormattableString.Invariant($"{size}")))}]";

    private static string Of(ImportedModel model, ImportedInput input) => $"Input '{input.Name}' {Shape(input.Shape)}: {Meaning(model, input)}.";

    private static string Of(ImportedModel model, ImportedOutput output) => $"Output '{output.Name}' {Shape(output.Shape)}: {Meaning(model, output)}.";

    private static string Columns(Place[] places, int start = 0)
    {
        int first = places.Min(place => place.Column) + start;
        int last = places.Max(place => place.Column) + start;
        return first == last ? FormattableString.Invariant($"{first}") : FormattableString.Invariant($"{first} to {last}");
    }

    private static string States(Place[] places) => string.Join(", ", places.Where(place => place.IsState).Select(place => $"state[\"{place.Name}\"]").Distinct());
}
