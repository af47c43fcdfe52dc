using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>
/// This build beside another one, in one process and in turn, as machines whose speed changes from minute to minute need it. The other build is
/// loaded twice: how far it differs from itself is the noise.
/// </summary>
internal static class VersusCommand
{
    // Reading other memory between two steps is part of the race, not of the work.
    private static readonly string[] Modes = [.. Enum.GetValues<Mode>().Where(mode => mode != Mode.StreamCold).Select(mode => mode.Name())];

    public static Command Create()
    {
        var other = new Argument<FileInfo>("other") { Description = "The other build's RnnGen.Benchmarks.dll." };
        other.AcceptExistingOnly();
        var filter = new Argument<string>("filter") { Description = "Measure only the models whose names contain this.", DefaultValueFactory = _ => "" };
        Option<string[]> mode = SeveralOption.Create("--mode", "Modes to compare", Modes);
        Option<string[]> weights = SeveralOption.Create("--weights", "Formats of our weights", Catalog.Formats, StoredWeights.Float32.Name);
        Option<int> rounds = RoundsOption.Create("build");
        var command = new Command("versus", "This build beside another one, interleaved: what a change costs or gains.") { other, filter, mode, weights, rounds };
        command.SetAction(result => Run(
            result.GetValue(other)!.FullName, result.GetValue(filter)!, SeveralOption.Split(result.GetValue(mode)), SeveralOption.Split(result.GetValue(weights)), result.GetValue(rounds)));
        return command;
    }

    private static void Run(string path, string filter, IReadOnlyList<string> modes, IReadOnlyList<string> formats, int rounds)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine("Nanoseconds per step, the best round; this build and the other one loaded a second time, each divided by the other one.");
        Build[] builds = [new(typeof(VersusCommand).Assembly.Location), new(path), new(path)];
        var ratios = new List<(double This, double Again)>();
        foreach ((MeasuredModel model, Workload workload) in Workload.Of([.. Catalog.Matching(filter, formats)], modes))
        {
            double[] times = Race(workload, [.. builds.Select(build => build.Models.Single(its => its.Name == model.Name && its.Format == model.Stored.Name).Work(workload.Mode, workload.Adam))], rounds);
            ratios.Add((times[0] / times[1], times[2] / times[1]));
            Console.WriteLine($"{workload.Name,-18} {model.Name,-16} {model.Stored.Name,-8} {times[0],10:0.0} {times[1],10:0.0} {ratios[^1].This,8:0.000} {ratios[^1].Again,8:0.000}");
        }

        Report("this / other", ratios.Select(r => r.This));
        Report("other / other", ratios.Select(r => r.Again));
    }

    private static double[] Race(Workload workload, IReadOnlyList<Func<int, double>> works, int rounds)
    {
        WarmUp.Run(works, workload.Mode);
        Rounds[] contenders = [.. works.Select(run => new Rounds(run, workload.StepsPerUnit))];
        for (int round = 0; round < rounds; round++)
        {
            // Each is first, second and last equally often.
            for (int k = 0; k < contenders.Length; k++)
            {
                contenders[(k + round) % contenders.Length].Run();
            }
        }

        return [.. contenders.Select(contender => contender.Best)];
    }

    private static void Report(string name, IEnumerable<double> ratios)
    {
        double[] sorted = [.. ratios.Order()];
        if (sorted.Length > 0)
        {
            Console.WriteLine($"{name}: median {At(0.5):0.000}, tenth {At(0.1):0.000}, nine tenths {At(0.9):0.000}, largest {sorted[^1]:0.000}");
        }

        double At(double part) => sorted[(int)(part * (sorted.Length - 1))];
    }
}
