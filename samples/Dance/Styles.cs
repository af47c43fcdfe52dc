/// <summary>A style of dance: for each beat of a bar the key pose that the figure reaches at its end.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Beat">Seconds per beat, at least and at most.</param>
/// <param name="Moving">The share of a beat in which the figure moves; then it stands still.</param>
/// <param name="Bar">For each beat the key poses to choose from, one or two.</param>
internal sealed record Style(string Name, (double Least, double Most) Beat, double Moving, KeyPose[][] Bar)
{
    /// <summary>Beats of a bar.</summary>
    public int BeatsPerBar => Bar.Length;
}

/// <summary>Four made-up styles.</summary>
internal static class Styles
{
    /// <summary>Number of styles.</summary>
    public const int Count = 4;

    /// <summary>How all dances begin.</summary>
    public static readonly KeyPose Standing = new(Arms: (8, 0, 8, 0), Legs: (6, 0, 6, 0));

    /// <summary>The styles.</summary>
    public static readonly Style[] All =
    [
        // Steps to the side, rises, closes.
        new("waltz", Beat: (0.65, 0.8), Moving: 1,
        [
            [new(Arms: (80, 15, 60, 70), Legs: (35, 10, 10, 5), X: -0.3, Lean: -10, Nod: -8)],
            [new(Arms: (95, 10, 75, 80), Legs: (4, 0, 12, 0), X: -0.42, Lean: -4, Nod: -12)],
            [new(Arms: (75, 20, 60, 75), Legs: (14, 28, 14, 28), X: -0.2, Lean: 4, Nod: 5)],
        ]),

        // Bent arms, stiff legs, and stops.
        new("robot", Beat: (0.65, 0.8), Moving: 0.8,
        [
            [new(Arms: (90, 70, 90, -60), Legs: (10, 10, 10, 10))],
            [
                new(Arms: (15, 75, 15, 75), Legs: (10, 10, 10, 10), Lean: 12),
                new(Arms: (90, 0, 15, 75), Legs: (10, 10, 30, 30), Nod: 25),
            ],
        ]),

        // One hand at the hip, the other arm points up and down; the hips swing.
        new("disco", Beat: (0.6, 0.75), Moving: 1,
        [
            [new(Arms: (135, 5, 45, -100), Legs: (22, 5, 25, 40), X: 0.1, Lean: -10, Nod: -15)],
            [new(Arms: (-10, -15, 45, -100), Legs: (25, 40, 22, 5), X: -0.1, Lean: 10, Nod: 10)],
        ]),

        // From a squat, a star or a tuck.
        new("jumping", Beat: (0.45, 0.55), Moving: 1,
        [
            [new(Arms: (15, 20, 15, 20), Legs: (28, 56, 28, 56))],
            [
                new(Arms: (140, 10, 140, 10), Legs: (35, 0, 35, 0), Hop: 0.35),
                new(Arms: (70, -60, 70, -60), Legs: (60, 120, 60, 120), Hop: 0.5),
            ],
        ]),
    ];
}
