using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>Damaged model files.</summary>
internal static class CheckpointsCommand
{
    public static Command Create() => FilesCommand.Create("checkpoints", "Loads damaged files of models.", Targets.Models);
}
