using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>The process that <see cref="KillRuns"/> kills.</summary>
internal static class SaveCommand
{
    public const string Name = "save";

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "The file." };
        var first = new Argument<int>("first") { Description = "The number that all weights are first." };
        var count = new Option<long>("--count") { Description = "How many saves.", DefaultValueFactory = _ => long.MaxValue };
        var command = new Command(Name, "Saves a model to one file again and again, with other weights each time.") { path, first, count };
        command.Hidden = true;
        command.SetAction(line =>
        {
            try
            {
                Saver.Run(line.GetValue(path)!, line.GetValue(first), line.GetValue(count));
                return 0;
            }
            catch (CheckpointException e)
            {
                Console.Error.WriteLine($"{e.Reason}: {e.Message}");
                return 1;
            }
        });
        return command;
    }
}
