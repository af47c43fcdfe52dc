/// <summary>Random numbers that .NET does not have.</summary>
internal static class RandomNumbers
{
    /// <summary>A normal number with mean 0 and deviation 1 (Box and Muller 1958).</summary>
    public static double NextNormal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A number between two others.</summary>
    public static double NextBetween(this Random random, double least, double most) => least + ((most - least) * random.NextDouble());
}
