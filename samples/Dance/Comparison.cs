/// <summary>What dances that were made up have in common with true ones, and what not.</summary>
internal static class Comparison
{
    /// <summary>How fast the joints move on average, in centimeters per second.</summary>
    public static double Speed(Dance dance)
    {
        (double, double)[][] joints = dance.Joints;
        return 100 * Figure.Rate * joints.Zip(joints.Skip(1), MeanDistance).Average();
    }

    /// <summary>How far the joints are on average from those of the most similar dance, in centimeters.</summary>
    public static double Nearest(Dance dance, IReadOnlyCollection<(double X, double Y)[][]> others)
    {
        (double, double)[][] joints = dance.Joints;
        return 100 * others.Min(other => joints.Zip(other, MeanDistance).Average());
    }

    /// <summary>The errors of all limbs' lengths in all poses, the smallest first, as shares of the true lengths.</summary>
    public static double[] LengthErrors(IEnumerable<Dance> dances) => [.. dances.SelectMany(dance => dance.Joints).SelectMany(Figure.LengthErrors).Order()];

    private static double MeanDistance((double X, double Y)[] a, (double X, double Y)[] b)
    {
        double sum = 0;
        for (int joint = 0; joint < Figure.Joints; joint++)
        {
            sum += Figure.Distance(a[joint], b[joint]);
        }

        return sum / Figure.Joints;
    }
}
