using System.CommandLine;
using System.Globalization;
using RnnGen.Serving;

namespace RnnGen.Benchmarks;

/// <summary>Many callers at once, whose steps are taken one by one or together.</summary>
internal static class LanesCommand
{
    private const int Streams = 2048;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds per contender.", DefaultValueFactory = _ => 7 };
        var milliseconds = new Option<int>("--milliseconds") { Description = "How long a round takes.", DefaultValueFactory = _ => 200 };
        var command = new Command("lanes", "Steps of many callers at once: each by itself, and together as lanes of batches.") { rounds, milliseconds };
        command.SetAction(result => Run(result.GetValue(rounds), result.GetValue(milliseconds)));
        return command;
    }

    private static void Run(int rounds, int milliseconds)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"\n{Format.Count(Streams)} streams in a host, {rounds} rounds of {milliseconds} ms each; medians.\n");
        var grid = new Grid(["model", "steps", "steps/s", "times as many", "steps per batch", "p50, µs", "p99, µs", "bytes per step"]);
        Add(grid, "GRU 16 → 32", new TrainedGruS32(seed: 1), rounds, milliseconds);
        Add(grid, "GRU 64 → 128", new TrainedGruM128(seed: 1), rounds, milliseconds);
        Add(grid, "LSTM 64 → 128", new TrainedLstmM128(seed: 1), rounds, milliseconds);
        Console.Write(grid.ToMarkdown());
        Console.WriteLine("\nTasks wait for their answer before their next message. The time of a step begins with its message, which waits for a thread of the pool. Threads have their messages at hand.");
    }

    private static void Add(Grid grid, string name, IRnnStreamingBatchModel<float> model, int rounds, int milliseconds)
    {
        int cores = Environment.ProcessorCount;
        using StreamHost<int, float> alone = Host(model, batches: 0);
        using StreamHost<int, float> together = Host(model, batches: cores);
        var all = new List<(string By, string Taken, LanesContender Contender)>
        {
            ($"{cores} threads", "each by itself", new LanesContender.Threads(alone, model, cores)),
            ($"{cores} threads, 32 at a time", "each by itself", new LanesContender.Many(alone, model, cores)),
            ($"{cores} threads, 32 at a time", "together", new LanesContender.Many(together, model, cores)),
        };
        foreach (int callers in new[] { 8, 64, 512 })
        {
            all.Add(($"{callers} tasks", "each by itself", new LanesContender.Tasks(alone, model, callers)));
            all.Add(($"{callers} tasks", "together", new LanesContender.Tasks(together, model, callers)));
        }

        for (int round = -1; round < rounds; round++)
        {
            foreach ((_, _, LanesContender contender) in all)
            {
                contender.Run(TimeSpan.FromMilliseconds(milliseconds), keep: round >= 0);
            }
        }

        foreach ((string by, string taken, LanesContender contender) in all)
        {
            LanesContender alike = all.First(other => other.By == by && other.Taken == "each by itself").Contender;
            grid.Add(
            [
                name, $"{by}, {taken}", Number(contender.Rate, "N0"), Format.Ratio(contender.Rate / alike.Rate), taken == "together" ? Number(contender.BatchSize, "0.0") : "",
                Number(contender.Latency(0.5), "N1"), Number(contender.Latency(0.99), "N1"), Number(contender.Bytes, "0.###"),
            ]);
        }
    }

    private static StreamHost<int, float> Host(IRnnStreamingModel<float> model, int batches)
    {
        var host = new StreamHost<int, float>(model, Streams, new StreamHostOptions<int> { ConcurrentBatches = batches });
        for (int key = 0; key < Streams; key++)
        {
            host.Start(key);
        }

        return host;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
