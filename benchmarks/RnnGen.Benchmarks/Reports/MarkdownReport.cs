using System.Text;

namespace RnnGen.Benchmarks;

internal static class MarkdownReport
{
    private const string Begin = "<!-- The output of compare begins. -->\n";
    private const string End = "<!-- The output of compare ends. -->\n";

    /// <summary>Into a page, between two comments; the whole file, if it is not there or has none.</summary>
    public static void WriteTo(string file, string text)
    {
        string page = File.Exists(file) ? File.ReadAllText(file) : "";
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        int end = page.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(file, begin >= 0 && end >= 0 ? $"{page[..(begin + Begin.Length)]}\n{text}\n{page[end..]}" : text);
    }

    public static string Write(Report report)
    {
        var text = new StringBuilder();
        foreach (string note in report.Notes)
        {
            text.Append("- ").Append(note).Append('\n');
        }

        foreach (IGrouping<string, Result> group in report.Groups)
        {
            bool areNarrow = group.Any(result => !result.Workload.Stored.AreFloats);
            text.Append($"\n### {group.Key}\n\nNanoseconds per time step of one window; in brackets the peer's best divided by ours{(areNarrow ? ", and how far its outputs are off" : "")}.\n\n");
            text.Append(report.Times(group).ToMarkdown());
            Grid latencies = Report.Latencies(group);
            if (latencies.Rows.Count > 0)
            {
                text.Append("\n<details><summary>Single steps: the distribution, in nanoseconds, the clock's own time included</summary>\n\n");
                text.Append(latencies.ToMarkdown());
                text.Append("\n</details>\n");
            }
        }

        text.Append("\n### What narrow weights are to reach\n\n").Append(report.Targets().ToMarkdown());
        text.Append("\n### Where ours is slower\n\n");
        string[] losses = [.. report.Losses()];
        foreach (string loss in losses.DefaultIfEmpty("Nowhere in this run."))
        {
            text.Append("- ").Append(loss).Append('\n');
        }

        return text.ToString();
    }
}
