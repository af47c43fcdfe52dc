using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Mixtures;

/// <summary>A pen: two coordinates, and whether it is lifted.</summary>
[RnnModel(inputSize: 3, sequenceLength: 10, BatchSize = 3)]
internal sealed partial class Pen
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Mixture(components: 2, dimensions: 2, Covariance = Covariance.Full, Binary = 1)]
    public partial Layer Next { get; }
}

/// <summary>One point per window, beside another head.</summary>
[RnnModel(inputSize: 2, sequenceLength: 10)]
internal sealed partial class Place
{
    [Lstm(5, Direction = Direction.Bidirectional, ReturnSequences = false)]
    public partial Layer Memory { get; }

    [Mixture(4, 3, Weight = 0.5)]
    public partial Layer Where { get; }

    [Softmax(2)]
    public partial Layer What { get; }
}

/// <summary>Does not read what is drawn from its outputs.</summary>
[RnnModel(inputSize: 2, sequenceLength: 3), Gru(3), Mixture(2, 2, Covariance = Covariance.Full, Binary = 1)]
internal sealed partial class Watcher;

/// <summary>Mixtures of Gaussians in models: windows, batches, training, samples.</summary>
[Collection(nameof(AllocationTests))]
public class MixtureModelTests
{
    private static readonly Random Random = new(5);

    private static readonly float[] X = [.. Enumerable.Range(0, 30).Select(_ => (float)(2 * Random.NextDouble()) - 1)];

    private static readonly float[] T = [.. Enumerable.Range(0, 30).Select(k => k % 3 == 2 ? Random.Next(2) : (float)Random.NextDouble())];

    [Fact]
    public void Sizes_and_names()
    {
        var model = new Pen(seed: 1);

        Assert.Equal(13, Pen.OutputSize);
        Assert.Equal([13, 6], model.Next["weight"].Shape.ToArray());
        Assert.Equal(["Next.weight", "Next.bias"], model.Next.Parameters.Select(p => p.FullName));
        Assert.Equal(30, ((IRnnModel<float, float>)model).GetTargetLength(10));
        Assert.Equal(28, Place.WhereSize);
    }

    [Fact]
    public void Windows_steps_and_batches_agree()
    {
        var model = new Pen(seed: 1);
        foreach (float[] row in Agreement.OfSteps(model, X).Chunk(Pen.OutputSize))
        {
            Assert.Equal(1, row[0] + row[1], 1e-5);
        }

        Score sum = Agreement.OfBatches(model, new Sequences<float, float>([X, X[..12], X[6..]], [T, T[..12], T[6..]]));
        Assert.Equal((22, 22), (sum.Count, sum.Decisions));
    }

    [Fact]
    public void One_point_per_window_beside_another_head()
    {
        var model = new Place(seed: 1);
        Place.Trainer trainer = model.CreateTrainer(new Adam(0.02f) { ClipNorm = 1, Schedule = new CosineSchedule(200) });
        (Score Where, Score What) score = model.Evaluate(model.CreateState(), X[..20], [0.5f, 1, -1], [1]);
        Same.About((0.5 * score.Where.Loss) + score.What.Loss, trainer.Train(X.AsSpan(0, 20), [0.5f, 1, -1], [1]), 1e-5, "loss");
        for (int update = 0; update < 200; update++)
        {
            trainer.Train(X.AsSpan(0, 20), [0.5f, 1, -1], [1]);
        }

        // A single point: the deviations shrink, and nothing overflows.
        Assert.True(model.Evaluate(model.CreateState(), X[..20], [0.5f, 1, -1], [1]).Where.Loss < -3);
        Assert.Equal(0, trainer.SkippedUpdates);
    }

    [Fact]
    public void Training_and_generation()
    {
        // A square, walked around: right, up, left, down; the pen is lifted at the last corner.
        float[] walk = [1, 0, 0, 0, 1, 0, -1, 0, 0, 0, -1, 1];
        float[] inputs = [.. Enumerable.Range(0, 30).Select(k => walk[k % 12])];
        float[] targets = [.. Enumerable.Range(0, 30).Select(k => walk[(k + 3) % 12])];
        var model = new Pen(seed: 1);
        using Pen.Trainer trainer = model.CreateTrainer(new Adam(0.02f) { ClipNorm = 5 });
        for (int update = 0; update < 600; update++)
        {
            trainer.Train(inputs, targets);
        }

        Assert.Equal(1, model.Evaluate(model.CreateState(), inputs, targets).Accuracy);
        var sampler = new MixtureSampler(model.Next, seed: 1) { Temperature = 0 };
        var points = new float[24];
        model.Generate(model.CreateState(), walk.AsSpan(0, 3), points, sampler);
        Same.About([.. Enumerable.Range(0, 24).Select(k => walk[(k + 3) % 12])], points, 0.2, "points");

        sampler.Temperature = 0.1f;
        sampler.Bias = 1;
        Pen.State generated = model.CreateState();
        Allocations.None(() => model.Generate(generated, walk.AsSpan(0, 3), points, sampler), 100);
        Allocations.None(() => trainer.Train(inputs, targets), 100);
        Pen.State state = model.CreateState();
        Allocations.None(() => model.Evaluate(state, inputs, targets), 100);
        Assert.All(points, value => Assert.True(float.IsFinite(value)));
        Assert.All(points.Chunk(3), point => Assert.True(point[2] is 0 or 1));
    }

