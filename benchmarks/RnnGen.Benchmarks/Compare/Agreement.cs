namespace RnnGen.Benchmarks;

/// <summary>A peer whose results differ is not timed.</summary>
internal static class Agreement
{
    /// <summary>The largest difference of outputs, or that of gradients in relation to the largest gradient.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>The same, where weights are narrow.</summary>
    public const double NarrowTolerance = 0.1;

    public static double Difference(float[] ours, float[] theirs, bool gradients)
    {
        if (ours.Length != theirs.Length)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        double difference = 0;
        for (int k = 0; k < ours.Length; k++)
        {
            largest = Math.Max(largest, Math.Abs(ours[k]));
            double one = Math.Abs((double)ours[k] - theirs[k]);

            // NaN does not agree.
            difference = one <= difference ? difference : double.IsNaN(one) ? double.PositiveInfinity : one;
        }

        return gradients ? difference / largest : difference;
    }
}
