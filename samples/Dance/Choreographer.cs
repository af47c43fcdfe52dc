using RnnGen.Samples;

/// <summary>Makes the dances that the dancer learns from: no two have the same tempo, size, posture and order of moves.</summary>
internal sealed class Choreographer(Random random)
{
    // Degrees by which key poses differ each time, and by which every pose trembles.
    private const double KeyDeviation = 0.5;
    private const double Tremor = 0.3;

    /// <summary>Draws a tempo that fits a style, as poses per beat.</summary>
    public double Beat(int style) => Figure.Rate * random.Between(Styles.All[style].Beat.Least, Styles.All[style].Beat.Most);

    /// <summary>Makes a dance.</summary>
    /// <param name="style">The style.</param>
    /// <param name="count">Number of steps.</param>
    public Dance Make(int style, int count)
    {
        double beat = Beat(style);
        Style danced = Styles.All[style];
        double size = random.Between(0.9, 1.1);
        double left = size * random.Between(0.95, 1.05);
        double right = size * random.Between(0.95, 1.05);
        double lean = random.Between(-4, 4);

        var steps = new List<float>(Dance.Start);
        KeyPose from = Styles.Standing;
        KeyPose to = from;
        (int side, int move, int beats) = (0, 0, -1);
        for (int step = 1; step < count; step++)
        {
            // A new bar: which side leads, and which move it will have. A new beat: the next key pose.
            if (Dance.BeginsBar(style, beat, step))
            {
                (side, move) = (random.Next(2), random.Next(danced.Bar.Max(keys => keys.Length)));
            }

            if ((int)(step / beat) > beats)
            {
                beats = (int)(step / beat);
                KeyPose[] keys = danced.Bar[beats % danced.BeatsPerBar];
                KeyPose key = keys[move % keys.Length];
                from = to;
                to = Sized(side == 0 ? key : key.Mirrored, left, right, lean).Shaken(random, KeyDeviation);
            }

            double share = Math.Min(1, ((step / beat) - beats) / danced.Moving);
            double eased = share * share * (3 - (2 * share));
            steps.AddRange(from.Toward(to, eased).Shaken(random, Tremor).ToPose());
            steps.AddRange([side, move]);
        }

        return new Dance(style, beat, [.. steps]);
    }

    private static KeyPose Sized(KeyPose key, double left, double right, double lean) => key with
    {
        Arms = (key.Arms.Left * left, key.Arms.LeftElbow * left, key.Arms.Right * right, key.Arms.RightElbow * right),
        Legs = (key.Legs.Left * left, key.Legs.LeftKnee * left, key.Legs.Right * right, key.Legs.RightKnee * right),
        Lean = key.Lean + lean,
    };
}
