using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>The cost of the first calls, each model in new processes: the best of several.</summary>
internal static class StartupCommand
{
    private const int Processes = 5;

    public static Command Create()
    {
        var filter = new Argument<string>("filter") { Description = "Measure only the models whose names contain this.", DefaultValueFactory = _ => "" };
        var child = new Option<string?>("--child") { Description = "Measure this model in this very process.", Hidden = true };
        var command = new Command("startup", "What a model's first calls cost in a new process.") { filter, child };
        command.SetAction(result =>
        {
            if (result.GetValue(child) is string name)
            {
                Child.Answer(Catalog.All.Single(model => model.Name == name).Startup());
            }
            else
            {
                Run(result.GetValue(filter)!);
            }
        });
        return command;
    }

    private static void Run(string filter)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"Milliseconds, the best of {Processes} processes; the second window for comparison.");
        Console.WriteLine($"{"model",-16} {"create",8} {"step",8} {"train",8} {"of these JIT",13} {"methods",8} {"train again",12}");
        foreach (MeasuredModel model in Catalog.Matching(filter))
        {
            StartupTimes best = Enumerable.Range(0, Processes).Select(_ => Child.Run<StartupTimes>(["startup", "--child", model.Name])).MinBy(times => times.Compiling)!;
            Console.WriteLine($"{model.Name,-16} {best.Create,8:0.0} {best.Step,8:0.0} {best.Train,8:0.0} {best.Compiling,13:0.0} {best.Methods,8} {best.Again,12:0.00}");
        }
    }
}
