using RnnGen.CompilerServices;

namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>The quantile loss and its gradients against the definition in double precision and finite differences.</summary>
public sealed class QuantileTests
{
    private static readonly float[][] AllLevels = [[0.5f], [0.1f, 0.9f], [0.1f, 0.5f, 0.9f], [0.01f, 0.05f, 0.25f, 0.5f, 0.75f, 0.95f, 0.99f]];

    [Fact]
    public void Random_rows()
    {
        const double shift = 1e-6;
        var random = new Random(1);
        for (int k = 0; k < 200; k++)
        {
            float[] levels = AllLevels[k % AllLevels.Length];
            float[] targets = [.. Enumerable.Range(0, 1 + (k % 7)).Select(_ => (float)((8 * random.NextDouble()) - 4))];
            float[] z = [.. Enumerable.Range(0, levels.Length * targets.Length).Select(_ => (float)((10 * random.NextDouble()) - 5))];
            double[] wide = [.. z.Select(value => (double)value)];
            var gradients = new float[z.Length];

            Score score = new QuantileHead(levels).Loss(z, gradients, targets);

            Assert.Equal(Loss(wide, levels, targets), score.LossSum, 1e-9);
            Assert.Equal((targets.Length, levels.Length > 1 ? targets.Length : 0), (score.Count, score.Decisions));
            for (int place = 0; place < z.Length; place++)
            {
                double[] up = [.. wide];
                double[] down = [.. wide];
                up[place] += shift;
                down[place] -= shift;
                Assert.Equal((Loss(up, levels, targets) - Loss(down, levels, targets)) / (2 * shift), gradients[place], 1e-5);
            }

            // In the same place.
            new QuantileHead(levels).Loss(z, z, targets);
            Assert.Equal(gradients, z);
        }
    }

    [Fact]
    public void Quantiles_do_not_cross_and_hits_are_targets_between_them()
    {
        float[] levels = [0.1f, 0.5f, 0.9f];
        var q = new float[6];
        new QuantileHead(levels).Activate([-1, -100, 2, 4, 100, -3], q);
        Assert.Equal([-1, -1, 1.126928f, 4, 104, 104.048587f], q);

        Score score = new QuantileHead(levels).Loss([-1, -100, 2, 4, 100, -3], new float[6], [1, 3.9f]);
        Assert.Equal((2, 1, 2), (score.Count, score.Correct, score.Decisions));
        Assert.Equal(0.5, score.Accuracy);
    }

    [Fact]
    public void The_gradient_of_given_output_gradients()
    {
        const double shift = 1e-4;
        float[] levels = [0.1f, 0.5f, 0.9f];
        float[] z = [0.3f, -1, 2, 1, 0.5f, -2];
        float[] outward = [1, -2, 0.5f, 0.25f, 3, -1];
        var gradients = new float[6];

        new QuantileHead(levels).Backward(z, outward, gradients);

        for (int place = 0; place < 6; place++)
        {
            Assert.Equal((Product(place, shift) - Product(place, -shift)) / (2 * shift), gradients[place], 1e-4);
        }

        double Product(int place, double by)
        {
            double[] moved = [.. z.Select(value => (double)value)];
            moved[place] += by;
            return Quantiles(moved, 3).Zip(outward, (q, gradient) => q * gradient).Sum();
        }
    }

    [Fact]
    public void Targets_that_are_NaN_are_ignored_and_values_that_are_NaN_are_not()
    {
        float[] levels = [0.1f, 0.9f];
        float[] gradients = [1, 1, 1, 1];

        Score score = new QuantileHead(levels).Loss([1, 2, 3, 4], gradients, [float.NaN, 3]);
        Assert.Equal(1, score.Count);
        Assert.Equal([0, 0], gradients[..2]);

        Assert.True(double.IsNaN(new QuantileHead(levels).Loss([float.NaN, 1], gradients[..2], [1]).LossSum));
        Assert.True(float.IsFinite((float)new QuantileHead(levels).Loss([-1e30f, 1e30f], gradients[..2], [1]).LossSum));
    }

    private static double Loss(double[] z, float[] levels, float[] targets)
    {
        double[] quantiles = [.. Quantiles(z, levels.Length)];
        return quantiles.Select((q, place) =>
        {
            double error = targets[place / levels.Length] - q;
            double level = levels[place % levels.Length];
            return Math.Max(level * error, (level - 1) * error) / levels.Length;
        }).Sum();
    }

    private static IEnumerable<double> Quantiles(double[] z, int levels)
    {
        double quantile = 0;
        for (int place = 0; place < z.Length; place++)
        {
            quantile = place % levels == 0 ? z[place] : quantile + Math.Log(1 + Math.Exp(z[place]));
            yield return quantile;
        }
    }
}