    /// <summary>Means, deviations, correlation and weights of many samples.</summary>
    [Fact]
    public void Samples_have_the_distribution()
    {
        const int count = 20_000;
        float[] outputs = [0.25f, 0.75f, 5, 5, -1, 2, 1, 1, 0.5f, 2, 0, 0.8f, 0.3f];
        var sampler = new MixtureSampler(new Pen(seed: 1).Next, seed: 3);
        (double X, double Y)[] second = Draw(1, 0, out double share, out double lifted);
        Assert.Equal(0.75, share, 0.02);
        Assert.Equal(0.3, lifted, 0.02);
        Assert.Equal(-1, second.Average(p => p.X), 0.03);
        Assert.Equal(2, second.Average(p => p.Y), 0.08);
        Assert.Equal(0.25, second.Average(p => (p.X + 1) * (p.X + 1)), 0.02);
        Assert.Equal(4, second.Average(p => (p.Y - 2) * (p.Y - 2)), 0.2);
        Assert.Equal(0.8, second.Average(p => (p.X + 1) * (p.Y - 2)), 0.05);

        // π ~ π^(1 / τ), variance x τ, odds of yes^(1 / τ).
        second = Draw(0.5f, 0, out share, out lifted);
        Assert.Equal(0.9, share, 0.02);
        Assert.Equal(0.09 / (0.09 + 0.49), lifted, 0.02);
        Assert.Equal(0.125, second.Average(p => (p.X + 1) * (p.X + 1)), 0.01);

        // π ~ π^(1 + b), deviation x exp(-b).
        second = Draw(1, 1, out share, out lifted);
        Assert.Equal(0.9, share, 0.02);
        Assert.Equal(0.3, lifted, 0.02);
        Assert.Equal(0.25 * Math.Exp(-2), second.Average(p => (p.X + 1) * (p.X + 1)), 0.01);

        var point = new float[3];
        sampler.MostLikely(outputs, point);
        Assert.Equal([-1, 2, 0], point);
        Assert.Equal(1, sampler.MostLikelyComponent(outputs));

        (double X, double Y)[] Draw(float temperature, float bias, out double share, out double lifted)
        {
            sampler.Temperature = temperature;
            sampler.Bias = bias;
            var drawn = new float[count][];
            for (int k = 0; k < count; k++)
            {
                drawn[k] = new float[3];
                sampler.Next(outputs, drawn[k]);
            }

            // The components are far from each other.
            (double X, double Y)[] second = [.. drawn.Where(p => p[0] < 2).Select(p => ((double)p[0], (double)p[1]))];
            share = second.Length / (double)count;
            lifted = drawn.Average(p => p[2]);
            return second;
        }
    }

    [Fact]
    public void Wrong_calls()
    {
        var model = new Pen(seed: 1);
        var sampler = new MixtureSampler(model.Next, seed: 1);
        var again = new MixtureSampler(model.Next, seed: 1);
        var outputs = new float[13];
        outputs[1] = 1;
        Assert.Throws<ArgumentException>(() => sampler.Next(new float[12], new float[3]));
        Assert.Throws<ArgumentException>(() => sampler.Next(outputs, new float[2]));
        Assert.Throws<ArgumentException>(() => sampler.MostLikely(outputs, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Temperature = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Bias = float.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixtureSampler(model.Next, 1, stream: -1));
        var e = Assert.Throws<ArgumentException>(() => new MixtureSampler(model.Memory, 1));
        Assert.Contains("Expected a [Mixture] head, found 'Memory', a [Gru].", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => new Watcher(seed: 1).Generate(new Watcher(seed: 1).CreateState(), new float[3], new float[6], sampler));
        Assert.Contains("expected 3 inputs and 13 outputs, found 2 and 13", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Generate(model.CreateState(), new float[2], new float[6], sampler));
        Assert.Throws<ArgumentException>(() => model.Generate(model.CreateState(), new float[3], new float[5], sampler));
        e = Assert.Throws<ArgumentException>(() => model.Evaluate(model.CreateState(), X, T.AsSpan(0, 20)));
        Assert.Contains("Expected a length of 30, found 20", e.Message, StringComparison.Ordinal);

        // Nothing was drawn.
        var points = (new float[3], new float[3]);
        outputs[0] = 1;
        outputs.AsSpan(6, 4).Fill(1);
        sampler.Next(outputs, points.Item1);
        again.Next(outputs, points.Item2);
        Assert.Equal(points.Item2, points.Item1);
    }
}
