using RnnGen.Samples;

/// <summary>How somebody speaks, and what is around them.</summary>
internal sealed record Voice
{
    /// <summary>How much higher the resonances are than those of an average throat: the shorter a throat, the higher.</summary>
    public required double Throat { get; init; }

    /// <summary>How much higher each of the three resonances is beside that: an accent.</summary>
    public required double[] Accent { get; init; }

    /// <summary>Pitch, in Hz.</summary>
    public required double Pitch { get; init; }

    /// <summary>By what part of itself the pitch falls in the end; by half of that in the first second.</summary>
    public required double Drift { get; init; }

    /// <summary>How long phonemes are, compared with the average.</summary>
    public required double Slowness { get; init; }

    /// <summary>The mean pause between digits, in ms.</summary>
    public required double Pause { get; init; }

    /// <summary>How dark the voice is: the pole of a low-pass filter.</summary>
    public required double Tilt { get; init; }

    /// <summary>How strongly air hisses, compared with the average.</summary>
    public required double Hiss { get; init; }

    /// <summary>The highest sample.</summary>
    public required double Loudness { get; init; }

    /// <summary>Noise of the room, relative to the loudness.</summary>
    public required double Noise { get; init; }

    /// <summary>A new voice.</summary>
    public static Voice Draw(Random random)
    {
        // Who has a short throat mostly has a high voice.
        double throat = random.Between(0.82, 1.25);
        return new Voice
        {
            Throat = throat,
            Accent = [random.Between(0.92, 1.08), random.Between(0.93, 1.07), random.Between(0.95, 1.05)],
            Pitch = 125 * Math.Pow(throat, 3) * random.Between(0.75, 1.35),
            Drift = random.Between(0, 0.15),
            Slowness = random.Between(0.65, 1.4),
            Pause = random.Between(0, 250),
            Tilt = random.Between(0.4, 0.85),
            Hiss = random.Between(0.6, 1.5),
            Loudness = Math.Exp(random.Between(Math.Log(0.05), Math.Log(0.9))),
            Noise = Math.Exp(random.Between(Math.Log(0.003), Math.Log(0.06))),
        };
    }
}
