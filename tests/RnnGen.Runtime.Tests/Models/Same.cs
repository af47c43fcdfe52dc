namespace RnnGen.Tests.Models;

/// <summary>Comparisons of arrays that report the largest difference and its index.</summary>
internal static class Same
{
    /// <summary>Equal bit for bit: a NaN equals itself, and 0 is not -0.</summary>
    public static void Bits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            if (BitConverter.SingleToInt32Bits(expected[k]) != BitConverter.SingleToInt32Bits(actual[k]))
            {
                Assert.Fail($"{what}[{k}]: expected {expected[k]:R}, found {actual[k]:R}.");
            }
        }
    }

    public static void Bits(State expected, State actual)
    {
        foreach (string name in expected.Names)
        {
            Bits(expected[name], actual[name], name);
        }
    }

    public static void About(double expected, double actual, double tolerance, string what)
    {
        if (!(Math.Abs(expected - actual) <= tolerance))
        {
            Assert.Fail($"{what}: expected {expected}, found {actual}.");
        }
    }

    public static void About(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            About(expected[k], actual[k], tolerance, $"{what}[{k}]");
        }
    }

    /// <summary>Numbers that take another path of rounding.</summary>
    public static void About(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            About(expected[k], actual[k], tolerance, $"{what}[{k}]");
        }
    }
}
