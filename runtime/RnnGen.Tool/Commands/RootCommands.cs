using System.CommandLine;

namespace RnnGen.Tool.Commands;

/// <summary>The commands of the tool.</summary>
internal static class RootCommands
{
    public static RootCommand Create() => new("Looks into the files of other programs, and writes networks of ONNX, Keras and RTNeural as RnnGen classes with their weights.")
    {
        InspectCommand.Create(),
        ImportCommand.Create(),
        VerifyCommand.Create(),
        QuantizeCommand.Create(),
        ExportCommand.Create(),
    };
}
