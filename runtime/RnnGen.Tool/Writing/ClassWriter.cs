using System.Globalization;
using System.Text;
using RnnGen.Checkpoints;
using RnnGen.Tool.Description;

namespace RnnGen.Tool.Writing;

/// <summary>Writes the annotated class of an imported network.</summary>
internal static class ClassWriter
{
    private const int DefaultSteps = 64;

    /// <summary>The text of the class.</summary>
    /// <param name="model">The network.</param>
    /// <param name="names">The names of the class and its namespace, which were checked.</param>
    /// <param name="source">The name of the file that was imported.</param>
    /// <param name="steps">The longest window; null for that of the file, or a usual one.</param>
    public static string Write(ImportedModel model, ClassNames names, string source, int? steps)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"// Written by rnngen from {Comment(source)}.\n");
        text.Append("using RnnGen;\n\n");
        if (names.Namespace is { } space)
        {
            text.Append(CultureInfo.InvariantCulture, $"namespace {space};\n\n");
        }

        WriteSummary(text, model, source);
        text.Append(CultureInfo.InvariantCulture, $"[RnnModel(inputSize: {model.InputSize}, sequenceLength: {StepsOf(model, steps)})]\n");
        text.Append(CultureInfo.InvariantCulture, $"public sealed partial class {names.Class}\n{{\n");
        for (int k = 0; k < model.Layers.Count; k++)
        {
            text.Append(k > 0 ? "\n" : "");
            WriteLayer(text, model, k);
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The longest window: what was asked for, or that of the file, or a usual one.</summary>
    public static int StepsOf(ImportedModel model, int? steps) => steps ?? (model.HasFixedSteps && model.Steps > 1 ? model.Steps : DefaultSteps);

    /// <summary>The attribute of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="more">Further arguments.</param>
    public static string Attribute(ImportedLayer layer, params ReadOnlySpan<string> more)
    {
        string?[] arguments = [layer.Argument is null ? null : Literal(layer.Argument), .. layer.Options.Select(option => $"{option.Name} = {Literal(option.Value)}"), .. more];
        string list = string.Join(", ", arguments.Where(argument => argument is not null));
        return list.Length > 0 ? $"{layer.Kind}({list})" : layer.Kind;
    }

    private static void WriteSummary(StringBuilder text, ImportedModel model, string source)
    {
        text.Append(CultureInfo.InvariantCulture, $"/// <summary>The network of {Documentation(source)}.</summary>\n/// <remarks>\n");
        foreach (string line in PortTexts.Of(model))
        {
            text.Append(CultureInfo.InvariantCulture, $"/// {Documentation(line)}<br/>\n");
        }

        foreach (string note in model.Notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"/// {Documentation(note)}<br/>\n");
        }

        text.Append("/// </remarks>\n");
    }

    private static void WriteLayer(StringBuilder text, ImportedModel model, int index)
    {
        ImportedLayer layer = model.Layers[index];
        bool readsBefore = layer.From.SequenceEqual([Before(model, index)]);
        string[] from = readsBefore ? [] : [$"From = [{string.Join(", ", layer.From.Select(name => name == Layer.Input ? "Layer.Input" : $"nameof({name})"))}]"];
        text.Append(CultureInfo.InvariantCulture, $"    /// <summary>{Documentation(layer.Origin)}.</summary>\n");
        text.Append(CultureInfo.InvariantCulture, $"    [{Attribute(layer, from)}]\n    public partial Layer {layer.Name} {{ get; }}\n");
    }

    /// <summary>What a layer reads by default: the last layer before it that is no head.</summary>
    private static string Before(ImportedModel model, int index) =>
        model.Layers.Take(index).LastOrDefault(layer => !layer.IsHead)?.Name ?? Layer.Input;

    private static string Literal(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        Enum member => $"{member.GetType().Name}.{member}",
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => ((float)number).ToString("R", CultureInfo.InvariantCulture) + "f",
        _ => throw new InvalidOperationException($"An option is of {value.GetType()}."),
    };

    /// <summary>Text for a comment of one line.</summary>
    private static string Comment(string text) => Printable.Escape(text);

    /// <summary>Text for a comment with markup.</summary>
    private static string Documentation(string text) => Printable.Escape(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
