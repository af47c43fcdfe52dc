using RnnGen.Samples;
using RnnGen;

/// <summary>Windows of dances, to learn from.</summary>
internal static class Lessons
{
    // The dancer reads poses with so much noise on each number. It will read its own, which are never quite right, and must not go astray.
    private const double Noise = 0.15;

    /// <summary>For the dancer: at each step the last pose, not quite right, and the music; the target is the step as it should be.</summary>
    public static Sequences<float, float> Steps(IEnumerable<Dance> dances, Random random)
    {
        var inputs = new List<float[]>();
        var targets = new List<float[]>();
        foreach (Dance dance in dances)
        {
            for (int first = 1; (first + Dance.Window) * Dance.StepSize <= dance.Steps.Length; first += Dance.Window)
            {
                inputs.Add(Input(dance, first, random));
                targets.Add(Target(dance, first));
            }
        }

        return new(inputs, targets);
    }

    /// <summary>For the judge: the last poses of a dance, and its style.</summary>
    public static Sequences<float, int> Styles(IEnumerable<Dance> dances) =>
        new(dances.Select(dance => dance.Poses[^(Dance.Window * Figure.PoseSize)..]), dances.Select(dance => new[] { dance.Style }));

    private static float[] Input(Dance dance, int first, Random random)
    {
        var input = new float[Dance.Window * Dance.InputSize];
        for (int step = 0; step < Dance.Window; step++)
        {
            Span<float> row = input.AsSpan(step * Dance.InputSize, Dance.InputSize);
            dance.Steps.AsSpan((first + step - 1) * Dance.StepSize, Dance.StepSize).CopyTo(row);
            for (int k = 0; k < Figure.PoseSize; k++)
            {
                row[k] += (float)(Noise * random.NextNormal());
            }

            Dance.Hear(dance.Style, dance.Beat, first + step, row[Dance.StepSize..]);
        }

        return input;
    }

    // Decisions count only where they are taken.
    private static float[] Target(Dance dance, int first)
    {
        float[] target = dance.Steps.AsSpan(first * Dance.StepSize, Dance.Window * Dance.StepSize).ToArray();
        for (int step = 0; step < Dance.Window; step++)
        {
            if (!Dance.BeginsBar(dance.Style, dance.Beat, first + step))
            {
                target.AsSpan((step * Dance.StepSize) + Figure.PoseSize, Dance.Decisions).Fill(float.NaN);
            }
        }

        return target;
    }
}
