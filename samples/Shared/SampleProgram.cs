using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace RnnGen.Samples;

/// <summary>What all samples have in common: the command line, and how they end.</summary>
public static class SampleProgram
{
    /// <summary>Reads the arguments and runs a sample.</summary>
    /// <param name="arguments">The arguments; none are needed.</param>
    /// <param name="description">What it does, in one sentence.</param>
    /// <param name="run">The sample; it gives back its figure of merit, which is the last line.</param>
    /// <param name="options">Options of its own; <see cref="SampleOptions.Arguments"/> has their values.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, string description, Func<SampleOptions, string> run, params IEnumerable<Option> options)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var quick = new Option<bool>("--quick") { Description = "A short version, for tests; its figure is worse." };
        var seed = new Option<int>("--seed") { Description = "Seed of weights, data and order.", DefaultValueFactory = _ => 1 };
        var command = new RootCommand(description) { quick, seed };
        foreach (Option option in options)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            Console.WriteLine(description);
            var time = Stopwatch.StartNew();
            try
            {
                string figure = run(new SampleOptions(parsed.GetValue(quick), parsed.GetValue(seed), parsed));
                Console.WriteLine($"{time.Elapsed.TotalSeconds:0.0} s");
                Console.WriteLine(figure);
                return 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(e.Message);
                return 1;
            }
        });
        return command.Parse(arguments).Invoke();
    }
}

/// <summary>What the command line asks for.</summary>
/// <param name="Quick">A short version, for tests.</param>
/// <param name="Seed">Seed of weights, data and order.</param>
/// <param name="Arguments">The whole command line, for options of the sample's own.</param>
public sealed record SampleOptions(bool Quick, int Seed, ParseResult Arguments)
{
    /// <summary>A number of updates, or a twentieth of it in the short version.</summary>
    /// <param name="full">The number of the full version.</param>
    /// <returns>The number.</returns>
    public int Updates(int full) => Quick ? full / 20 : full;

    /// <summary>A training that reports twenty times.</summary>
    /// <param name="updates">Updates of the full version.</param>
    /// <param name="batchSize">Windows per update.</param>
    /// <returns>The options.</returns>
    public FitOptions Training(int updates, int batchSize) =>
        new() { Updates = Updates(updates), BatchSize = batchSize, Seed = Seed, ReportEvery = Math.Max(1, Updates(updates) / 20) };
}
