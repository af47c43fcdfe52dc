/// <summary>Numbers of a normal distribution of mean 0 and variance 1.</summary>
internal static class Normal
{
    // By Box and Muller.
    public static double Next(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
