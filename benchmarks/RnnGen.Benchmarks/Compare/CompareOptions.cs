using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>What to compare and where to write it.</summary>
internal sealed record CompareOptions(
    IReadOnlyList<string> Cells,
    IReadOnlyList<string> Sizes,
    IReadOnlyList<string> Modes,
    IReadOnlyList<string> Peers,
    int Rounds,
    string? Json,
    string? Markdown,
    string? Svg)
{
    public static Command CreateCommand(Func<CompareOptions, int> run)
    {
        Option<string[]> cell = Several("--cell", "Cells", [.. Enum.GetNames<Cell>().Select(name => name.ToLowerInvariant())]);
        Option<string[]> size = Several("--size", "Sizes", [.. Catalog.All.Select(model => model.Shape.Size).Distinct()]);
        Option<string[]> mode = Several("--mode", "Modes", [.. Enum.GetValues<Mode>().Select(value => value.Name())]);
        Option<string[]> peer = Several("--peer", "Peers", AllPeers.Names);
        var rounds = new Option<int>("--rounds") { Description = "Rounds per contender, about 4 ms each.", DefaultValueFactory = _ => 40 };
        var json = new Option<string?>("--json") { Description = "Write all figures to this file.", HelpName = "FILE" };
        var markdown = new Option<string?>("--markdown") { Description = "Write the tables to this file.", HelpName = "FILE" };
        var svg = new Option<string?>("--svg") { Description = "Write a chart of the ratios to this file.", HelpName = "FILE" };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--rounds must be at least 1.");
            }
        });

        var command = new Command("compare", "Ours beside the peers, interleaved, on the same weights and inputs.") { cell, size, mode, peer, rounds, json, markdown, svg };
        command.SetAction(result => run(new CompareOptions(
            Split(result.GetValue(cell)),
            Split(result.GetValue(size)),
            Split(result.GetValue(mode)),
            Split(result.GetValue(peer)),
            result.GetValue(rounds),
            result.GetValue(json),
            result.GetValue(markdown),
            result.GetValue(svg))));
        return command;
    }

    /// <summary>An option whose values stand beside each other or are separated by commas; without it, all of them.</summary>
    private static Option<string[]> Several(string name, string what, IReadOnlyList<string> values)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{what} to compare: {string.Join(", ", values)} (default: all).",
            HelpName = what.ToLowerInvariant(),
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. values],
        };
        option.Validators.Add(result =>
        {
            foreach (string wrong in Split(result.GetValueOrDefault<string[]>()).Except(values))
            {
                result.AddError($"{name} does not know \"{wrong}\"; it knows {string.Join(", ", values)}.");
            }
        });
        return option;
    }

    private static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(value => value.ToLowerInvariant())];
}
