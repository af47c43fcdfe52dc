using System.CommandLine;
using System.Globalization;

namespace RnnGen.Benchmarks;

/// <summary>Many live streams in a host, beside loops over the same streams: memory and time of a step.</summary>
internal static class ServingCommand
{
    public static Command Create()
    {
        var streams = new Option<int>("--streams") { Description = "Number of live streams.", DefaultValueFactory = _ => 1_000_000 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds per contender; in each, every stream takes a step.", DefaultValueFactory = _ => 9 };
        var command = new Command("serving", "Many live streams of a GRU with 12 units in a host, beside loops over the same streams: memory and time of a step.") { streams, rounds, LanesCommand.Create() };
        command.SetAction(result => Run(result.GetValue(streams), result.GetValue(rounds)));
        return command;
    }

    private static void Run(int streams, int rounds)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine($"\n{Format.Count(streams)} live streams of [Gru(12), Linear(1)] with 4 inputs; in each of {rounds} rounds, every stream takes one step, in the same random order.\n");
        var model = new ServedGru(seed: 1);
        var random = new Random(1);
        long[] keys = [.. Enumerable.Range(0, streams).Select(k => ((long)k << 20) | (uint)random.Next(1 << 20))];
        (string Name, ServingContender Contender, long Bytes)[] all =
        [
            Built("loop over rows", () => new ServingContender.Rows(model, keys)),
            Built("loop over states", () => new ServingContender.Objects(model, keys)),
            Built("host", () => new ServingContender.Hosted(model, keys)),
        ];
        random.Shuffle(keys);

        var grid = new Grid(["streams", "threads", "MB", "bytes per stream", "ns per step: best", "median", "million steps/s", "of the loop over rows", "bytes per step"]);
        foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            foreach ((_, ServingContender contender, _) in all)
            {
                // The compiler is done after the first two.
                contender.Run(keys, threads);
                contender.Run(keys, threads);
                contender.Forget();
            }

            for (int round = 0; round < rounds; round++)
            {
                foreach ((_, ServingContender contender, _) in all)
                {
                    contender.Run(keys, threads);
                }
            }

            foreach ((string name, ServingContender contender, long bytes) in all)
            {
                grid.Add(
                [
                    name, Format.Count(threads), Number(bytes / 1e6, "0"), Number((double)bytes / streams, "0"),
                    Format.Nanoseconds(contender.Best(streams)), Format.Nanoseconds(contender.Median(streams)), Number(1e3 / contender.Median(streams), "0.00"),
                    Format.Ratio(all[0].Contender.Median(streams) / contender.Median(streams)), Number((double)contender.Allocated / streams, "0.###"),
                ]);
            }
        }

        Console.Write(grid.ToMarkdown());
        Console.WriteLine("\nRatios are of the medians. MB are those of the managed heap. The threads allocate their inputs and outputs once per round.");
    }

    private static (string Name, ServingContender Contender, long Bytes) Built(string name, Func<ServingContender> build)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        ServingContender contender = build();
        return (name, contender, GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
