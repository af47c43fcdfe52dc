using System.Globalization;
using System.Net;
using System.Text;

namespace RnnGen.Benchmarks;

/// <summary>A bar per workload and peer, as long as the logarithm of how many times ours is faster. A bar to the left is a loss.</summary>
internal static class SvgReport
{
    private const int Row = 13;
    private const int Label = 190;
    private const int Width = 900;

    private static readonly string[] Colours = ["#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#9c6b4e", "#a463f2"];

    public static string Write(Report report)
    {
        var body = new StringBuilder();
        IReadOnlyList<string> peers = Report.Peers(report.Results);
        double[] ratios = [.. report.Results.SelectMany(result => result.Opponents.Select(opponent => opponent.RatioTo(result.Ours)))];
        double low = Math.Min(-0.2, Math.Floor(Math.Log10(ratios.DefaultIfEmpty(1).Min()) * 5) / 5);
        double high = Math.Max(1, Math.Ceiling(Math.Log10(ratios.DefaultIfEmpty(1).Max())));
        double X(double ratio) => Label + ((Math.Log10(ratio) - low) / (high - low) * (Width - Label - 60));

        int y = 24;
        body.Append(Text(8, y, "How many times faster than the peer: peer / ours, best of interleaved rounds, logarithmic", bold: true));
        y += 20;
        for (int k = 0; k < peers.Count; k++)
        {
            body.Append(Rectangle(8 + (k * 140), y - 9, 10, 10, Colours[k]));
            body.Append(Text(23 + (k * 140), y, peers[k]));
        }

        foreach (IGrouping<string, Result> group in report.Groups)
        {
            y += 34;
            body.Append(Text(8, y, group.Key, bold: true));
            int top = y += 10;
            foreach (Result result in group.Where(result => result.Opponents.Count > 0))
            {
                body.Append(Text(8, y + 10, $"{result.Shape.CellName.ToUpperInvariant()} {result.Shape.Size}"));
                foreach (Opponent opponent in result.Opponents)
                {
                    double ratio = opponent.RatioTo(result.Ours);
                    double from = Math.Min(X(1), X(ratio));
                    body.Append(Rectangle(from, y + 1, Math.Max(1, Math.Abs(X(ratio) - X(1))), Row - 3, Colours[peers.ToList().IndexOf(opponent.Peer)]));
                    body.Append(Text(Math.Max(X(1), X(ratio)) + 4, y + 10, ratio.ToString(ratio < 10 ? "0.00" : "0", CultureInfo.InvariantCulture)));
                    y += Row;
                }

                y += 5;
            }

            body.Append(Line(X(1), top - 2, y));
        }

        y += 16;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{y}" viewBox="0 0 {Width} {y}" font-family="sans-serif" font-size="11">
            <rect width="100%" height="100%" fill="white"/>
            {body}</svg>

            """);
    }

    private static string Text(double x, double y, string text, bool bold = false) => string.Create(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\"{(bold ? " font-weight=\"bold\"" : "")}>{WebUtility.HtmlEncode(text)}</text>\n");

    private static string Rectangle(double x, double y, double width, double height, string color) => string.Create(
        CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" fill=\"{color}\"/>\n");

    private static string Line(double x, double top, double bottom) => string.Create(
        CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{top:0.#}\" y2=\"{bottom:0.#}\" stroke=\"black\"/>\n");
}
