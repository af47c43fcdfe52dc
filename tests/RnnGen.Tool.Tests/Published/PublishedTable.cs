using System.Globalization;
using System.Runtime.CompilerServices;

namespace RnnGen.Tool.Tests.Published;

/// <summary>The table of published networks in the documentation: a row for each entry of the index.</summary>
internal static class PublishedTable
{
    private const string Header = "| network | file | how it comes in | lines | largest difference | tolerance |\n| --- | --- | --- | --- | --- | --- |\n";

    private static readonly string Page = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "published-networks.md"));

    /// <summary>Whether the table shall be written anew.</summary>
    public static bool IsAccepting => Environment.GetEnvironmentVariable("RNNGEN_ACCEPT_SNAPSHOTS") == "1";

    /// <summary>The row of a network; its differences are rounded to one digit.</summary>
    public static string Row(PublishedNetwork network, IReadOnlyList<Difference> differences)
    {
        Difference? worst = differences.Count == 0 ? null : differences.MaxBy(difference => network.Entry.ToleranceOf(difference.Output) is > 0 and var tolerance ? difference.Value / tolerance : 0);
        string[] cells =
        [
            $"`{network.Entry.Name}`",
            $"`{Path.GetFileName(network.Entry.File)}`",
            network.Way,
            network.Lines == 0 ? "" : network.Lines.ToString(CultureInfo.InvariantCulture),
            worst is null ? "" : Text(worst.Value.Value),
            worst is null ? "" : Text(network.Entry.ToleranceOf(worst.Value.Output)),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    /// <summary>Checks a row against that of the page: all cells but the difference are the same, which is no more than ten times that of the page.</summary>
    public static void Check(string row)
    {
        string name = Cells(row)[0];
        string? found = File.ReadAllLines(Page).FirstOrDefault(line => line.StartsWith($"| {name} |", StringComparison.Ordinal));
        Assert.True(found is not null, $"{Page} has no row for {name}. Expected: {row}");
        string[] expected = Cells(found);
        string[] actual = Cells(row);
        const int Difference = 4;
        Assert.Equal(expected.Where((_, k) => k != Difference), actual.Where((_, k) => k != Difference));
        Assert.True(Number(actual[Difference]) <= Math.Max(10 * Number(expected[Difference]), 1e-6), $"Expected about {found}, found {row}");
    }

    /// <summary>Writes all rows.</summary>
    public static void Write(IEnumerable<string> rows)
    {
        string page = File.ReadAllText(Page);
        int start = page.IndexOf(Header, StringComparison.Ordinal) + Header.Length;
        File.WriteAllText(Page, page[..start] + string.Concat(rows.Select(row => row + "\n")));
    }

    /// <summary>The names of the page's rows.</summary>
    public static IEnumerable<string> Names() => File.ReadAllText(Page).Split(Header)[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Cells(line)[0].Trim('`'));

    private static string[] Cells(string row) => [.. row.Split('|')[1..^1].Select(cell => cell.Trim())];

    private static string Text(double value) => value == 0 ? "0" : value.ToString("0e+0", CultureInfo.InvariantCulture);

    private static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
