using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Commands;

/// <summary>Writes the class and the weights of a network.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An ONNX, Keras or RTNeural file." };
        var className = new Option<string>("--class") { Description = "The name of the class.", Required = true };
        var space = new Option<string?>("--namespace") { Description = "Its namespace." };
        var steps = new Option<int?>("--sequence-length") { Description = "The longest window, in steps; by default that of the file, or 64." };
        var output = new Option<string>("--output") { Description = "The folder for both files.", DefaultValueFactory = _ => "." };
        steps.Validators.Add(AtLeastOne);
        var command = new Command("import", "Writes a network as an annotated C# class, and its weights as a safetensors file that the class loads: both files or none.")
        {
            file, className, space, steps, output, InputOptions.Set, InputOptions.Shape,
        };
        command.SetAction(result => CommandAction.Run(
            () =>
            {
                string path = result.GetRequiredValue(file);
                var names = ClassNames.Check(result.GetRequiredValue(className), result.GetValue(space));
                ImportSettings settings = InputOptions.Read(result) with { ClassName = names.Class };
                ImportedModel model = NetworkFile.Import(path, NetworkFile.ReadBytes(path), settings);
                (string classPath, string weightsPath) = ImportedFiles.Write(model, names, Path.GetFileName(path), result.GetValue(steps), result.GetValue(output)!);
                TextWriter console = result.InvocationConfiguration.Output;
                NetworkReport.Write(model, console);
                console.WriteLine($"Written: {classPath}, {weightsPath}");
                return 0;
            },
            result.InvocationConfiguration.Error));
        return command;
    }

    private static void AtLeastOne(OptionResult result)
    {
        if (result.GetValueOrDefault<int?>() < 1)
        {
            result.AddError("Expected at least 1 as --sequence-length.");
        }
    }
}

/// <summary>What the user tells about inputs of the file.</summary>
internal static class InputOptions
{
    /// <summary>Fixes inputs.</summary>
    public static Option<string[]> Set { get; } = new("--set") { Description = "Fixes an input of the file: NAME=NUMBER. Can be repeated.", HelpName = "NAME=NUMBER" };

    /// <summary>Tells shapes.</summary>
    public static Option<string[]> Shape { get; } = new("--shape") { Description = "The shape of an input whose sizes the file leaves open: NAME=2,7,4. Can be repeated.", HelpName = "NAME=SIZES" };

    /// <summary>Reads both.</summary>
    /// <exception cref="ImportException">One is not as expected.</exception>
    public static ImportSettings Read(ParseResult result) => new()
    {
        Fixed = Read<double>(result.GetValue(Set), "--set", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null),
        Shapes = Read<SizesOf>(result.GetValue(Shape), "--shape", ParseShape).ToDictionary(pair => pair.Key, pair => pair.Value.Sizes),
    };

    private static SizesOf? ParseShape(string text)
    {
        string[] parts = text.Split(',');
        var sizes = new int[parts.Length];
        for (int k = 0; k < sizes.Length; k++)
        {
            if (!int.TryParse(parts[k], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[k]) || sizes[k] < 1)
            {
                return null;
            }
        }

        return new SizesOf(sizes);
    }

    private static Dictionary<string, T> Read<T>(string[]? texts, string option, Func<string, T?> parse)
        where T : struct
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (string text in texts ?? [])
        {
            int split = text.LastIndexOf('=');
            if (split < 1 || parse(text[(split + 1)..]) is not { } value || !values.TryAdd(text[..split], value))
            {
                throw new ImportException(option, $"expected the name of an input, an equals sign and what it is, once for every input, found '{text}'.");
            }
        }

        return values;
    }

    private readonly record struct SizesOf(int[] Sizes);
}
