using Spectre.Console;

namespace RnnGen.Benchmarks;

internal static class ConsoleReport
{
    public static void Write(Report report, IAnsiConsole console)
    {
        // A broken line of a table is harder to read than a long one.
        console.Profile.Width = Math.Max(console.Profile.Width, 200);

        foreach (IGrouping<string, Result> group in report.Groups)
        {
            Write(console, group.Key + ": ns per step (peer / ours)", report.Times(group));
            Grid latencies = Report.Latencies(group);
            if (latencies.Rows.Count > 0)
            {
                Write(console, "Single steps, ns, the clock's own time included", latencies);
            }
        }

        Write(console, "What narrow weights are to reach", report.Targets());
        foreach (string note in report.Notes)
        {
            console.WriteLine(note);
        }
    }

    private static void Write(IAnsiConsole console, string title, Grid grid)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Simple };
        for (int k = 0; k < grid.Header.Count; k++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(grid.Header[k])) { Alignment = grid.IsNumber(k) ? Justify.Right : Justify.Left, NoWrap = true });
        }

        foreach (IReadOnlyList<string> row in grid.Rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
    }
}
