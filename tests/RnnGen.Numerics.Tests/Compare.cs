namespace RnnGen.Numerics.Tests;

/// <summary>Comparisons that say which element is off, and by how much.</summary>
internal static class Compare
{
    public static void Absolute(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            double error = Math.Abs(expected[k] - actual[k]);
            Assert.True(error <= tolerance, $"{what}[{k}]: expected {expected[k]}, found {actual[k]}, off by {error}");
        }
    }

    /// <summary>Compares values that may be far from 1, where single precision has fewer decimals: <paramref name="tolerance"/> of the magnitude, or of 1.</summary>
    public static void Scaled(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Absolute(expected.Slice(k, 1), actual.Slice(k, 1), tolerance * Math.Max(1, Math.Abs(expected[k])), $"{what}, from {k}:");
        }
    }

    /// <summary>Compares sums of gradients, scaled, at 1e-4 of the largest magnitude of the array.</summary>
    public static void Gradient(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double scale, string what, double largest)
    {
        var scaled = new float[actual.Length];
        for (int k = 0; k < scaled.Length; k++)
        {
            scaled[k] = (float)(actual[k] * scale);
        }

        Absolute(expected, scaled, 1e-4 * Math.Max(largest, 1e-12), what);
    }

    public static void Relative(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{what}: expected {expected}, found {actual}");
}
