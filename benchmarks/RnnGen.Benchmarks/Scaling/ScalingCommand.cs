using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>Whether the cost grows as the work does: windows of full length beside those of half.</summary>
internal static class ScalingCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter") { Description = "Measure only the models whose names contain this.", DefaultValueFactory = _ => "" };
        var command = new Command("scaling", "Time of a window divided by that of half a window.") { filter };
        command.SetAction(result => Run(result.GetValue(filter)!));
        return command;
    }

    private static void Run(string filter)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"{"model",-12} {"forward ns",12} {"x half",7} {"training ns",12} {"x half",7}");
        foreach (MeasuredModel model in Catalog.All.Where(model => (model.Shape.CellName + model.Shape.Size).Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            ScalingTimes times = model.Scaling();
            for (int round = 0; round < 40; round++)
            {
                times.HalfWindow.Run();
                times.Window.Run();
                times.HalfTraining.Run();
                times.Training.Run();
            }

            Console.WriteLine(
                $"{times.Name,-12} {times.Window.Best,12:0} {times.Window.Best / times.HalfWindow.Best,7:0.00} {times.Training.Best,12:0} {times.Training.Best / times.HalfTraining.Best,7:0.00}");
        }
    }
}
