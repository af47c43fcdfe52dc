using System.Globalization;

namespace RnnGen.Testing;

/// <summary>Compares numbers.</summary>
internal static class Near
{
    /// <summary>Checks that numbers are near others.</summary>
    /// <param name="expected">The numbers that are right.</param>
    /// <param name="actual">The others.</param>
    /// <param name="tolerance">The largest difference: absolute, or relative for numbers above 1; 0 for the same bits.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="CheckException">They differ.</exception>
    public static void Check(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance, string what)
    {
        for (int k = 0; k < expected.Length; k++)
        {
            // Equals: infinities are near themselves, and so is NaN.
            bool isNear = BitConverter.SingleToInt32Bits(expected[k]) == BitConverter.SingleToInt32Bits(actual[k])
                || (tolerance > 0 && (expected[k].Equals(actual[k]) || Math.Abs(expected[k] - actual[k]) <= tolerance * Math.Max(1, Math.Abs(expected[k]))));
            if (!isNear)
            {
                throw new CheckException(string.Create(CultureInfo.InvariantCulture, $"{what} [{k}]: expected {expected[k]:R}, found {actual[k]:R}."));
            }
        }
    }
}
