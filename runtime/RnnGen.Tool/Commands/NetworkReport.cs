using System.Globalization;
using RnnGen.Checkpoints;
using RnnGen.Tool.Description;
using RnnGen.Tool.Writing;
using Spectre.Console;

namespace RnnGen.Tool.Commands;

/// <summary>Shows networks and tensors as tables.</summary>
internal static class NetworkReport
{
    /// <summary>Shows a network: layers, inputs, outputs, notes.</summary>
    public static void Write(ImportedModel model, TextWriter output)
    {
        WriteTable(output, "Layers", ["layer", "attribute", "reads", "outputs", "made of"], model.Layers.Select(layer => new[]
        {
            layer.Name, ClassWriter.Attribute(layer), string.Join(", ", layer.From.Select(from => from == Layer.Input ? "input" : from)),
            layer.Width.ToString(CultureInfo.InvariantCulture), layer.Origin,
        }));
        WriteTable(output, "Inputs and outputs", ["", "name", "shape", "in the class"],
        [
            .. model.Inputs.Select(input => new[] { "input", input.Name, PortTexts.Shape(input.Shape), PortTexts.Meaning(model, input) }),
            .. model.Outputs.Select(port => new[] { "output", port.Name, PortTexts.Shape(port.Shape), PortTexts.Meaning(model, port) }),
        ]);
        foreach (string note in model.Notes)
        {
            output.WriteLine(Printable.Escape(note));
        }
    }

    /// <summary>Shows a table. Texts of files are escaped.</summary>
    public static void WriteTable(TextWriter output, string title, string[] header, IEnumerable<string[]> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });

        // A broken line of a table is harder to read than a long one.
        console.Profile.Width = 200;
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Simple };
        table.AddColumns([.. header.Select(name => new TableColumn(Markup.Escape(name)))]);
        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(Printable.Name(cell)))]);
        }

        console.Write(table);
    }
}
