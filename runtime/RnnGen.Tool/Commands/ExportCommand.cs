using System.CommandLine;
using RnnGen.Checkpoints;
using RnnGen.Formats;
using RnnGen.Tool.Onnx;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Commands;

/// <summary>Writes the tensors of a file for other programs.</summary>
internal static class ExportCommand
{
    private const string Npz = "npz";
    private const string PyTorch = "pytorch";
    private const string Safetensors = "safetensors";

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A file of any format that RnnGen.Formats reads; for pytorch, an ONNX or Keras file." };
        var format = new Option<string>("--format")
        {
            Description = "safetensors or npz: the tensors of the file. pytorch: the weights of its network, in PyTorch's layout, as a state_dict in a safetensors file.",
            Required = true,
        };
        format.AcceptOnlyFromAmong(Npz, PyTorch, Safetensors);
        var output = new Option<string>("--output") { Description = "The file to write. It is replaced completely or not at all.", Required = true };
        var rename = new Option<string[]>("--rename")
        {
            Description = "The name of a layer or tensor in the file that is written: Lstm=net.rnn. Can be repeated.", HelpName = "NAME=NAME",
        };
        var command = new Command(
            "export", "Writes tensors as 32-bit floats for other programs. For ONNX, load the weights into a model, and use its ExportOnnx: a file of weights has no equations.")
        {
            file, format, output, rename, InputOptions.Set, InputOptions.Shape,
        };
        command.SetAction(result => CommandAction.Run(
            () =>
            {
                string path = result.GetRequiredValue(file);
                string to = result.GetRequiredValue(output);
                string kind = result.GetRequiredValue(format);
                TensorToWrite[] tensors = new TensorRenames(result.GetValue(rename) ?? []).Apply(Tensors(path, kind, InputOptions.Read(result)));
                if (kind == Npz)
                {
                    ExportedFile.Write(to, NumpyArchiveWriter.Write(to, tensors));
                }
                else
                {
                    SafetensorsContent.OfForeign(to, tensors, new Dictionary<string, string> { ["format"] = "pt" }).WriteTo(to);
                }

                result.InvocationConfiguration.Output.WriteLine($"Written: {to}, {tensors.Length} tensors");
                return 0;
            },
            result.InvocationConfiguration.Error));
        return command;
    }

    private static IReadOnlyList<FileTensor> Tensors(string path, string kind, ImportSettings settings)
    {
        byte[] file = NetworkFile.ReadBytes(path);
        return kind == PyTorch ? ImportedFiles.Tensors(NetworkFile.Import(path, file, settings)) : TensorFiles.Read(path, file).Tensors;
    }
}
