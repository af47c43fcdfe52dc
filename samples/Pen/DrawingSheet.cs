using System.Globalization;
using RnnGen.Samples;

/// <summary>Drawings side by side, as an SVG file.</summary>
/// <param name="columns">Drawings in a row.</param>
internal sealed class DrawingSheet(int columns)
{
    private const int Cell = 120;

    /// <summary>Pixels per unit of drawings.</summary>
    private const float Scale = 11;

    private readonly List<(Drawing Drawing, Drawing? Given)> _drawings = [];

    /// <summary>Adds a drawing.</summary>
    /// <param name="drawing">The drawing; it is blue.</param>
    /// <param name="given">Its first points, if they were given; they are black.</param>
    public void Add(Drawing drawing, Drawing? given = null) => _drawings.Add((drawing, given));

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        var svg = new SvgText(columns * Cell, (_drawings.Count + columns - 1) / columns * Cell);
        svg.Line($"<g fill=\"none\" stroke-width=\"1.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">");
        for (int k = 0; k < _drawings.Count; k++)
        {
            // In the middle of its cell.
            (Drawing drawing, Drawing? given) = _drawings[k];
            (float X, float Y)[] places = [.. drawing.Strokes().SelectMany(stroke => stroke)];
            float x = (Cell * ((k % columns) + 0.5f)) - (Scale * (places.Min(place => place.X) + places.Max(place => place.X)) / 2);
            float y = (Cell * ((k / columns) + 0.5f)) - (Scale * (places.Min(place => place.Y) + places.Max(place => place.Y)) / 2);
            Draw(svg, drawing, x, y, "#1f77b4");
            if (given is not null)
            {
                Draw(svg, given, x, y, "#222");
            }
        }

        svg.Line($"</g>");
        File.WriteAllText(path, svg.ToString());
    }

    private static void Draw(SvgText svg, Drawing drawing, float x, float y, string color)
    {
        foreach (List<(float X, float Y)> stroke in drawing.Strokes())
        {
            string points = string.Join(' ', stroke.Select(place => string.Create(CultureInfo.InvariantCulture, $"{x + (Scale * place.X):0.#},{y + (Scale * place.Y):0.#}")));
            svg.Line($"<polyline points=\"{points}\" stroke=\"{color}\"/>");
        }
    }
}
