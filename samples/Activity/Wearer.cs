/// <summary>Someone who wears an accelerometer: frames of three axes, 20 per second, while the activity changes every few seconds.</summary>
internal sealed class Wearer(Random random)
{
    public const int Axes = 3;

    public static readonly string[] Activities = ["rest", "walk", "stairs", "run"];

    /// <summary>A recording.</summary>
    /// <returns>[frames x 3] accelerations in g, and an activity for every frame.</returns>
    public (float[] Frames, int[] Activities) Record(int frames)
    {
        var axes = new float[frames * Axes];
        var activities = new int[frames];
        (int activity, int left, double phase, double pace, double strength) = (0, 0, 0, 0, 0);
        for (int k = 0; k < frames; k++)
        {
            if (left-- == 0)
            {
                activity = random.Next(Activities.Length);
                left = 60 + random.Next(140);

                // Steps per second and how hard they are; nobody walks twice alike.
                (pace, strength) = activity switch
                {
                    0 => (0.25, 0.02),
                    1 => (Around(1.8), Around(0.3)),
                    2 => (Around(1.5), Around(0.3)),
                    _ => (Around(2.8), Around(0.9)),
                };
            }

            phase += 2 * Math.PI * pace / 20;

            // A stair pushes up in one go and leans forward; a step swings.
            double up = activity == 2 ? Math.Pow(Math.Max(0, Math.Sin(phase)), 3) * 2 : Math.Sin(phase);
            axes[k * Axes] = (float)((0.5 * strength * Math.Sin(phase / 2)) + Noise());
            axes[(k * Axes) + 1] = (float)((0.3 * strength * Math.Cos(phase)) + (activity == 2 ? 0.15 : 0) + Noise());
            axes[(k * Axes) + 2] = (float)(1 + (strength * up) + Noise());
            activities[k] = activity;
        }

        return (axes, activities);
    }

    private double Around(double value) => value * (0.8 + (0.4 * random.NextDouble()));

    private double Noise() => 0.12 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
}
