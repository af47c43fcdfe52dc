using System.Globalization;
using System.Security;
using System.Text;

namespace RnnGen.Samples;

/// <summary>A line chart as an SVG file.</summary>
/// <param name="title">What it shows.</param>
/// <param name="xLabel">What the horizontal axis is.</param>
/// <param name="yLabel">What the vertical axis is.</param>
public sealed class Plot(string title, string xLabel, string yLabel)
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Left = 56;
    private const int Right = 16;
    private const int Top = 40;
    private const int Bottom = 48;

    private static readonly string[] Colors = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf"];

    private readonly List<(string Name, (double X, double Y)[] Points)> _lines = [];

    /// <summary>Adds a line.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="points">Its points; those that are not finite are left out.</param>
    public void Add(string name, IEnumerable<(double X, double Y)> points) =>
        _lines.Add((name, [.. points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y))]));

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => File.WriteAllText(path, ToString());

    /// <summary>The chart as SVG.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        (double X, double Y)[] all = [.. _lines.SelectMany(line => line.Points)];
        Axis x = Axis.Around(all.Select(p => p.X));
        Axis y = Axis.Around(all.Select(p => p.Y));
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Line(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Line(svg, $"<text x=\"{Width / 2}\" y=\"20\" text-anchor=\"middle\" font-size=\"14\">{SecurityElement.Escape(title)}</text>");
        foreach (double tick in x.Ticks())
        {
            double at = X(x, tick);
            Line(svg, $"<line x1=\"{at:0.#}\" y1=\"{Top}\" x2=\"{at:0.#}\" y2=\"{Height - Bottom}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{at:0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{x.Label(tick)}</text>");
        }

        foreach (double tick in y.Ticks())
        {
            double at = Y(y, tick);
            Line(svg, $"<line x1=\"{Left}\" y1=\"{at:0.#}\" x2=\"{Width - Right}\" y2=\"{at:0.#}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{Left - 6}\" y=\"{at + 4:0.#}\" text-anchor=\"end\">{y.Label(tick)}</text>");
        }

        Line(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">{SecurityElement.Escape(xLabel)}</text>");
        Line(svg, $"<text x=\"14\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {(Top + Height - Bottom) / 2})\">{SecurityElement.Escape(yLabel)}</text>");
        for (int k = 0; k < _lines.Count; k++)
        {
            string color = Colors[k % Colors.Length];
            string points = string.Join(" ", _lines[k].Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(x, p.X):0.#},{Y(y, p.Y):0.#}")));
            Line(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\"/>");
            Line(svg, $"<text x=\"{Width - Right - 6}\" y=\"{Top + 16 + (16 * k)}\" text-anchor=\"end\" fill=\"{color}\">{SecurityElement.Escape(_lines[k].Name)}</text>");
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static double X(Axis axis, double value) => Left + (axis.Share(value) * (Width - Left - Right));

    private static double Y(Axis axis, double value) => Height - Bottom - (axis.Share(value) * (Height - Top - Bottom));

    private readonly record struct Axis(double Low, double High, double Step)
    {
        /// <summary>Ends at round numbers, so that all values are between them.</summary>
        public static Axis Around(IEnumerable<double> values)
        {
            double low = values.DefaultIfEmpty(0).Min();
            double high = values.DefaultIfEmpty(1).Max();
            double range = high > low ? high - low : 1;
            double power = Math.Pow(10, Math.Floor(Math.Log10(range / 4)));
            double step = new[] { 1.0, 2, 5, 10 }.Select(m => m * power).First(s => range / s <= 8);
            return new Axis(Math.Floor(low / step) * step, Math.Ceiling((low + range) / step) * step, step);
        }

        public double Share(double value) => (value - Low) / (High - Low);

        public IEnumerable<double> Ticks()
        {
            for (int k = 0; Low + (k * Step) <= High + (Step / 2); k++)
            {
                yield return Low + (k * Step);
            }
        }

        public string Label(double tick)
        {
            int digits = Math.Max(0, -(int)Math.Floor(Math.Log10(Step)));
            return tick.ToString("F" + digits, CultureInfo.InvariantCulture);
        }
    }
}
