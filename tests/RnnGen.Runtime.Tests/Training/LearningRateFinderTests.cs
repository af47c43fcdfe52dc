using System.Globalization;
using RnnGen.Tests.Batches;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

public sealed class LearningRateFinderTests
{
    private static readonly TokenWindows Data = TokenWindows.Sliding(Enumerable.Range(0, 200).Select(k => k * k % 7 % 4).ToArray(), 6);

    [Fact]
    public void The_trainer_is_unchanged()
    {
        var settings = new Adam(0.01f) { Schedule = new CosineSchedule(40) };
        var options = new FitOptions { Updates = 20, BatchSize = 3 };
        TokenRnn.Trainer plain = new TokenRnn(seed: 3).CreateTrainer(settings);
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(settings);
        plain.Fit(Data, null, options);
        trainer.Fit(Data, null, options);
        byte[] before = Saved(trainer);

        trainer.FindLearningRate(Data);

        Assert.Equal(before, Saved(trainer));
        plain.Fit(Data, null, options with { Updates = 40 });
        trainer.Fit(Data, null, options with { Updates = 40 });
        Same.Bits(plain.Model.Parameters, trainer.Model.Parameters, "weights");
    }

    [Fact]
    public void Rates_rise_evenly_until_the_loss_explodes()
    {
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(new Sgd(0.1f));
        LearningRateCurve curve = trainer.FindLearningRate(Data, new LearningRateRange { Lowest = 1e-3f, Highest = 1e6f, Updates = 91, BatchSize = 4 });

        Assert.Equal(1e-3f, curve.Rates[0]);
        Assert.Equal(curve.Rates.Count, curve.Losses.Count);
        Assert.All(curve.Rates.Zip(curve.Rates.Skip(1)), pair => Assert.Equal(Math.Pow(10, 0.1), pair.Second / pair.First, 1e-4));
        Assert.InRange(curve.Rates.Count, 20, 90);
        Assert.All(curve.Losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(curve.Losses[^1] > 2 * curve.Losses.Min());
    }

    [Fact]
    public void The_suggestion_is_a_tenth_of_the_best_rate_and_learns()
    {
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(new Adam(1e-3f));
        LearningRateCurve curve = trainer.FindLearningRate(Data, new LearningRateRange { BatchSize = 8 });

        int best = Enumerable.Range(0, curve.Losses.Count).MinBy(k => curve.Losses[k]);
        Assert.Equal(curve.Rates[best] / 10, curve.Suggestion);

        // Better than a rate a hundred times lower.
        double Loss(float rate)
        {
            TokenRnn.Trainer other = new TokenRnn(seed: 3).CreateTrainer(new Adam(rate));
            other.Fit(Data, null, new FitOptions { Updates = 60, BatchSize = 8 });
            return other.Evaluate(Data).Loss;
        }

        Assert.True(Loss(curve.Suggestion) < Loss(curve.Suggestion / 100) - 0.1);
    }

    [Fact]
    public void The_first_loss_is_that_of_the_model()
    {
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(new Adam(1e-3f));
        TokenWindows one = TokenWindows.Sliding(new[] { 0, 1, 2, 3, 0, 1, 2 }, 6);

        Assert.Equal(trainer.Evaluate(one).Loss, trainer.FindLearningRate(one).Losses[0], 1e-6);
    }

    [Fact]
    public void Frozen_layers_stay_and_lanes_work()
    {
        TokenBatch.Trainer trainer = new TokenBatch(seed: 3).CreateTrainer(new Adam(1e-3f));
        trainer.Model.Hidden.Frozen = true;
        trainer.Model.Next.Frozen = true;
        TokenWindows one = TokenWindows.Sliding(new[] { 0, 1, 2, 3, 0, 1, 2 }, 6);

        LearningRateCurve curve = trainer.FindLearningRate(one);

        Assert.Equal(100, curve.Rates.Count);
        Assert.All(curve.Losses, loss => Assert.Equal(curve.Losses[0], loss, 1e-9));
    }

    [Fact]
    public void Wrong_calls()
    {
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(new Adam(1e-3f));
        Assert.Throws<ArgumentNullException>("data", () => trainer.FindLearningRate(null!));
        Assert.Throws<ArgumentException>("range", () => trainer.FindLearningRate(Data, new LearningRateRange { Lowest = 1, Highest = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Lowest", () => new LearningRateRange { Lowest = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Highest", () => new LearningRateRange { Highest = float.PositiveInfinity });
        Assert.Throws<ArgumentOutOfRangeException>("Updates", () => new LearningRateRange { Updates = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("BatchSize", () => new LearningRateRange { BatchSize = 0 });

        trainer.Accumulate(Data, 0);
        Assert.Throws<InvalidOperationException>(() => trainer.FindLearningRate(Data));

        var nothing = new Sequences<float, float>([new float[9]], [[.. Enumerable.Repeat(float.NaN, 6)]]);
        Assert.Throws<ArgumentException>("data", () => new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f)).FindLearningRate(nothing));
    }

    [Fact]
    public void The_text()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("learning rate 0.0125: rates from 1E-06 to 1.5, 2 updates", new LearningRateCurve([1e-6f, 1.5f], [1, 2], 0.0125f).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static byte[] Saved(Trainer trainer)
    {
        var file = new MemoryStream();
        trainer.Save(file);
        return file.ToArray();
    }
}
