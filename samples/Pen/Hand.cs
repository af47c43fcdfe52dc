using RnnGen.Samples;

/// <summary>Draws shapes as a hand does: each time of another size, slanted and turned a little, with lines that are not quite straight.</summary>
internal sealed class Hand(Random random)
{
    /// <summary>The longest step between two points, on paper and in the air.</summary>
    private const double Reach = 1.5;

    /// <summary>Standard deviation of each place.</summary>
    private const double Tremor = 0.05;

    private readonly Shapes _shapes = new(random);

    /// <summary>Drawings of all kinds by turns.</summary>
    public Drawing[] Draw(int count) => [.. Enumerable.Range(0, count).Select(k => DrawOne(k % Shapes.Count))];

    private Drawing DrawOne(int kind)
    {
        double size = random.Between(0.75, 1);
        double width = size * random.Between(0.9, 1.1);
        double slant = random.Between(-0.12, 0.12);
        (double sine, double cosine) = Math.SinCos(random.Between(-0.1, 0.1));

        // Where the pen goes, and whether it goes there in the air.
        var way = new List<(double X, double Y, bool InAir)>();
        foreach ((double X, double Y)[] stroke in _shapes.Outline(kind))
        {
            for (int k = 0; k < stroke.Length; k++)
            {
                Go(way, Place(stroke[k]), inAir: k == 0);
            }
        }

        return new Drawing(kind, [.. Enumerable.Range(1, way.Count - 1).SelectMany(Point)]);

        float[] Point(int k)
        {
            bool isLast = k == way.Count - 1;
            return [(float)(way[k].X - way[k - 1].X), (float)(way[k].Y - way[k - 1].Y), isLast || way[k + 1].InAir ? 1 : 0, isLast ? 1 : 0];
        }

        (double X, double Y) Place((double X, double Y) place)
        {
            (double x, double y) = ((width * place.X) - (slant * place.Y), size * place.Y);
            return ((cosine * x) - (sine * y), (sine * x) + (cosine * y));
        }
    }

    /// <summary>Goes straight to a place, in several steps if it is far away.</summary>
    private void Go(List<(double X, double Y, bool InAir)> way, (double X, double Y) to, bool inAir)
    {
        (double x, double y) = way.Count > 0 ? (way[^1].X, way[^1].Y) : to;
        (double right, double down) = (to.X - x, to.Y - y);
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((right * right) + (down * down)) / Reach));
        for (int step = 1; step <= steps; step++)
        {
            way.Add((x + (right * step / steps) + (Tremor * Normal.Next(random)), y + (down * step / steps) + (Tremor * Normal.Next(random)), inAir));
        }
    }
}
