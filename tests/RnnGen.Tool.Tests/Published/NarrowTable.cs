using System.Globalization;
using System.Runtime.CompilerServices;

namespace RnnGen.Tool.Tests.Published;

/// <summary>The table of published networks with narrow weights in the documentation.</summary>
internal static class NarrowTable
{
    private const string Header =
        "| networks | narrow layers | `BFloat16`: largest | dB | `Int8`: largest | dB | `Int4`: largest | dB | decisions that differ |\n| --- | --- | --: | --: | --: | --: | --: | --: | --- |\n";

    private static readonly string Page = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "narrow.md"));

    /// <summary>Writes the table if that was asked for; else, checks that no error is more than twice that of the page.</summary>
    public static void CheckOrWrite(IEnumerable<(string Name, NarrowRun[] Runs)> networks)
    {
        // The same network in several files is one row.
        string[][] rows =
        [
            .. networks.GroupBy(network => string.Join(" | ", Cells(network.Runs)))
                .Select(group => (string[])[string.Join(", ", group.Select(network => $"`{network.Name}`")), .. Cells(group.First().Runs)]),
        ];
        string page = File.ReadAllText(Page);
        int start = page.IndexOf(Header, StringComparison.Ordinal) + Header.Length;
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        if (PublishedTable.IsAccepting)
        {
            File.WriteAllText(Page, page[..start] + string.Concat(rows.Select(row => $"| {string.Join(" | ", row)} |\n")) + page[end..]);
            return;
        }

        string[][] expected = [.. page[start..end].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray())];
        foreach ((string name, string[] actual) in rows.SelectMany(row => row[0].Split(", ").Select(name => (name, row))))
        {
            string[]? row = expected.FirstOrDefault(cells => cells[0].Split(", ").Contains(name));
            Assert.True(row is not null, $"{Page} has no row for {name}.");
            Assert.Equal(row[1], actual[1]);
            Assert.Equal(row[^1], actual[^1]);
            Assert.All(new[] { 2, 4, 6 }, k => Assert.True(Number(actual[k]) <= 2 * Number(row[k]), $"{name}: expected about {row[k]}, found {actual[k]}"));
            Assert.All(new[] { 3, 5, 7 }, k => Assert.True(Number(actual[k]) >= Number(row[k]) - 6, $"{name}: expected about {row[k]} dB, found {actual[k]}"));
        }
    }

    private static string[] Cells(NarrowRun[] runs) =>
    [
        string.Join(", ", runs[0].Layers),
        .. runs.SelectMany(run => (string[])[run.Outputs.Largest.ToString("0.#e+0", CultureInfo.InvariantCulture), run.Outputs.SignalToNoise.ToString("0", CultureInfo.InvariantCulture)]),
        runs[0].Decisions.Count == 0 ? "" : $"{string.Join(", ", runs.Select(run => run.Decisions.Changed))} of {runs[0].Decisions.Count}",
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
