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

    private bool IsWrong(ShiftedValues values, float[] gradient, double[] shares, double limit)
    {
        (double expected, double actual) = Slopes(values, gradient, shares);
        return !(Math.Abs(expected - actual) <= limit);
    }

    /// <summary>The change of the loss per shift, by differences and by the gradient.</summary>
    private (double Expected, double Actual) Slopes(ShiftedValues values, float[] gradient, double[] shares)
    {
        double size = shift / Math.Sqrt(shares.Length);
        float[] above = Shifted(size);
        float[] below = Shifted(-size);
        values.Write(above);
        double change = loss();
        values.Write(below);
        change -= loss();
        values.Write(values.Kept);

        // Values are rounded when they are shifted: what counts is by how much they were.
        double predicted = 0;
        for (int k = 0; k < gradient.Length; k++)
        {
            predicted += gradient[k] * ((double)above[k] - below[k]);
        }

        return (change / (2 * size), predicted / (2 * size));

        float[] Shifted(double by) => [.. values.Kept.Zip(shares, (value, share) => (float)(value + (by * share)))];
    }

    /// <summary>Finds an element that is wrong by halves, one of which must be.</summary>
    private string Describe(ShiftedValues values, float[] gradient, double[] shares, double limit)
    {
        (int start, int count) = (0, shares.Length);
        while (count > 1)
        {
            int half = count / 2;
            if (Error(start, half) >= Error(start + half, count - half))
            {
                count = half;
            }
            else
            {
                (start, count) = (start + half, count - half);
            }
        }

        (double expected, double actual) = Slopes(values, gradient, Only(start, 1, _ => 1));
        return Math.Abs(expected - actual) > limit / 2
            ? string.Create(CultureInfo.InvariantCulture, $"{values.Name}{Place.Of(start, values.Shape)}: expected the gradient {expected:G6}, found {actual:G6}.")
            : Whole();

        double Error(int first, int length)
        {
            (double one, double other) = Slopes(values, gradient, Only(first, length, k => shares[k]));
            double error = Math.Abs(one - other);
            return double.IsNaN(error) ? double.PositiveInfinity : error;
        }

        double[] Only(int first, int length, Func<int, double> share) => [.. shares.Select((_, k) => k >= first && k < first + length ? share(k) : 0)];

        string Whole()
        {
            (double slope, double found) = Slopes(values, gradient, shares);
            return string.Create(CultureInfo.InvariantCulture, $"{values.Name}: expected the slope {slope:G6} in a direction, found {found:G6}, which may be off by {limit:G3}.");
        }
    }
}

/// <summary>Values that a loss depends on.</summary>
/// <param name="Name">Their name, for messages.</param>
/// <param name="Shape">Their shape.</param>
/// <param name="Kept">The values.</param>
/// <param name="Write">Replaces them.</param>
internal sealed record ShiftedValues(string Name, IReadOnlyList<int> Shape, float[] Kept, Action<float[]> Write);
