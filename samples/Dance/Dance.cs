/// <summary>A dance.</summary>
/// <param name="Style">In 0 .. Styles.Count - 1.</param>
/// <param name="Beat">Poses from one beat of the music to the next.</param>
/// <param name="Steps">At each step a pose, then the decisions: [steps x StepSize].</param>
internal sealed record Dance(int Style, double Beat, float[] Steps)
{
    /// <summary>Which side leads, and which of two moves it is: 0 or 1.</summary>
    public const int Decisions = 2;

    /// <summary>A pose and the decisions.</summary>
    public const int StepSize = Figure.PoseSize + Decisions;

    /// <summary>What the dancer reads: the last step and the music.</summary>
    public const int InputSize = StepSize + Styles.Count + 4;

    /// <summary>Steps of a window of training, 4.3 s.</summary>
    public const int Window = 64;

    /// <summary>How all dances begin.</summary>
    public static float[] Start { get; } = [.. Styles.Standing.ToPose(), 0, 0];

    /// <summary>Its poses without the decisions: [steps x PoseSize].</summary>
    public float[] Poses => [.. Steps.Chunk(StepSize).SelectMany(step => step[..Figure.PoseSize])];

    /// <summary>Its joints, step by step, in meters.</summary>
    public (double X, double Y)[][] Joints => [.. Steps.Chunk(StepSize).Select(step => Figure.JointsOf(step))];

    /// <summary>Whether a step is the first one of a bar.</summary>
    public static bool BeginsBar(int style, double beat, int step)
    {
        double bar = beat * Styles.All[style].BeatsPerBar;
        return step == 1 || (int)(step / bar) != (int)((step - 1) / bar);
    }

    /// <summary>What the music is at a step: one input for each style, then where the step is in its beat and in its bar, as points on circles.</summary>
    public static void Hear(int style, double beat, int step, Span<float> music)
    {
        music.Clear();
        music[style] = 1;
        double beats = step / beat;
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * beats);
        (music[Styles.Count], music[Styles.Count + 1]) = ((float)sine, (float)cosine);
        (sine, cosine) = Math.SinCos(2 * Math.PI * beats / Styles.All[style].BeatsPerBar);
        (music[Styles.Count + 2], music[Styles.Count + 3]) = ((float)sine, (float)cosine);
    }
}
