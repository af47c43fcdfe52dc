using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>What models cost at every build: processor time and memory of the C# compiler, each project in a new process.</summary>
internal static class BuildTimeCommand
{
    public static Command Create()
    {
        var models = new Option<int[]>("--models") { Description = "How many models the projects have.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10, 40] };
        var other = new Option<DirectoryInfo>("--other") { Description = "The folder of another build of these benchmarks, to be compared." };
        other.AcceptExistingOnly();
        var child = new Option<string[]?>("--child") { Description = "Compile with these options in this very process.", Hidden = true, AllowMultipleArgumentsPerToken = true };
        var command = new Command("build-time", "What models cost at every build: processor time and memory of the C# compiler.") { models, other, child };
        command.SetAction(result =>
        {
            if (result.GetValue(child) is { Length: > 0 } options)
            {
                Child.Answer(BuildTimes.Measure(options));
            }
            else
            {
                Run(result.GetValue(models)!, result.GetValue(other)?.FullName);
            }
        });
        return command;
    }

    private static void Run(int[] counts, string? other)
    {
        string mine = AppContext.BaseDirectory;
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("Seconds of processor time in a new compiler process, and in one that has compiled the project before (the generator is loaded anew each time);");
        Console.WriteLine("peak memory of the process. Per model: beyond a project without models.");
        Console.WriteLine($"{"models",6} {"build",-6} {"part",-15} {"first s",8} {"later s",8} {"peak MB",8} {"per model: first",17} {"later",6} {"MB",5}");
        BuildTimes empty = BuildTimes.Measure(mine, models: 0, isGenerated: false);
        Print(0, "this", "all", empty);
        foreach (int count in counts)
        {
            foreach ((string name, string path) in other is null ? [("this", mine)] : new[] { ("this", mine), ("other", other) })
            {
                Print(count, name, "all", BuildTimes.Measure(path, count, isGenerated: false));
                Print(count, name, "generated text", BuildTimes.Measure(path, count, isGenerated: true));
            }
        }

        void Print(int count, string name, string part, BuildTimes times)
        {
            string perModel = count == 0 ? "" :
                $" {(times.First - empty.First) / count,17:0.000} {(times.Later - empty.Later) / count,6:0.000} {(times.PeakMegabytes - empty.PeakMegabytes) / count,5:0.0}";
            Console.WriteLine($"{count,6} {name,-6} {part,-15} {times.First,8:0.00} {times.Later,8:0.00} {times.PeakMegabytes,8:0}{perModel}");
        }
    }
}
