using System.CommandLine;
using System.Globalization;
using RnnGen.Formats;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;
using RnnGen.Tool.Verify;

namespace RnnGen.Tool.Commands;

/// <summary>Compares an imported network with known answers.</summary>
internal static class VerifyCommand
{
    private const string InputPrefix = "in.";
    private const string OutputPrefix = "out.";

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An ONNX, Keras or RTNeural file." };
        var answers = new Argument<string>("ANSWERS") { Description = "A file of tensors in.NAME for every input and out.NAME for every output of FILE." };
        var tolerance = new Option<double>("--tolerance") { Description = "The largest absolute difference.", DefaultValueFactory = _ => 1e-5 };
        var command = new Command("verify", "Imports a network, runs the result in double, and compares its outputs with known ones. The exit code is 1 if they differ.")
        {
            file, answers, tolerance, InputOptions.Set,
        };
        command.SetAction(result => CommandAction.Run(
            () =>
            {
                IReadOnlyList<Agreement> agreements = Compare(result.GetRequiredValue(file), result.GetRequiredValue(answers), InputOptions.Read(result));
                double limit = result.GetValue(tolerance);
                NetworkReport.WriteTable(result.InvocationConfiguration.Output, "Outputs", ["output", "compared", "largest difference", ""], agreements.Select(agreement => new[]
                {
                    agreement.Output, agreement.Compared.ToString(CultureInfo.InvariantCulture), agreement.Difference.ToString("0.0e+0", CultureInfo.InvariantCulture),
                    agreement.Difference <= limit ? "agrees" : "differs",
                }));
                return agreements.All(agreement => agreement.Difference <= limit)
                    ? 0
                    : throw new ImportException("The outputs", $"expected differences of at most {limit}, found {agreements.Max(agreement => agreement.Difference)}.");
            },
            result.InvocationConfiguration.Error));
        return command;
    }

    private static IReadOnlyList<Agreement> Compare(string file, string answers, ImportSettings settings)
    {
        TensorFile known = TensorFiles.Read(answers);
        ImportedModel model = NetworkFile.Import(file, NetworkFile.ReadBytes(file), settings with { Shapes = ShapesOf(known, settings) });
        return Answers.Compare(
            model,
            new Interpreter(model),
            name => Find(known, InputPrefix + name, model.Inputs.Single(input => input.Name == name).Shape),
            name => Find(known, OutputPrefix + name, model.Outputs.Single(output => output.Name == name).Shape));
    }

    private static Dictionary<string, int[]> ShapesOf(TensorFile known, ImportSettings settings) => known.Tensors
        .Where(tensor => tensor.Name.StartsWith(InputPrefix, StringComparison.Ordinal) && !settings.Fixed.ContainsKey(tensor.Name[InputPrefix.Length..]))
        .ToDictionary(tensor => tensor.Name[InputPrefix.Length..], tensor => tensor.Shape.ToArray());

    private static float[] Find(TensorFile known, string name, int[] shape)
    {
        FileTensor tensor = known.Find(name) ?? throw new ImportException($"Tensor '{name}'", $"expected it among the answers, found none of this name.");
        return tensor.Shape.SequenceEqual(shape)
            ? tensor.Values.ToArray()
            : throw new ImportException($"Tensor '{name}'", $"expected shape {Shapes.Show(shape)}, found {Shapes.Show(tensor.Shape)}.");
    }
}
