using System.CommandLine;
using System.Globalization;
using RnnGen.Formats;
using RnnGen.Formats.Onnx;
using RnnGen.Tool.Import;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Commands;

/// <summary>Shows what a file holds.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A file of any format that RnnGen.Formats reads." };
        var command = new Command("inspect", "Shows the tensors of a file and, for ONNX and Keras, its network and what import would write.")
        {
            file, InputOptions.Set, InputOptions.Shape,
        };
        command.SetAction(result => CommandAction.Run(
            () =>
            {
                string path = result.GetRequiredValue(file);
                Show(path, NetworkFile.ReadBytes(path), InputOptions.Read(result), result.InvocationConfiguration.Output);
                return 0;
            },
            result.InvocationConfiguration.Error));
        return command;
    }

    private static void Show(string path, byte[] file, Onnx.ImportSettings settings, TextWriter output)
    {
        TensorFile tensors = TensorFiles.Read(path, file);
        output.WriteLine($"{path}: {tensors.Format}, {file.Length} bytes");
        NetworkReport.WriteTable(output, "Tensors", ["name", "type", "shape", "elements"], tensors.Tensors.Select(tensor => new[]
        {
            tensor.Name, tensor.ElementType, PortTexts.Shape(tensor.Shape), tensor.Values.Length.ToString(CultureInfo.InvariantCulture),
        }));
        TensorFileFormat? format = NetworkFile.FormatOf(file);
        if (format is not OnnxFormat && !NetworkFile.HasLayers(format, tensors))
        {
            return;
        }

        try
        {
            if (format is OnnxFormat)
            {
                ShowGraph(OnnxModel.Read(path, file), output);
            }
            else
            {
                ShowLayers(KerasModel.Read(tensors), output);
            }

            NetworkReport.Write(NetworkFile.Import(path, file, settings), output);
        }
        catch (ImportException e)
        {
            output.WriteLine($"No class can express this network. {e.Message}");
        }
    }

    private static void ShowGraph(OnnxModel model, TextWriter output)
    {
        string sets = string.Join(", ", model.OperatorSets.Select(set => FormattableString.Invariant($"{(set.Key.Length > 0 ? set.Key : "ai.onnx")} {set.Value}")));
        output.WriteLine(Checkpoints.Printable.Escape($"Written by {(model.Producer.Length > 0 ? model.Producer : "an unknown program")}, operators {sets}"));
        NetworkReport.WriteTable(
            output,
            "Nodes",
            ["", "operator", "name", "inputs", "outputs"],
            model.Graph.Nodes.Select((node, index) => (node, index)).Where(pair => pair.node.ConstantValue is null).Select(pair => new[]
            {
                pair.index.ToString(CultureInfo.InvariantCulture), pair.node.OperatorType, pair.node.Name, string.Join(", ", pair.node.Inputs), string.Join(", ", pair.node.Outputs),
            }));
    }

    private static void ShowLayers(KerasModel model, TextWriter output) => NetworkReport.WriteTable(
        output,
        "Layers in the file",
        ["", "class", "name", "reads", "weights"],
        model.Layers.Select((layer, index) => new[]
        {
            index.ToString(CultureInfo.InvariantCulture), layer.ClassName ?? "", layer.Name,
            string.Join("; ", layer.Calls.Select(call => string.Join(", ", call.Select(input => input.Layer)))),
            string.Join(", ", layer.Weights.Select(weight => PortTexts.Shape(weight.Shape))),
        }));
}
