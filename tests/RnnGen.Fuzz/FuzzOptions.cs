using System.CommandLine;

namespace RnnGen.Fuzz;

/// <summary>The options that all commands share.</summary>
internal static class FuzzOptions
{
    public static Option<long> Count(string what, long usual) => new("--count") { Description = $"How many {what}.", DefaultValueFactory = _ => usual };

    public static Option<int> Seed() => new("--seed") { Description = "The same seed gives the same inputs.", DefaultValueFactory = _ => 1 };
}
