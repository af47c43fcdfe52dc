using System.Globalization;
using System.Security;

namespace RnnGen.Samples;

/// <summary>Small pictures side by side, pixel by pixel, as an SVG file.</summary>
/// <param name="columns">Pictures in a row.</param>
/// <param name="width">Pixels in a row of a picture.</param>
/// <param name="background">The color of pixels without one.</param>
public sealed class PixelSheet(int columns, int width, string background)
{
    private const int Pixel = 4;
    private const int TextHeight = 20;

    private readonly List<string?[]> _pictures = [];
    private readonly List<(int Picture, int Column, int Line, string Text)> _captions = [];

    /// <summary>Adds a picture.</summary>
    /// <param name="pixels">The color of each pixel, row by row; null for the background.</param>
    /// <param name="caption">A text under the picture and those to its right, if it is the first one of its row.</param>
    public void Add(IEnumerable<string?> pixels, string? caption = null)
    {
        _pictures.Add([.. pixels]);
        if (caption is not null)
        {
            Caption(column: 0, line: 0, caption);
        }
    }

    /// <summary>Adds a text under the picture that was added last.</summary>
    /// <param name="column">The pixel under which it begins.</param>
    /// <param name="line">The line, from 0 on.</param>
    /// <param name="text">The text.</param>
    public void Caption(int column, int line, string text) => _captions.Add((_pictures.Count - 1, column, line, text));

    /// <summary>Goes on in the next row.</summary>
    public void EndRow()
    {
        while (_pictures.Count % columns > 0)
        {
            _pictures.Add([]);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => File.WriteAllText(path, ToString());

    /// <summary>The sheet as SVG.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        int height = _pictures.Max(pixels => pixels.Length) / width;
        (int cellWidth, int cellHeight) = ((width + 1) * Pixel, ((height + 1) * Pixel) + (TextHeight * _captions.Select(caption => caption.Line + 1).DefaultIfEmpty(0).Max()));
        (int across, int down) = ((columns * cellWidth) + Pixel, (((_pictures.Count + columns - 1) / columns) * cellHeight) + Pixel);
        var svg = new SvgText(across, down, "font-family=\"sans-serif\" font-size=\"12\" shape-rendering=\"crispEdges\"");
        for (int k = 0; k < _pictures.Count; k++)
        {
            string?[] pixels = _pictures[k];
            if (pixels.Length == 0)
            {
                continue;
            }

            (int left, int top) = Corner(k);
            svg.Line($"<rect x=\"{left}\" y=\"{top}\" width=\"{width * Pixel}\" height=\"{height * Pixel}\" fill=\"{background}\"/>");
            foreach (IGrouping<string, int> color in Enumerable.Range(0, pixels.Length).Where(pixel => pixels[pixel] is not null).GroupBy(pixel => pixels[pixel]!))
            {
                string squares = string.Concat(color.Select(pixel =>
                    string.Create(CultureInfo.InvariantCulture, $"M{left + (pixel % width * Pixel)} {top + (pixel / width * Pixel)}h{Pixel}v{Pixel}h-{Pixel}z")));
                svg.Line($"<path fill=\"{color.Key}\" d=\"{squares}\"/>");
            }
        }

        foreach ((int picture, int column, int line, string text) in _captions)
        {
            (int left, int top) = Corner(picture);
            svg.Line($"<text x=\"{left + (column * Pixel)}\" y=\"{top + (height * Pixel) + 14 + (line * TextHeight)}\">{SecurityElement.Escape(text)}</text>");
        }

        return svg.ToString();

        (int Left, int Top) Corner(int picture) => (Pixel + (picture % columns * cellWidth), Pixel + (picture / columns * cellHeight));
    }
}
