using RnnGen.CompilerServices;

namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>Losses and gradients of mixtures of Gaussians against PyTorch's distributions, and finite differences: heads/make_mixture_goldens.py.</summary>
public sealed class MixtureTests
{
    [Fact]
    public void Random_mixtures()
    {
        var file = new GoldenFile("mixture_cases.safetensors", "heads");
        float[] values = file.Floats("values");
        float[] targets = file.Floats("targets");
        double[] losses = file.Doubles("losses");
        double[] gradients = file.Doubles("gradients");
        int[][] shapes = [.. file.Integers("shapes").Chunk(4)];
        Assert.Equal(200, shapes.Length);
        int place = 0;
        int target = 0;
        for (int k = 0; k < shapes.Length; k++)
        {
            MixtureHead head = Head(shapes[k]);
            float[] z = values[place..(place + head.Size)];
            float[] point = targets[target..(target + shapes[k][1] + shapes[k][3])];
            double[] expected = gradients[place..(place + head.Size)];
            var found = new float[head.Size];

            Score score = head.Loss(z, found, point);

            Assert.True(Math.Abs(losses[k] - score.LossSum) <= 1e-5 * Math.Max(1, Math.Abs(losses[k])), $"{k}: expected {losses[k]}, found {score.LossSum}");
            Assert.Equal((1, shapes[k][3]), (score.Count, score.Decisions));
            Compare.Gradient(expected, found, 1, $"gradient {k}", expected.Max(Math.Abs));

            // In the same place.
            head.Loss(z, z, point);
            Assert.Equal(found, z);
            place += head.Size;
            target += point.Length;
        }

        Assert.Equal((values.Length, targets.Length), (place, target));
    }

