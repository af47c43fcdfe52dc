/// <summary>A drawing as movements of a pen, which begins where it is put down first. Drawings are at most about 10 wide and high.</summary>
/// <param name="Kind">What it shows, an index of <see cref="Shapes.Kinds"/>.</param>
/// <param name="Points">[points x 4]: the way to the point, right and down, whether the pen is lifted there, and whether the drawing ends there.</param>
internal sealed record Drawing(int Kind, float[] Points)
{
    public const int PointSize = 4;

    /// <summary>What is seen of the pen: its last movement, [right, down, lifted], and where it is from the beginning of the drawing, [right, down].</summary>
    public const int PenSize = 5;

    /// <summary>The largest number of points.</summary>
    public const int Longest = 100;

    public int Count => Points.Length / PointSize;

    /// <summary>The first third.</summary>
    public Drawing Beginning => this with { Points = Points[..(Count / 3 * PointSize)] };

    /// <summary>Moves the pen to its next point.</summary>
    /// <param name="pen">[PenSize].</param>
    /// <param name="point">[PointSize].</param>
    public static void Move(Span<float> pen, ReadOnlySpan<float> point)
    {
        point[..3].CopyTo(pen);
        pen[3] += point[0];
        pen[4] += point[1];
    }

    /// <summary>The pen at the beginning and after each point, [(points + 1) x PenSize].</summary>
    public float[] Pens()
    {
        var pens = new float[(Count + 1) * PenSize];
        for (int k = 0; k < Count; k++)
        {
            Span<float> next = pens.AsSpan((k + 1) * PenSize, PenSize);
            pens.AsSpan(k * PenSize, PenSize).CopyTo(next);
            Move(next, Points.AsSpan(k * PointSize, PointSize));
        }

        return pens;
    }

    /// <summary>The lines that the pen leaves, as places from the beginning.</summary>
    public List<List<(float X, float Y)>> Strokes()
    {
        var strokes = new List<List<(float X, float Y)>>();
        float[][] pens = [.. Pens().Chunk(PenSize)];
        for (int k = 1; k < pens.Length; k++)
        {
            if (pens[k - 1][2] == 0)
            {
                if (k == 1 || pens[k - 2][2] > 0)
                {
                    strokes.Add([(pens[k - 1][3], pens[k - 1][4])]);
                }

                strokes[^1].Add((pens[k][3], pens[k][4]));
            }
        }

        return strokes;
    }
}
