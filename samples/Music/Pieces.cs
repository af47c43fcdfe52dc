/// <summary>Pieces by rule: a cadence in any of twelve keys, with chords in the left hand and scales or broken chords in the right.</summary>
internal sealed class Pieces(Random random)
{
    /// <summary>Eighth notes in a bar.</summary>
    public const int Bar = 8;

    private static readonly int[] Scale = [0, 2, 4, 5, 7, 9, 11];

    // Degrees of the scale, and those that may follow.
    private static readonly Dictionary<int, int[]> Cadence = new() { [0] = [3, 4, 5], [3] = [4, 0], [4] = [0, 5], [5] = [3] };

    /// <summary>The keys that are down, eighth by eighth: [steps x 36] zeros and ones.</summary>
    public float[] Compose(int bars)
    {
        var roll = new float[bars * Bar * Composer.Keys];
        int tonic = random.Next(12);
        int degree = 0;
        for (int bar = 0; bar < bars; bar++)
        {
            int figure = random.Next(3);
            for (int eighth = 0; eighth < Bar; eighth++)
            {
                int step = (bar * Bar) + eighth;

                // The left hand plays the chord on the first half and lifts for the last eighth.
                if (eighth < Bar - 1)
                {
                    foreach (int third in new[] { 0, 2, 4 })
                    {
                        Press(roll, step, tonic, degree + third, octave: 0);
                    }
                }

                // The right hand goes up the scale, down the scale, or through the chord.
                int walk = figure switch
                {
                    0 => eighth,
                    1 => Bar - 1 - eighth,
                    _ => new[] { 0, 2, 4, 7, 4, 2, 0, 2 }[eighth],
                };
                Press(roll, step, tonic, degree + walk, octave: 1);
            }

            int[] following = Cadence[degree];
            degree = following[random.Next(following.Length)];
        }

        return roll;
    }

    // The key is folded into its hand's octaves: the left hand has one, the right hand has two.
    private static void Press(float[] roll, int step, int tonic, int degree, int octave)
    {
        int key = tonic + Scale[degree % 7] + (degree / 7 * 12);
        int folded = octave == 0 ? key % 12 : 12 + (key % 24);
        roll[(step * Composer.Keys) + folded] = 1;
    }
}