    /// <summary>The definition in double, of the parameters that the head gives.</summary>
    [Theory]
    [InlineData(3, 3, 0, 2)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(1, 1, 0, 0)]
    public void Finite_differences(params int[] shape)
    {
        const double shift = 1e-5;
        MixtureHead head = Head(shape);
        var random = new Random(1);
        float[] z = [.. Enumerable.Range(0, head.Size).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        float[] target = [.. Enumerable.Range(0, shape[1]).Select(_ => (float)random.NextDouble()), .. Enumerable.Range(0, shape[3]).Select(_ => (float)random.NextDouble())];
        double[] wide = [.. z.Select(v => (double)v)];
        var gradients = new float[z.Length];
        Score score = head.Loss(z, gradients, target);
        Assert.Equal(Loss(wide), score.LossSum, 1e-6);

        double[] slopes = [.. wide.Select((_, k) => Slope(k, Loss))];
        Compare.Gradient(slopes, gradients, 1, "gradient", slopes.Max(Math.Abs));

        // The gradient of a user's own loss of the parameters.
        float[] factors = [.. z.Select(_ => (float)random.NextDouble())];
        head.Backward(z, factors, gradients);
        slopes = [.. wide.Select((_, k) => Slope(k, values => Parameters(values).Zip(factors, (p, f) => p * f).Sum()))];
        Compare.Gradient(slopes, gradients, 1, "gradient of parameters", slopes.Max(Math.Abs));
        var outputs = new float[z.Length];
        head.Activate(z, outputs);
        Compare.Absolute(Parameters(wide), outputs, 1e-6, "parameters");

        double Slope(int k, Func<double[], double> loss) =>
            (loss([.. wide.Select((v, j) => j == k ? v + shift : v)]) - loss([.. wide.Select((v, j) => j == k ? v - shift : v)])) / (2 * shift);

        double Loss(double[] values) => Nats(Parameters(values), target, shape);

        double[] Parameters(double[] values) => ParametersOf(values, shape);
    }

    /// <summary>Deviations of e^±20, and a point 1e6 deviations away from all means: finite, and not 0 where they must not be.</summary>
    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    [InlineData(-7)]
    public void Extremes_stay_finite(float logDeviation)
    {
        foreach (int full in (int[])[0, 1])
        {
            MixtureHead head = Head([2, 2, full, 0]);
            var z = new float[head.Size];
            z.AsSpan(head.FirstDeviation, 4).Fill(logDeviation);
            z.AsSpan(head.FirstCorrelation).Fill(12);
            float far = 1e6f * MathF.Exp(logDeviation);
            var gradients = new float[z.Length];
            foreach (float distance in (float[])[0, far])
            {
                Score score = head.Loss(z, gradients, [distance, -distance]);
                Assert.True(double.IsFinite(score.LossSum));
                Assert.All(gradients, gradient => Assert.True(float.IsFinite(gradient)));
                Assert.Contains(gradients[head.FirstDeviation..head.FirstCorrelation], gradient => gradient != 0);
            }
        }
    }

    [Fact]
    public void Targets_that_are_NaN_are_ignored()
    {
        MixtureHead head = Head([2, 2, 1, 2]);
        float[] z = [.. Enumerable.Range(0, head.Size).Select(k => 0.1f * k)];
        var all = new float[z.Length];
        var some = new float[z.Length];
        head.Loss(z, all, [0.5f, 0.25f, 1, 0]);

        Score point = head.Loss(z, some, [0.5f, 0.25f, float.NaN, float.NaN]);
        Assert.Equal((1, 0), (point.Count, point.Decisions));
        Assert.Equal([.. all[..head.FirstBinary], 0, 0], some);

        Score answers = head.Loss(z, some, [0.5f, float.NaN, 1, float.NaN]);
        Assert.Equal((1, 1, 1), (answers.Count, answers.Decisions, answers.Correct));
        Assert.Equal([.. new float[head.FirstBinary], all[head.FirstBinary], 0], some);

        Assert.Equal(0, head.Loss(z, some, [float.NaN, 0, float.NaN, float.NaN]).Count);
        Assert.All(some, gradient => Assert.Equal(0, gradient));
        z[0] = float.NaN;
        Assert.True(double.IsNaN(head.Loss(z, some, [0, 0, 0, 0]).LossSum));
    }

    private static MixtureHead Head(int[] shape) => new(shape[0], shape[1], (Covariance)shape[2], shape[3]);

    private static double[] ParametersOf(double[] z, int[] shape)
    {
        (int components, int dimensions, bool full, int binary) = (shape[0], shape[1], shape[2] > 0, shape[3]);
        int deviations = components * (1 + dimensions);
        int correlations = components * (1 + (2 * dimensions));
        int answers = correlations + (full ? components : 0);
        double total = z.Take(components).Sum(Math.Exp);
        Assert.Equal(answers + binary, z.Length);
        return [.. z.Select((v, k) => k < components ? Math.Exp(v) / total : k < deviations ? v : k < correlations ? Math.Exp(v) : k < answers ? Math.Tanh(v) : 1 / (1 + Math.Exp(-v)))];
    }

    private static double Nats(double[] parameters, float[] target, int[] shape)
    {
        (int components, int dimensions, bool full, int binary) = (shape[0], shape[1], shape[2] > 0, shape[3]);
        double sum = 0;
        for (int k = 0; k < components; k++)
        {
            int mean = components + (k * dimensions);
            double[] u = [.. Enumerable.Range(0, dimensions).Select(d => (target[d] - parameters[mean + d]) / Deviation(d))];
            double density = Enumerable.Range(0, dimensions).Aggregate(parameters[k], (product, d) => product / (Deviation(d) * Math.Sqrt(2 * Math.PI)));
            double rho = full ? parameters[(components * (1 + (2 * dimensions))) + k] : 0;
            sum += density * (full
                ? Math.Exp(-((u[0] * u[0]) + (u[1] * u[1]) - (2 * rho * u[0] * u[1])) / (2 * (1 - (rho * rho)))) / Math.Sqrt(1 - (rho * rho))
                : Math.Exp(-0.5 * u.Sum(v => v * v)));

            double Deviation(int d) => parameters[(components * (1 + dimensions)) + (k * dimensions) + d];
        }

        double nats = -Math.Log(sum);
        for (int k = 0; k < binary; k++)
        {
            double p = parameters[^(binary - k)];
            float t = target[dimensions + k];
            nats -= (t * Math.Log(p)) + ((1 - t) * Math.Log(1 - p));
        }

        return nats;
    }
}
