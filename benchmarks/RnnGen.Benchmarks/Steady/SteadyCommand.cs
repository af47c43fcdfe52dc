using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>The latency of single steps: in a quiet process, and next to a thread that keeps the garbage collector busy.</summary>
internal static class SteadyCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter") { Description = "Measure only the models whose names contain this.", DefaultValueFactory = _ => "s32" };
        Option<string[]> collectors = SeveralOption.Create("--collector", "Ways to set the garbage collector up", [.. Collector.All.Select(one => one.Name)], usual: Collector.All[0].Name);
        var child = new Option<string?>("--child") { Description = "Measure this model in this very process.", Hidden = true };
        var command = new Command("steady", "The latency of single steps, alone and beside a thread that allocates.") { filter, collectors, child };
        command.SetAction(result =>
        {
            IReadOnlyList<Collector> chosen = [.. SeveralOption.Split(result.GetValue(collectors)).Select(name => Collector.All.Single(one => one.Name == name))];
            if (result.GetValue(child) is string name)
            {
                Child.Answer(Measure(Catalog.All.Single(model => model.Name == name), chosen[0]));
            }
            else
            {
                Run(result.GetValue(filter)!, chosen);
            }
        });
        return command;
    }

    private static void Run(string word, IReadOnlyList<Collector> collectors)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"\n{SteadyTimes.Rounds} rounds of {SteadyTimes.Steps:#,0} steps, one every {SteadyTimes.Microseconds:0} µs; nanoseconds from when a step was due. The neighbor allocates {Neighbor.BytesPerSecond / 1_000_000} MB/s.\n");
        var grid = new Grid(["model", "collector", "neighbor", "p50", "p99", "p99.9", "max", "p99.9 / p50", "in the quietest round", "collections", "pause", "delayed steps", "longest"]);
        foreach (MeasuredModel model in Catalog.Matching(word))
        {
            foreach (Collector collector in collectors)
            {
                Console.Error.WriteLine($"{model.Name}, {collector.Name}");
                SteadyTimes[] both = Child.Run<SteadyTimes[]>(["steady", "--child", model.Name, "--collector", collector.Name], collector.Environment);
                Add("no", both[0]);
                Add("yes", both[1]);

                void Add(string neighbor, SteadyTimes times) => grid.Add(
                [
                    model.Name, collector.Name, neighbor,
                    Format.Nanoseconds(times.Latency.P50), Format.Nanoseconds(times.Latency.P99), Format.Nanoseconds(times.Latency.P999), Format.Nanoseconds(times.Latency.Max),
                    Format.Ratio(times.Latency.P999 / times.Latency.P50), Format.Ratio(times.Quietest.P999 / times.Quietest.P50),
                    Format.Count(times.Collections), Format.Nanoseconds(times.Pause), Format.Count(times.Delayed), Format.Nanoseconds(times.Longest),
                ]);
            }
        }

        Console.Write(grid.ToMarkdown());
    }

    private static SteadyTimes[] Measure(MeasuredModel model, Collector collector)
    {
        collector.Start();
        SteadyTimes quiet = model.Steady();
        using var neighbor = new Neighbor();
        return [quiet, model.Steady()];
    }
}
