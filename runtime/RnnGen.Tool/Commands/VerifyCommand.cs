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
        var known = new Argument<string>("ANSWERS") { Description = "A file of tensors in.NAME for every input and out.NAME for every output of FILE." };
        var tolerance = new Option<double>("--tolerance") { Description = "The largest absolute difference.", DefaultValueFactory = _ => 1e-5 };
        var command = new Command("verify", "Imports a network, runs the result in double, and compares its outputs with known ones. If they differ, the exit code is 1, and the convention that would be right is named.")
        {
            file, known, tolerance, InputOptions.Set,
        };
        command.SetAction(result => CommandAction.Run(
            () =>
            {
                (Answers answers, ReferenceRun run) = Read(result.GetRequiredValue(file), result.GetRequiredValue(known), InputOptions.Read(result));
                TextWriter console = result.InvocationConfiguration.Output;
                double limit = result.GetValue(tolerance);
                IReadOnlyList<Agreement> agreements = answers.Compare(run);
                NetworkReport.WriteTable(console, "Outputs", ["output", "compared", "largest difference", ""], agreements.Select(agreement => new[]
                {
                    agreement.Output, agreement.Compared.ToString(CultureInfo.InvariantCulture), agreement.Difference.ToString("0.0e+0", CultureInfo.InvariantCulture),
                    agreement.Difference <= limit ? "agrees" : "differs",
                }));
                if (agreements.All(agreement => agreement.Difference <= limit))
                {
                    return 0;
                }

                IReadOnlyList<ConventionFinding> findings = answers.Diagnose(run, limit);
                console.WriteLine(findings.Count == 0 ? "No other convention was found that gives the known outputs." : "The outputs are right if:");
                foreach (ConventionFinding finding in findings)
                {
                    console.WriteLine($"  {finding}");
                }

                throw new ImportException("The outputs", $"expected differences of at most {limit}, found {agreements.Max(agreement => agreement.Difference)}.");
            },
            result.InvocationConfiguration.Error));
        return command;
    }

    private static (Answers Answers, ReferenceRun Run) Read(string file, string answers, ImportSettings settings)
    {
        TensorFile known = TensorFiles.Read(answers);
        ImportedModel model = NetworkFile.Import(file, NetworkFile.ReadBytes(file), settings with { Shapes = ShapesOf(known, settings) });
        return (
            new Answers(
                model,
                name => Find(known, InputPrefix + name, model.Inputs.Single(input => input.Name == name).Shape),
                name => Find(known, OutputPrefix + name, model.Outputs.Single(output => output.Name == name).Shape)),
            new ReferenceRun(model));
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
