using System.Globalization;
using System.Security;
using System.Text;

namespace RnnGen.Samples;

/// <summary>Small pictures side by side, pixel by pixel, as an SVG file.</summary>
/// <param name="columns">Pictures in a row.</param>
/// <param name="width">Pixels in a row of a picture.</param>
/// <param name="background">The color of pixels without one.</param>
public sealed class PixelSheet(int columns, int width, string background)
{
    private const int Pixel = 4;
    private const int TextHeight = 20;

    private readonly List<(string?[] Pixels, string? Caption)> _pictures = [];

    /// <summary>Adds a picture.</summary>
    /// <param name="pixels">The color of each pixel, row by row; null for the background.</param>
    /// <param name="caption">A text under the picture and those to its right, if it is the first one of its row.</param>
    public void Add(IEnumerable<string?> pixels, string? caption = null) => _pictures.Add(([.. pixels], caption));

    /// <summary>Goes on in the next row.</summary>
    public void EndRow()
    {
        while (_pictures.Count % columns > 0)
        {
            _pictures.Add(([], null));
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => File.WriteAllText(path, ToString());

    /// <summary>The sheet as SVG.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        int height = _pictures.Max(picture => picture.Pixels.Length) / width;
        (int cellWidth, int cellHeight) = ((width + 1) * Pixel, ((height + 1) * Pixel) + (_pictures.Any(picture => picture.Caption is not null) ? TextHeight : 0));
        (int across, int down) = ((columns * cellWidth) + Pixel, (((_pictures.Count + columns - 1) / columns) * cellHeight) + Pixel);
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across}\" height=\"{down}\" viewBox=\"0 0 {across} {down}\" font-family=\"sans-serif\" font-size=\"12\" shape-rendering=\"crispEdges\">");
        Line(svg, $"<rect width=\"{across}\" height=\"{down}\" fill=\"white\"/>");
        for (int k = 0; k < _pictures.Count; k++)
        {
            (string?[] pixels, string? caption) = _pictures[k];
            if (pixels.Length == 0)
            {
                continue;
            }

            (int left, int top) = (Pixel + (k % columns * cellWidth), Pixel + (k / columns * cellHeight));
            Line(svg, $"<rect x=\"{left}\" y=\"{top}\" width=\"{width * Pixel}\" height=\"{height * Pixel}\" fill=\"{background}\"/>");
            foreach (IGrouping<string, int> color in Enumerable.Range(0, pixels.Length).Where(pixel => pixels[pixel] is not null).GroupBy(pixel => pixels[pixel]!))
            {
                string squares = string.Concat(color.Select(pixel =>
                    string.Create(CultureInfo.InvariantCulture, $"M{left + (pixel % width * Pixel)} {top + (pixel / width * Pixel)}h{Pixel}v{Pixel}h-{Pixel}z")));
                Line(svg, $"<path fill=\"{color.Key}\" d=\"{squares}\"/>");
            }

            if (caption is not null)
            {
                Line(svg, $"<text x=\"{left}\" y=\"{top + (height * Pixel) + 14}\">{SecurityElement.Escape(caption)}</text>");
            }
        }

        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Line(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
