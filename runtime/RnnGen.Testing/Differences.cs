using System.Globalization;

namespace RnnGen.Testing;

/// <summary>Compares gradients with differences of a loss.</summary>
/// <param name="loss">Computes the loss from the values as they are.</param>
/// <param name="shift">The Euclidean length of a shift of all values.</param>
/// <param name="tolerance">The largest difference of a slope, as a part of the length of the gradient.</param>
/// <param name="random">Draws directions.</param>
internal sealed class Differences(Func<double> loss, double shift, double tolerance, Random random)
{
    private const int Directions = 2;

    // Gradients that are shorter are not compared more precisely: they are rounding errors of larger terms.
    private const double ShortestGradient = 1e-2;

    /// <summary>Compares the gradient of some values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <exception cref="CheckException">It is wrong.</exception>
    public void Compare(ShiftedValues values, float[] gradient)
    {
        double limit = tolerance * Math.Max(ShortestGradient, Math.Sqrt(gradient.Sum(g => (double)g * g)));
        for (int direction = 0; direction < Directions; direction++)
        {
            // No element is left out: its share is between 0.5 and 1.5.
            double[] shares = [.. gradient.Select(_ => (0.5 + random.NextDouble()) * (random.Next(2) == 0 ? -1 : 1))];
            if (IsWrong(values, gradient, shares, limit))
            {
                throw new CheckException(Describe(values, gradient, shares, limit));
            }
        }
    }

    private bool IsWrong(ShiftedValues values, float[] gradient, double[] shares, double limit) => !(Slopes(values, gradient, shares).Error <= limit);

    /// <summary>The change of the loss per shift, by differences and by the gradient.</summary>
    private Slope Slopes(ShiftedValues values, float[] gradient, double[] shares)
    {
        double size = shift / Math.Sqrt(shares.Length);
        float[] above = Shifted(size);
        float[] below = Shifted(-size);
        double here = loss();
        values.Write(above);
        double up = loss() - here;
        values.Write(below);
        double down = here - loss();
        values.Write(values.Kept);

        // Values are rounded when they are shifted: what counts is by how much they were.
        double predicted = 0;
        for (int k = 0; k < gradient.Length; k++)
        {
            predicted += gradient[k] * ((double)above[k] - below[k]);
        }

        return new Slope((up + down) / (2 * size), predicted / (2 * size), Math.Abs(up - down) / size);

        float[] Shifted(double by) => [.. values.Kept.Zip(shares, (value, share) => (float)(value + (by * share)))];
    }

    /// <summary>Finds an element that is wrong by halves, one of which must be.</summary>
    private string Describe(ShiftedValues values, float[] gradient, double[] shares, double limit)
    {
        (int start, int count) = (0, shares.Length);
        while (count > 1)
        {
            int half = count / 2;
            if (Part(start, half) >= Part(start + half, count - half))
            {
                count = half;
            }
            else
            {
                (start, count) = (start + half, count - half);
            }
        }

        double[] one = new double[shares.Length];
        one[start] = 1;
        Slope slope = Slopes(values, gradient, one);
        if (!(slope.Error <= limit / 2))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{values.Name}{Place.Of(start, values.Shape)}: expected the gradient {slope.Expected:G6}, found {slope.Actual:G6}.");
        }

        slope = Slopes(values, gradient, shares);
        return string.Create(CultureInfo.InvariantCulture, $"{values.Name}: expected the slope {slope.Expected:G6} in a direction, found {slope.Actual:G6}, which may be off by {limit:G3}.");

        double Part(int first, int length) => Slopes(values, gradient, [.. shares.Select((share, k) => k >= first && k < first + length ? share : 0)]).Error;
    }

    /// <summary>A slope by differences and by the gradient.</summary>
    /// <param name="Expected">The slope by differences to both sides.</param>
    /// <param name="Actual">The slope by the gradient.</param>
    /// <param name="Bend">By how much the slopes to the two sides differ, as at a corner of ReLU.</param>
    private readonly record struct Slope(double Expected, double Actual, double Bend)
    {
        /// <summary>What the bend does not explain of the difference.</summary>
        public double Error => double.IsNaN(Expected - Actual) ? double.PositiveInfinity : Math.Max(0, Math.Abs(Expected - Actual) - Bend);
    }
}

/// <summary>Values that a loss depends on.</summary>
/// <param name="Name">Their name, for messages.</param>
/// <param name="Shape">Their shape.</param>
/// <param name="Kept">The values.</param>
/// <param name="Write">Replaces them.</param>
internal sealed record ShiftedValues(string Name, IReadOnlyList<int> Shape, float[] Kept, Action<float[]> Write);
