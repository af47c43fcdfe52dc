using System.Globalization;
using System.Security;

namespace RnnGen.Samples;

/// <summary>A chart of lines and points as an SVG file.</summary>
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

    private readonly List<Series> _series = [];

    /// <summary>Texts at 0, 1, 2, ... of the horizontal axis, instead of numbers.</summary>
    public IReadOnlyList<string>? XTexts { get; init; }

    /// <summary>Texts at 0, 1, 2, ... of the vertical axis, instead of numbers.</summary>
    public IReadOnlyList<string>? YTexts { get; init; }

    /// <summary>Adds a line.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="points">Its points; those that are not finite are left out.</param>
    public void Add(string name, IEnumerable<(double X, double Y)> points) => _series.Add(new(name, Finite(points), Joined: true));

    /// <summary>Adds a line over 0, 1, 2, ...</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="values">Its heights; those that are not finite are left out.</param>
    public void Add(string name, IEnumerable<double> values) => Add(name, values.Select((value, k) => ((double)k, value)));

    /// <summary>Adds points that no line joins.</summary>
    /// <param name="name">Their name in the legend.</param>
    /// <param name="points">The points; those that are not finite are left out.</param>
    public void AddPoints(string name, IEnumerable<(double X, double Y)> points) => _series.Add(new(name, Finite(points), Joined: false));

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => File.WriteAllText(path, ToString());

    /// <summary>The chart as SVG.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        (double X, double Y)[] all = [.. _series.SelectMany(series => series.Points)];
        Axis x = Axis.Around(all.Select(p => p.X), XTexts);
        Axis y = Axis.Around(all.Select(p => p.Y), YTexts);
        var svg = new SvgText(Width, Height, "font-family=\"sans-serif\" font-size=\"12\"");
        svg.Line($"<text x=\"{Width / 2}\" y=\"20\" text-anchor=\"middle\" font-size=\"14\">{SecurityElement.Escape(title)}</text>");
        foreach (double tick in x.Ticks())
        {
            double at = X(x, tick);
            svg.Line($"<line x1=\"{at:0.#}\" y1=\"{Top}\" x2=\"{at:0.#}\" y2=\"{Height - Bottom}\" stroke=\"#ddd\"/>");
            svg.Line($"<text x=\"{at:0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{SecurityElement.Escape(x.Label(tick))}</text>");
        }

        foreach (double tick in y.Ticks())
        {
            double at = Y(y, tick);
            svg.Line($"<line x1=\"{Left}\" y1=\"{at:0.#}\" x2=\"{Width - Right}\" y2=\"{at:0.#}\" stroke=\"#ddd\"/>");
            svg.Line($"<text x=\"{Left - 6}\" y=\"{at + 4:0.#}\" text-anchor=\"end\">{SecurityElement.Escape(y.Label(tick))}</text>");
        }

        svg.Line($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">{SecurityElement.Escape(xLabel)}</text>");
        svg.Line($"<text x=\"14\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {(Top + Height - Bottom) / 2})\">{SecurityElement.Escape(yLabel)}</text>");
        for (int k = 0; k < _series.Count; k++)
        {
            string color = Colors[k % Colors.Length];
            IEnumerable<(double X, double Y)> points = _series[k].Points.Select(p => (X(x, p.X), Y(y, p.Y)));
            if (_series[k].Joined)
            {
                string path = string.Join(" ", points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));
                svg.Line($"<polyline points=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\"/>");
            }
            else
            {
                foreach ((double across, double down) in points)
                {
                    svg.Line($"<circle cx=\"{across:0.#}\" cy=\"{down:0.#}\" r=\"2.5\" fill=\"{color}\"/>");
                }
            }

            svg.Line($"<text x=\"{Width - Right - 6}\" y=\"{Top + 16 + (16 * k)}\" text-anchor=\"end\" fill=\"{color}\" stroke=\"white\" stroke-width=\"4\" paint-order=\"stroke\">{SecurityElement.Escape(_series[k].Name)}</text>");
        }

        return svg.ToString();
    }

    private static double X(Axis axis, double value) => Left + (axis.Share(value) * (Width - Left - Right));

    private static double Y(Axis axis, double value) => Height - Bottom - (axis.Share(value) * (Height - Top - Bottom));

    private static (double X, double Y)[] Finite(IEnumerable<(double X, double Y)> points) =>
        [.. points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y))];

    private readonly record struct Series(string Name, (double X, double Y)[] Points, bool Joined);

    private readonly record struct Axis(double Low, double High, double Step, IReadOnlyList<string>? Texts = null)
    {
        /// <summary>Ends at round numbers, so that all values are between them; with texts it has room for these.</summary>
        public static Axis Around(IEnumerable<double> values, IReadOnlyList<string>? texts)
        {
            if (texts is not null)
            {
                return new Axis(-0.5, texts.Count - 0.5, 1, texts);
            }

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
            double first = Texts is null ? Low : 0;
            for (int k = 0; first + (k * Step) <= High + (Step / 4); k++)
            {
                yield return first + (k * Step);
            }
        }

        public string Label(double tick)
        {
            if (Texts is not null)
            {
                return Texts[(int)tick];
            }

            int digits = Math.Max(0, -(int)Math.Floor(Math.Log10(Step)));
            return tick.ToString("F" + digits, CultureInfo.InvariantCulture);
        }
    }
}
