using RnnGen.Samples;

/// <summary>Draws digits of 12x12 black or white pixels: strokes that are shifted, slanted, stretched and thickened at random.</summary>
internal sealed class Glyphs(Random random)
{
    public const int Side = 12;

    public const int Count = Side * Side;

    // Lines through points of a 4x6 grid, drawn by hand.
    private static readonly (double X, double Y)[][][] Strokes =
    [
        [[(1, 0), (3, 0), (4, 1.5), (4, 4.5), (3, 6), (1, 6), (0, 4.5), (0, 1.5), (1, 0)]],
        [[(1, 1), (2, 0), (2, 6)], [(1, 6), (3, 6)]],
        [[(0, 1), (1, 0), (3, 0), (4, 1), (4, 2), (0, 6), (4, 6)]],
        [[(0, 0), (4, 0), (2, 2.5), (4, 3.5), (4, 5), (3, 6), (1, 6), (0, 5)]],
        [[(3, 6), (3, 0), (0, 4), (4, 4)]],
        [[(4, 0), (0, 0), (0, 2.5), (3, 2.5), (4, 3.5), (4, 5), (3, 6), (0, 6)]],
        [[(4, 0), (2, 0), (0, 3), (0, 5), (1, 6), (3, 6), (4, 5), (4, 4), (3, 3), (0, 3.5)]],
        [[(0, 0), (4, 0), (1.5, 6)]],
        [[(1, 3), (0, 2), (0, 1), (1, 0), (3, 0), (4, 1), (4, 2), (3, 3), (1, 3), (0, 4), (0, 5), (1, 6), (3, 6), (4, 5), (4, 4), (3, 3)]],
        [[(4, 2.5), (1, 3), (0, 2), (0, 1), (1, 0), (3, 0), (4, 1), (4, 3), (2, 6), (0, 6)]],
    ];

    /// <summary>A glyph, row by row; 1 is ink.</summary>
    public float[] Draw()
    {
        (double X, double Y)[][] strokes = Strokes[random.Next(Strokes.Length)];
        double width = random.Between(1.2, 1.7);
        double height = random.Between(1.2, 1.55);
        double slant = random.Between(-0.25, 0.25);
        double left = 6 - (2 * width) + random.Between(-0.8, 0.8);
        double top = 6 - (3 * height) + random.Between(-0.6, 0.6);
        double pen = random.Between(0.65, 0.95);
        var picture = new float[Count];
        foreach ((double X, double Y)[] stroke in strokes)
        {
            (double X, double Y)[] points = [.. stroke.Select(point => (left + (width * point.X) - (slant * height * (point.Y - 3)), top + (height * point.Y)))];
            for (int k = 0; k < Count; k++)
            {
                double x = (k % Side) + 0.5;
                double y = (k / Side) + 0.5;
                for (int line = 1; line < points.Length && picture[k] == 0; line++)
                {
                    picture[k] = Distance(x, y, points[line - 1], points[line]) < pen ? 1 : 0;
                }
            }
        }

        return picture;
    }

    private static double Distance(double x, double y, (double X, double Y) from, (double X, double Y) to)
    {
        (double dx, double dy) = (to.X - from.X, to.Y - from.Y);
        double along = Math.Clamp((((x - from.X) * dx) + ((y - from.Y) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        return Math.Sqrt(Math.Pow(x - from.X - (along * dx), 2) + Math.Pow(y - from.Y - (along * dy), 2));
    }
}
