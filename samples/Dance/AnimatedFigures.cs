using System.Globalization;
using System.Security;
using RnnGen.Samples;

/// <summary>Figures side by side as an SVG file in which they dance, again and again.</summary>
internal sealed class AnimatedFigures
{
    // In pixels; a meter has 100.
    private const int Width = 200;
    private const int Height = 280;
    private const int Floor = 250;
    private const double Scale = 100;

    private readonly List<(string Name, Dance Dance)> _figures = [];

    /// <summary>Adds a figure on the right.</summary>
    /// <param name="name">The text under it.</param>
    /// <param name="dance">The dance.</param>
    public void Add(string name, Dance dance) => _figures.Add((name, dance));

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        int width = Width * _figures.Count;
        var svg = new SvgText(width, Height, "font-family=\"sans-serif\" font-size=\"14\"");
        svg.Line($"<path d=\"M0 {Floor}H{width}\" stroke=\"#ccc\"/>");
        svg.Line($"<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">");
        for (int k = 0; k < _figures.Count; k++)
        {
            double middle = Width * (k + 0.5);
            (double X, double Y)[][] frames = [.. _figures[k].Dance.Joints.Select(joints => Pixels(joints, middle))];
            Animate(svg, frames, Body, "stroke=\"#1f77b4\" stroke-width=\"6\"");
            Animate(svg, frames, Head, "stroke=\"#1f77b4\" stroke-width=\"22\"");
        }

        svg.Line($"</g>");
        for (int k = 0; k < _figures.Count; k++)
        {
            svg.Line($"<text x=\"{Width * (k + 0.5)}\" y=\"{Height - 10}\" text-anchor=\"middle\">{SecurityElement.Escape(_figures[k].Name)}</text>");
        }

        File.WriteAllText(path, svg.ToString());
    }

    private static (double X, double Y)[] Pixels((double X, double Y)[] joints, double middle) =>
        [.. joints.Select(joint => (middle + (Scale * joint.X), Floor - (Scale * joint.Y)))];

    // Both arms are one line, both legs another; a viewer that cannot animate shows the middle of the dance.
    private static void Animate(SvgText svg, (double X, double Y)[][] frames, Func<(double X, double Y)[], string> path, string style)
    {
        string[] paths = [.. frames.Select(path)];
        double seconds = paths.Length / (double)Figure.Rate;
        svg.Line($"<path {style} d=\"{paths[paths.Length / 2]}\"><animate attributeName=\"d\" dur=\"{seconds:0.###}s\" repeatCount=\"indefinite\" values=\"{string.Join(';', paths)}\"/></path>");
    }

    private static string Body((double X, double Y)[] joints) =>
        Polyline(joints, 0, 1, 2) + Polyline(joints, 4, 3, 1, 5, 6) + Polyline(joints, 8, 7, 0, 9, 10);

    private static string Head((double X, double Y)[] joints) => Polyline(joints, 2, 2);

    private static string Polyline((double X, double Y)[] joints, params int[] chain) =>
        "M" + string.Join("L", chain.Select(joint => string.Create(CultureInfo.InvariantCulture, $"{joints[joint].X:0.#} {joints[joint].Y:0.#}")));
}
