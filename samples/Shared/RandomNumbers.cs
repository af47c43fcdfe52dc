namespace RnnGen.Samples;

/// <summary>Random numbers that .NET does not have.</summary>
public static class RandomNumbers
{
    /// <summary>A number of an interval, all of them equally likely.</summary>
    /// <param name="random">The source.</param>
    /// <param name="low">The least number.</param>
    /// <param name="high">The end of the interval; it does not belong to it.</param>
    /// <returns>The number.</returns>
    public static double Between(this Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>A normal number with mean 0 and deviation 1 (Box and Muller 1958).</summary>
    /// <param name="random">The source.</param>
    /// <returns>The number.</returns>
    public static double NextNormal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
