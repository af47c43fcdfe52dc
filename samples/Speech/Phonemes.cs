/// <summary>A sound of the language, as an average throat makes it.</summary>
/// <param name="F1">The lowest resonance of throat and mouth, in Hz.</param>
/// <param name="F2">The second one.</param>
/// <param name="F3">The third one.</param>
/// <param name="Voice">How loud the vocal cords are.</param>
/// <param name="Noise">How loud air hisses at the teeth or lips.</param>
/// <param name="Center">The frequency of the hiss, in Hz.</param>
/// <param name="Width">Its bandwidth, in Hz.</param>
internal sealed record Phoneme(double F1, double F2, double F3, double Voice = 1, double Noise = 0, double Center = 3000, double Width = 1000);

/// <summary>How digits are pronounced: their phonemes, and how long each of them is.</summary>
internal static class Pronunciation
{
    private static readonly Phoneme Ee = new(290, 2250, 2950);
    private static readonly Phoneme Ih = new(400, 1950, 2550);
    private static readonly Phoneme Eh = new(560, 1800, 2500);
    private static readonly Phoneme Uh = new(640, 1200, 2450);
    private static readonly Phoneme Ah = new(740, 1150, 2450);
    private static readonly Phoneme Aw = new(560, 860, 2400);
    private static readonly Phoneme Oh = new(490, 950, 2350);
    private static readonly Phoneme Oo = new(310, 880, 2250);
    private static readonly Phoneme R = new(340, 1120, 1550, Voice: 0.7);
    private static readonly Phoneme W = new(310, 680, 2200, Voice: 0.6);
    private static readonly Phoneme N = new(270, 1450, 2500, Voice: 0.35);
    private static readonly Phoneme V = new(290, 1150, 2300, Voice: 0.3, Noise: 0.1, Center: 2600, Width: 2000);
    private static readonly Phoneme Z = new(290, 1500, 2500, Voice: 0.25, Noise: 0.5, Center: 3500, Width: 700);
    private static readonly Phoneme S = new(400, 1600, 2500, Voice: 0, Noise: 1, Center: 3600, Width: 700);
    private static readonly Phoneme F = new(400, 1100, 2300, Voice: 0, Noise: 0.28, Center: 2400, Width: 2500);
    private static readonly Phoneme Th = new(400, 1400, 2500, Voice: 0, Noise: 0.2, Center: 3200, Width: 1800);

    // A stop is a pause, and the burst with which it ends.
    private static readonly Phoneme Closed = new(350, 1700, 2600, Voice: 0);
    private static readonly Phoneme T = new(350, 1800, 2600, Voice: 0, Noise: 1.2, Center: 3200, Width: 1500);
    private static readonly Phoneme K = new(350, 1900, 2500, Voice: 0, Noise: 1, Center: 1900, Width: 500);

    /// <summary>The phonemes of each digit, and their lengths in ms.</summary>
    public static readonly (Phoneme Phoneme, double Length)[][] Digits =
    [
        [(Z, 80), (Ih, 90), (R, 70), (Oh, 100), (Oo, 80)],
        [(W, 80), (Uh, 120), (N, 100)],
        [(Closed, 40), (T, 40), (Oo, 180)],
        [(Th, 90), (R, 70), (Ee, 160)],
        [(F, 100), (Aw, 150), (R, 90)],
        [(F, 100), (Ah, 120), (Ih, 90), (V, 70)],
        [(S, 110), (Ih, 90), (Closed, 45), (K, 25), (S, 110)],
        [(S, 110), (Eh, 90), (V, 60), (Uh, 50), (N, 90)],
        [(Eh, 90), (Ee, 90), (Closed, 50), (T, 35)],
        [(N, 80), (Ah, 120), (Ih, 90), (N, 90)],
    ];
}
