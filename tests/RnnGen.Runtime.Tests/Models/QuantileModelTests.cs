using RnnGen.Testing;
using RnnGen.Tests.Allocation;

namespace RnnGen.Tests.Models;

/// <summary>Two numbers per step, three quantiles of each.</summary>
[RnnModel(inputSize: 2, sequenceLength: 10, BatchSize = 3)]
internal sealed partial class Range
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Quantile(0.1, 0.5, 0.9, Targets = 2)]
    public partial Layer Next { get; }
}

/// <summary>Once per window, beside another head.</summary>
[RnnModel(inputSize: 2, sequenceLength: 10)]
internal sealed partial class RangeAndClass
{
    [Lstm(5, Direction = Direction.Bidirectional, ReturnSequences = false)]
    public partial Layer Memory { get; }

    [Quantile(0.25, 0.75, Weight = 0.5)]
    public partial Layer Much { get; }

    [Softmax(2)]
    public partial Layer What { get; }
}

/// <summary>Quantiles in models: windows, batches, training.</summary>
[Collection(nameof(AllocationTests))]
public sealed class QuantileModelTests
{
    private static readonly Random Random = new(5);

    private static readonly float[] X = [.. Enumerable.Range(0, 20).Select(_ => (float)(2 * Random.NextDouble()) - 1)];

    private static readonly float[] T = [.. Enumerable.Range(0, 20).Select(_ => (float)Random.NextDouble())];

    [Fact]
    public void Sizes()
    {
        var model = new Range(seed: 1);

        Assert.Equal(6, Range.OutputSize);
        Assert.Equal([6, 6], model.Next["weight"].Shape.ToArray());
        Assert.Equal(20, ((IRnnModel<float, float>)model).GetTargetLength(10));
        Assert.Equal([0.1, 0.5, 0.9], ((QuantileAttribute)model.Next.Declaration).Levels);
        Assert.Equal(2, RangeAndClass.MuchSize);
    }

    [Fact]
    public void Windows_steps_and_batches_agree()
    {
        var model = new Range(seed: 1);
        foreach (float[] row in Agreement.OfSteps(model, X).Chunk(Range.OutputSize))
        {
            Assert.True(row[0] <= row[1] && row[1] <= row[2] && row[3] <= row[4] && row[4] <= row[5]);
        }

        Score sum = Agreement.OfBatches(model, new Sequences<float, float>([X, X[..8], X[4..]], [T, T[..8], T[4..]]));
        Assert.Equal((44, 44), (sum.Count, sum.Decisions));
    }

    [Fact]
    public void It_learns_the_quantiles_of_noise_and_allocates_nothing()
    {
        // Uniform noise around the first input, as wide as the second one.
        var random = new Random(1);
        (float[] Inputs, float[] Targets) Window()
        {
            float[] inputs = [.. Enumerable.Range(0, 20).Select(_ => random.NextSingle())];
            return (inputs, [.. Enumerable.Range(0, 20).Select(k => inputs[k & ~1] + (inputs[k | 1] * random.NextSingle()))]);
        }

        var model = new Range(seed: 1);
        using Range.Trainer trainer = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1, Schedule = new CosineSchedule(3000) });
        for (int update = 0; update < 3000; update++)
        {
            (float[] x, float[] t) = Window();
            trainer.Train(x, t);
        }

        (float[] Inputs, float[] Targets)[] held = [.. Enumerable.Range(0, 500).Select(_ => Window())];
        Score score = model.Evaluate(new Sequences<float, float>([.. held.Select(w => w.Inputs)], [.. held.Select(w => w.Targets)]));

        Assert.Equal(0.8, score.Accuracy, 0.03);
        var outputs = new float[10 * Range.OutputSize];
        float[] steady = [.. Enumerable.Repeat(0.5f, 20)];
        model.Forward(model.CreateState(), steady, outputs);
        Same.About([0.55f, 0.75f, 0.95f, 0.55f, 0.75f, 0.95f], outputs[^6..], 0.05, "quantiles");

        Range.State state = model.CreateState();
        Allocations.None(() => trainer.Train(X, T), 100);
        Allocations.None(() => model.Forward(state, X, outputs), 100);
        Allocations.None(() => model.Step(state, X.AsSpan(0, 2), outputs.AsSpan(0, 6)), 100);
    }

    [Fact]
    public void Once_per_window_beside_another_head()
    {
        var model = new RangeAndClass(seed: 1);
        using RangeAndClass.Trainer trainer = model.CreateTrainer(new Adam(0.02f));
        (Score Much, Score What) score = model.Evaluate(model.CreateState(), X, [0.5f], [1]);
        Same.About((0.5 * score.Much.Loss) + score.What.Loss, trainer.Train(X, [0.5f], [1]), 1e-5, "loss");
        for (int update = 0; update < 300; update++)
        {
            trainer.Train(X, [0.5f], [1]);
        }

        Assert.True(model.Evaluate(model.CreateState(), X, [0.5f], [1]).Much.Loss < 0.02);
    }
}
