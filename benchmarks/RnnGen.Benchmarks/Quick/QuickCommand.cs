using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>Nanoseconds per step of our models, best and median of many short rounds, models taking turns.</summary>
internal static class QuickCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter") { Description = "Measure only the models whose names contain this.", DefaultValueFactory = _ => "" };
        var command = new Command("quick", "Nanoseconds per step of our models alone.") { filter };
        command.SetAction(result => Run(result.GetValue(filter)!));
        return command;
    }

    public static void Run(string filter)
    {
        QuickTimes[] chosen = [.. Catalog.Matching(filter).Select(model => model.Quick())];
        for (int round = 0; round < 60; round++)
        {
            foreach (QuickTimes times in chosen)
            {
                times.Step.Run();
                times.Train.Run();
                times.Update.Run();
            }
        }

        Console.WriteLine($"{"model",-16} {"step best",10} {"median",10} {"train best",11} {"median",10} {"Adam best",10} {"median",10}   (ns; per step, Adam per update)");
        foreach (QuickTimes times in chosen)
        {
            Console.WriteLine(
                $"{times.Name,-16} {times.Step.Best,10:0.0} {times.Step.Median,10:0.0} {times.Train.Best,11:0.0} {times.Train.Median,10:0.0} {times.Update.Best,10:0} {times.Update.Median,10:0}");
        }
    }
}
