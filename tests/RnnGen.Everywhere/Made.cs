namespace RnnGen.Everywhere;

/// <summary>Random windows, the same on every machine.</summary>
internal static class Made
{
    /// <summary>Numbers in -1 .. 1.</summary>
    public static float[] Numbers(Random random, int count)
    {
        var numbers = new float[count];
        for (int k = 0; k < count; k++)
        {
            // Multiples of 2^-12 are exact.
            numbers[k] = random.Next(-4096, 4097) / 4096f;
        }

        return numbers;
    }

    public static int[] Tokens(Random random, int count, int vocabulary)
    {
        var tokens = new int[count];
        for (int k = 0; k < count; k++)
        {
            tokens[k] = random.Next(vocabulary);
        }

        return tokens;
    }

    /// <summary>A window of a model that reads numbers or tokens.</summary>
    public static TInput[] Inputs<TInput>(Random random, IRnnModel model, int steps) => typeof(TInput) == typeof(int)
        ? (TInput[])(object)Tokens(random, steps, model.InputSize)
        : (TInput[])(object)Numbers(random, model.GetInputLength(steps));
}
