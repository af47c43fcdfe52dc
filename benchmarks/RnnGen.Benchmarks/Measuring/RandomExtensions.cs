namespace RnnGen.Benchmarks;

internal static class RandomExtensions
{
    /// <summary>Numbers between -0.5 and 0.5.</summary>
    public static float[] Uniform(this Random random, int count)
    {
        var values = new float[count];
        for (int k = 0; k < count; k++)
        {
            values[k] = (float)(random.NextDouble() - 0.5);
        }

        return values;
    }
}
