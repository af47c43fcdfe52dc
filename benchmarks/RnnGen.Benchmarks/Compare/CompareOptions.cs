using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>What to compare and where to write it.</summary>
internal sealed record CompareOptions(
    IReadOnlyList<string> Cells,
    IReadOnlyList<string> Sizes,
    IReadOnlyList<string> Modes,
    IReadOnlyList<string> Weights,
    IReadOnlyList<string> Peers,
    int Rounds,
    string? Json,
    string? Markdown,
    string? Svg)
{
    public static Command CreateCommand(Func<CompareOptions, int> run)
    {
        Option<string[]> cell = SeveralOption.Create("--cell", "Cells to compare", [.. Enum.GetNames<Cell>().Select(name => name.ToLowerInvariant())]);
        Option<string[]> size = SeveralOption.Create("--size", "Sizes to compare", [.. Catalog.All.Select(model => model.Shape.Size).Distinct()]);
        Option<string[]> mode = SeveralOption.Create("--mode", "Modes to compare", [.. Enum.GetValues<Mode>().Select(value => value.Name())]);
        Option<string[]> weights = SeveralOption.Create("--weights", "Formats of our weights", Catalog.Formats);
        Option<string[]> peer = SeveralOption.Create("--peer", "Peers to compare", AllPeers.Names);
        Option<int> rounds = RoundsOption.Create("contender");
        var json = new Option<string?>("--json") { Description = "Write all figures to this file.", HelpName = "FILE" };
        var markdown = new Option<string?>("--markdown") { Description = "Write the tables to this file, in a page between its comments.", HelpName = "FILE" };
        var svg = new Option<string?>("--svg") { Description = "Write a chart of the ratios to this file.", HelpName = "FILE" };

        var command = new Command("compare", "Ours beside the peers, interleaved, on the same weights and inputs.") { cell, size, mode, weights, peer, rounds, json, markdown, svg };
        command.SetAction(result => run(new CompareOptions(
            SeveralOption.Split(result.GetValue(cell)),
            SeveralOption.Split(result.GetValue(size)),
            SeveralOption.Split(result.GetValue(mode)),
            SeveralOption.Split(result.GetValue(weights)),
            SeveralOption.Split(result.GetValue(peer)),
            result.GetValue(rounds),
            result.GetValue(json),
            result.GetValue(markdown),
            result.GetValue(svg))));
        return command;
    }
}
