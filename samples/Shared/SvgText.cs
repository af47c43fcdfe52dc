using System.Globalization;
using System.Text;

namespace RnnGen.Samples;

/// <summary>The text of an SVG picture on a white ground, line by line. Numbers are the same in every culture.</summary>
public sealed class SvgText
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="attributes">More attributes of the root, such as <c>font-size="12"</c>.</param>
    public SvgText(int width, int height, string attributes = "")
    {
        string more = attributes.Length == 0 ? "" : " " + attributes;
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"{more}>");
        Line($"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>");
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line.</param>
    public void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>The whole picture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{_text}</svg>\n";
}
