using RnnGen.Samples;

/// <summary>What there is to draw: strokes through corners and along curves, on paper that reaches from -5 to 5. Proportions, parts and the order of strokes are drawn at random.</summary>
internal sealed class Shapes(Random random)
{
    public const int Count = 6;

    public static readonly string[] Kinds = ["house", "star", "flower", "fish", "boat", "cat"];

    /// <summary>The strokes of a shape, each a list of places [right, down].</summary>
    public List<(double X, double Y)[]> Outline(int kind) => Kinds[kind] switch
    {
        "house" => House(),
        "star" => Star(),
        "flower" => Flower(),
        "fish" => Fish(),
        "boat" => Boat(),
        _ => Cat(),
    };

    private List<(double X, double Y)[]> House()
    {
        double wall = random.Between(2.2, 3.2);
        double eaves = wall + random.Between(0.2, 0.8);
        double top = random.Between(-1, 0.2);
        double gable = top - random.Between(2, 3.2);
        double door = wall * random.Between(0.4, 0.55) * Side();
        const double Floor = 3.8;
        (double X, double Y)[] walls = [(-wall, Floor), (-wall, top), (wall, top), (wall, Floor), (-wall, Floor)];
        (double X, double Y)[] roof = [(-eaves, top), (0, gable), (eaves, top)];
        (double X, double Y)[] entrance = [(door - 0.6, Floor), (door - 0.6, Floor - 1.9), (door + 0.6, Floor - 1.9), (door + 0.6, Floor)];
        (double X, double Y)[] window = [.. Corners(-door, top + 1.5, 0.6)];
        return random.Next(2) == 0 ? [walls, roof, entrance, window] : [roof, walls, entrance, window];
    }

    private List<(double X, double Y)[]> Star()
    {
        double radius = random.Between(3.4, 4.5);
        int next = 2 * Side();
        return [[.. Enumerable.Range(0, 6).Select(k => Polar(0, 0.3, radius, radius, -0.25 + (next * k / 5.0)))]];
    }

    private List<(double X, double Y)[]> Flower()
    {
        double x = random.Between(-0.8, 0.8);
        double y = random.Between(-2.2, -1.4);
        double heart = random.Between(0.6, 0.9);
        double petal = random.Between(1.2, 1.7);
        int petals = random.Next(5, 7);
        int leaf = Side();
        (double X, double Y)[] middle = Arc(x, y, heart, heart, -0.25, 0.75, 8);
        (double X, double Y)[] crown = [.. Enumerable.Range(0, (5 * petals) + 1).Select(k =>
        {
            double radius = heart + 0.25 + (petal * Math.Sqrt(Math.Abs(Math.Sin(Math.PI * k / 5))));
            return Polar(x, y, radius, radius, 0.25 + (k / (5.0 * petals)));
        })];
        (double X, double Y)[] stem = [(x, y + heart + 0.3), (x * 0.3, 2), (0, 4.6)];
        (double X, double Y)[] blade = [(0.1 * x, 3.4), (leaf * 0.9, 2.2), (leaf * 2.2, 1.9), (leaf * 1.5, 3), (0.1 * x, 3.5)];
        return [middle, crown, stem, blade];
    }

    private List<(double X, double Y)[]> Fish()
    {
        double length = random.Between(2.5, 3.2);
        double height = random.Between(1.3, 2.2);
        double tail = random.Between(1.2, 1.9);
        double end = length + random.Between(1, 1.6);
        (double X, double Y)[] body = [(end, -tail), .. Arc(-0.8, 0, length, height, 0.05, 0.95, 18), (end, tail), (end - 0.5, 0), (end, -tail)];
        (double X, double Y)[] eye = Arc(-0.4 - (0.6 * length), -0.3 * height, 0.25, 0.25, 0, 1, 5);
        (double X, double Y)[] gill = Arc(-1.6 - (0.1 * length), 0, 0.6, 0.6 * height, -0.2, 0.2, 4);
        (double X, double Y)[] fin = [(-0.6, 0), (0.6, 0.4 * height), (0.7, -0.1 * height), (-0.6, 0)];
        return Mirror([body, eye, gill, fin]);
    }

    private List<(double X, double Y)[]> Boat()
    {
        double bow = random.Between(3, 4);
        double keel = bow - random.Between(0.8, 1.5);
        double deck = random.Between(1.2, 1.8);
        double mast = random.Between(-4.5, -3.4);
        double boom = deck - random.Between(0.6, 0.9);
        double main = random.Between(2, 3);
        double jib = random.Between(1.3, 2.2);
        double depth = deck + random.Between(1.2, 1.7);
        (double X, double Y)[] hull = [(-bow, deck), (bow, deck), (keel, depth), (-keel, depth), (-bow, deck)];
        (double X, double Y)[] sail = [(0, mast + 0.2), (main, boom), (0, boom)];
        (double X, double Y)[] small = [(0, mast + 0.9), (-jib, boom), (0, boom)];
        (double X, double Y)[] sea = [.. Enumerable.Range(0, 13).Select(k => (-4.5 + (0.75 * k), depth + 0.7 - (0.3 * Math.Abs(Math.Sin(Math.PI * k / 4)))))];
        return Mirror([hull, [(0, deck), (0, mast)], sail, small, sea]);
    }

    private List<(double X, double Y)[]> Cat()
    {
        double width = random.Between(2.7, 3.6);
        double height = random.Between(2.3, 3);
        double ear = random.Between(-4.3, -3.5);
        double eye = random.Between(0.9, 1.4);
        double whisker = width + random.Between(0.4, 1);
        const double Middle = 0.6;
        (double X, double Y)[] head =
        [
            Polar(0, Middle, width, height, 0.57), (-0.8 * width, ear), .. Arc(0, Middle, width, height, 0.68, 0.82, 3),
            (0.8 * width, ear), .. Arc(0, Middle, width, height, 0.93, 1.57, 13),
        ];
        (double X, double Y)[] nose = [(-0.35, 1), (0.35, 1), (0, 1.45), (-0.35, 1)];
        (double X, double Y)[] mouth = [(-0.9, 1.9), (-0.4, 2.2), (0, 1.5), (0.4, 2.2), (0.9, 1.9)];
        return
        [
            head, Arc(-eye, 0, 0.3, 0.4, -0.25, 0.75, 5), Arc(eye, 0, 0.3, 0.4, -0.25, 0.75, 5), nose, mouth,
            [(-1.3, 1.4), (-whisker, 1)], [(-1.3, 1.8), (-whisker, 2.1)], [(1.3, 1.4), (whisker, 1)], [(1.3, 1.8), (whisker, 2.1)],
        ];
    }

    /// <summary>Part of an ellipse; angles are in turns, clockwise from the right.</summary>
    private static (double X, double Y)[] Arc(double x, double y, double width, double height, double from, double to, int lines) =>
        [.. Enumerable.Range(0, lines + 1).Select(k => Polar(x, y, width, height, from + ((to - from) * k / lines)))];

    private static (double X, double Y) Polar(double x, double y, double width, double height, double turns)
    {
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * turns);
        return (x + (width * cosine), y + (height * sine));
    }

    private static (double X, double Y)[] Corners(double x, double y, double half) =>
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)];

    /// <summary>To the left or to the right.</summary>
    private List<(double X, double Y)[]> Mirror(List<(double X, double Y)[]> strokes)
    {
        int side = Side();
        return [.. strokes.Select(stroke => stroke.Select(place => (side * place.X, place.Y)).ToArray())];
    }

    private int Side() => random.Next(2) == 0 ? -1 : 1;
}
