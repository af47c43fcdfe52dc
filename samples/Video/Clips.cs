using RnnGen.Samples;

/// <summary>What is to be said about a shape.</summary>
internal readonly record struct Actor(int Color, int Shape, int Motion)
{
    /// <summary>A tenth of all combinations is held out from training; each color, shape and motion, and each pair of them, occurs in the others.</summary>
    public bool IsHeld => (Color + (2 * Shape) + (3 * Motion)) % 10 == 0;

    public string Text => $"a {Clips.Colors[Color].Name} {Clips.Shapes[Shape]} {Clips.Motions[Motion]}";

    public static Actor Draw(Random random, bool held)
    {
        while (true)
        {
            var actor = new Actor(random.Next(Clips.Colors.Length), random.Next(Clips.Shapes.Length), random.Next(Clips.Motions.Length));
            if (actor.IsHeld == held)
            {
                return actor;
            }
        }
    }
}

/// <summary>A clip, and the sentence about it.</summary>
/// <param name="Frames">[frames, rows, columns, red green blue], from 0 to 1.</param>
/// <param name="Words">The tokens of the sentence, with a mark before and after it.</param>
internal sealed record Clip(float[] Frames, int[] Words)
{
    /// <summary>The number of frames.</summary>
    public int Length => Frames.Length / Clips.FrameSize;

    public string Sentence => Clips.Sentence(Words.AsSpan(1..^1));
}

/// <summary>Films shapes of 12x12 pixels that move, turn or vanish: one, or two, of which the left one is told first.</summary>
internal sealed class Clips(Random random)
{
    public const int Side = 12;
    public const int FrameSize = 3 * Side * Side;
    public const int Longest = 16;
    public const int LongestSentence = 12;
    public const int WordCount = 19;

    public static readonly (string Name, float Red, float Green, float Blue)[] Colors = [("red", 1, 0.1f, 0.1f), ("green", 0.1f, 0.9f, 0.2f), ("blue", 0.2f, 0.3f, 1), ("yellow", 1, 0.9f, 0.1f), ("white", 1, 1, 1)];

    public static readonly string[] Shapes = ["square", "frame", "cross", "bar"];

    public static readonly string[] Motions = ["moves left", "moves right", "moves up", "moves down", "turns", "vanishes"];

    /// <summary>The words; the bar stands before and after a sentence.</summary>
    public static readonly string[] Words = [.. "| a and".Split(' '), .. Colors.Select(color => color.Name), .. Shapes, .. Motions.SelectMany(motion => motion.Split(' ')).Distinct()];

    /// <summary>A clip of 8 to 16 frames.</summary>
    /// <param name="held">Whether its combinations of color, shape and motion are those that training never shows.</param>
    public Clip Film(bool held)
    {
        int frames = random.Next(8, Longest + 1);
        Actor[] actors = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Actor.Draw(random, held))];
        var clip = new float[frames * FrameSize];
        for (int pixel = 0; pixel < clip.Length; pixel += 3)
        {
            clip.AsSpan(pixel, 3).Fill(0.15f * random.NextSingle());
        }

        for (int k = 0; k < actors.Length; k++)
        {
            double x = actors.Length == 1 ? random.Between(4, 8) : random.Between(2.5, 3.5) + (6 * k);
            Play(clip, frames, actors[k], x, random.Between(4, 8));
        }

        IEnumerable<string> sentence = string.Join(" and ", actors.Select(actor => actor.Text)).Split(' ');
        return new Clip(clip, [Reporter.Mark, .. sentence.Select(word => Array.IndexOf(Words, word)), Reporter.Mark]);
    }

    /// <summary>Tokens as text.</summary>
    public static string Sentence(ReadOnlySpan<int> words) => string.Join(' ', words.ToArray().Select(word => Words[word]));

    private void Play(float[] clip, int frames, Actor actor, double x, double y)
    {
        double distance = random.Between(2.5, 4);
        double angle = random.Between(-0.15, 0.15);
        double turn = random.Between(1.5, 2.5) * (random.Next(2) == 0 ? 1 : -1);
        double size = random.Between(2.3, 2.8);
        double end = random.Between(0.3, 0.7);
        float light = (float)random.Between(0.8, 1);
        for (int frame = 0; frame < frames; frame++)
        {
            double time = frame / (frames - 1.0);
            double way = distance * (time - 0.5);
            (double dx, double dy, double spin) = Motions[actor.Motion] switch
            {
                "moves left" => (-way, 0, 0),
                "moves right" => (way, 0, 0),
                "moves up" => (0, -way, 0),
                "moves down" => (0, way, 0),
                "turns" => (0, 0, turn * time),
                _ => (0.0, 0.0, 0.0),
            };
            if (Motions[actor.Motion] != "vanishes" || time < end)
            {
                Paint(clip.AsSpan(frame * FrameSize, FrameSize), actor, x + dx, y + dy, angle + spin, size, light);
            }
        }
    }

    /// <summary>Four samples per pixel.</summary>
    private static void Paint(Span<float> frame, Actor actor, double centerX, double centerY, double angle, double size, float light)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        (double right, double down) = (cosine / size, sine / size);
        (_, float red, float green, float blue) = Colors[actor.Color];

        // No shape reaches further than 1.7 times its size.
        double reach = 1.7 * size;
        for (int row = Math.Max(0, (int)(centerY - reach)); row < Math.Min(Side, centerY + reach); row++)
        {
            for (int column = Math.Max(0, (int)(centerX - reach)); column < Math.Min(Side, centerX + reach); column++)
            {
                float covered = 0;
                for (int sample = 0; sample < 4; sample++)
                {
                    double x = column + (sample % 2 == 0 ? 0.25 : 0.75) - centerX;
                    double y = row + (sample < 2 ? 0.25 : 0.75) - centerY;
                    covered += IsInside(actor.Shape, Math.Abs((x * right) + (y * down)), Math.Abs((y * right) - (x * down))) ? 0.25f : 0;
                }

                if (covered > 0)
                {
                    Span<float> pixel = frame.Slice(3 * ((row * Side) + column), 3);
                    pixel[0] += covered * ((light * red) - pixel[0]);
                    pixel[1] += covered * ((light * green) - pixel[1]);
                    pixel[2] += covered * ((light * blue) - pixel[2]);
                }
            }
        }
    }

    // Coordinates are relative to the center and the size. All shapes are symmetric: the signs are left out.
    private static bool IsInside(int shape, double x, double y) => shape switch
    {
        0 => Math.Max(x, y) < 0.8,
        1 => Math.Max(x, y) is > 0.55 and < 1,
        2 => Math.Min(x, y) < 0.25 && Math.Max(x, y) < 1.2,
        _ => x < 1.2 && y < 0.35,
    };
}
