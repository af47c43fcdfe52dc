using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Mean and variance of the inputs: where they come from, and that training leaves them alone.</summary>
[Collection(nameof(AllocationTests))]
public sealed class NormalizationTests : IDisposable
{
    // Far from 0 with a small spread, as temperatures in kelvin or times are: sums of squares would lose the variance.
    private static readonly float[] Rows = [.. Enumerable.Range(0, 60).Select(k => (k % 3) switch { 0 => 100_000 + (k % 5), 1 => -0.25f * k, _ => 7 })];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mean_and_variance_are_those_of_the_data()
    {
        var model = new Scaled(seed: 1);
        model.Scale.Adapt(Rows);

        for (int k = 0; k < 3; k++)
        {
            double[] values = [.. Rows.Where((_, index) => index % 3 == k).Select(v => (double)v)];
            double mean = values.Average();
            Assert.Equal((float)mean, TestNumbers.Values(model.Scale["mean"])[k]);
            Assert.Equal((float)values.Average(v => (v - mean) * (v - mean)), TestNumbers.Values(model.Scale["variance"])[k], 1e-6);
        }
    }

    [Fact]
    public void Windows_and_rows_are_the_same()
    {
        var rows = new Scaled(seed: 1);
        var windows = new Scaled(seed: 1);
        rows.Scale.Adapt(Rows);
        windows.Scale.Adapt(new Sequences<float, float>([Rows[..15], Rows[15..18], Rows[18..]], [[], [], []]));

        Same.Bits(rows.Parameters, windows.Parameters, "parameters");
    }

    [Fact]
    public void A_model_gives_what_one_gives_that_reads_normalised_numbers()
    {
        var model = new Scaled(seed: 1);
        float[] x = [.. Rows[..15].Select((v, k) => k % 3 == 2 ? 7 : v)];
        float[] normalized = [.. x];
        model.Scale.Adapt(Rows);
        float[] mean = TestNumbers.Values(model.Scale["mean"]);
        float[] variance = TestNumbers.Values(model.Scale["variance"]);
        for (int k = 0; k < x.Length; k++)
        {
            // A number that never changes is 0, as in Keras.
            normalized[k] = (x[k] - mean[k % 3]) / MathF.Max(MathF.Sqrt(variance[k % 3]), 1e-7f);
            Assert.True(k % 3 != 2 || normalized[k] == 0);
        }

        var expected = new float[10];
        var actual = new float[10];
        model.Forward(model.CreateState(), x, actual);
        model.Scale["mean"].CopyFrom([0, 0, 0]);
        model.Scale["variance"].CopyFrom([1, 1, 1]);
        model.Forward(model.CreateState(), normalized, expected);

        Same.About(expected, actual, 1e-5, "outputs");
    }

    /// <summary>The training is not refused: the data may have been normalized before.</summary>
    [Fact]
    public void Fit_says_that_it_was_not_adapted()
    {
        var data = new Sequences<float, float>([[0, 1, 2], [2, 1, 0]], [new float[2], new float[2]]);
        var model = new Scaled(seed: 1);
        using var text = new StringWriter();
        FitResult result = model.CreateTrainer(new Sgd(0.1f)).Fit(data, null, new FitOptions { Updates = 3, ReportEvery = 1 }, new ConsoleProgress(text));

        Assert.Contains(result.Advice, advice => advice.StartsWith("The layer 'Scale' ([Normalization]) was not adapted", StringComparison.Ordinal));
        Assert.Equal(2, text.ToString().Split("was not adapted").Length);
        Assert.EndsWith("Call its Adapt with the training data before Fit.", result.ToString(), StringComparison.Ordinal);

        model.Scale.Adapt(data);
        result = model.CreateTrainer(new Sgd(0.1f)).Fit(data, null, new FitOptions { Updates = 3 });

        Assert.DoesNotContain(result.Advice, advice => advice.Contains("Adapt", StringComparison.Ordinal));
    }

    [Fact]
    public void Untrained_it_changes_nothing()
    {
        var model = new Scaled(seed: 1);

        Assert.Equal([0, 0, 0], TestNumbers.Values(model.Scale["mean"]));
        Assert.Equal([1, 1, 1], TestNumbers.Values(model.Scale["variance"]));
        Assert.True(model.Scale.Frozen);
        Assert.Equal((2 * 3 * 4 * 1) + (3 * 4 * 3) + (3 * 4 * 4) + (4 * 2) + 2, Scaled.ParameterCount);
    }

    [Fact]
    public void Training_leaves_it_alone_and_files_keep_it()
    {
        var model = new Scaled(seed: 1);
        model.Scale.Adapt(Rows);
        float[] mean = TestNumbers.Values(model.Scale["mean"]);
        float[] variance = TestNumbers.Values(model.Scale["variance"]);
        Scaled.Trainer trainer = model.CreateTrainer(new AdamW(0.1f) { WeightDecay = 0.5f });
        for (int update = 0; update < 3; update++)
        {
            trainer.Train(Rows[..15], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        }

        Assert.NotEqual(new Scaled(seed: 1).Parameters.ToArray(), model.Parameters.ToArray());
        model.Save(_folder.File("scaled"));
        foreach (Scaled one in (Scaled[])[model, model.Clone(), Scaled.Load(_folder.File("scaled"))])
        {
            Assert.Equal(mean, TestNumbers.Values(one.Scale["mean"]));
            Assert.Equal(variance, TestNumbers.Values(one.Scale["variance"]));
            Assert.True(one.Scale.Frozen);
        }
    }

    [Fact]
    public void Wrong_data_change_nothing()
    {
        var model = new Scaled(seed: 1);
        float[] before = model.Parameters.ToArray();

        var length = Assert.Throws<ArgumentException>("rows", () => model.Scale.Adapt([1, 2, 3, 4]));
        Assert.Contains("multiple of 3, found 4", length.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("rows", () => model.Scale.Adapt([]));
        var number = Assert.Throws<ArgumentException>("rows", () => model.Scale.Adapt([1, 2, 3, 1, float.NaN, 3]));
        Assert.StartsWith("Expected inputs that are finite, found NaN at row 1, column 1.", number.Message, StringComparison.Ordinal);
        number = Assert.Throws<ArgumentException>(
            "data", () => model.Scale.Adapt(new Sequences<float, float>([[1, 2, 3], [1, 2, 3, 4, 5, float.PositiveInfinity]], [[], []])));
        Assert.StartsWith("Expected inputs that are finite, found Infinity at window 1, step 1, column 2.", number.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("data", () => model.Scale.Adapt(new Sequences<float, float>([], [])));
        Assert.Throws<ArgumentException>("data", () => model.Scale.Adapt(new Sequences<float, float>([[1, 2, 3], [1]], [[], []])));
        Assert.Throws<ArgumentNullException>("data", () => model.Scale.Adapt((Dataset<float, float>)null!));
        var layer = Assert.Throws<InvalidOperationException>(() => model.Memory.Adapt([1, 2, 3]));
        Assert.Contains("'Memory'", layer.Message, StringComparison.Ordinal);
        Same.Bits(before, model.Parameters, "parameters");
    }

    [Fact]
    public void Allocates_nothing()
    {
        var model = new Scaled(seed: 1);
        model.Scale.Adapt(Rows);
        Scaled.Trainer trainer = model.CreateTrainer(new Adam(1e-3f));
        float[] targets = [1, float.NaN, 3, 4, 5, 6, 7, 8, 9, 10];

        Allocations.None(() => trainer.Train(Rows.AsSpan(0, 15), targets), 200);
    }
}
