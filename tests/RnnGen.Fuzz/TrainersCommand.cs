using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>Damaged trainer files.</summary>
internal static class TrainersCommand
{
    public static Command Create() => FilesCommand.Create("trainers", "Resumes damaged files of trainers.", Targets.Trainers);
}
