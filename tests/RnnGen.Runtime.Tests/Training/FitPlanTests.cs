using RnnGen.Tests.Batches;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>What the options of Fit mean: epochs, defaults, and options that would have no effect.</summary>
public sealed class FitPlanTests
{
    private static readonly TokenWindows Data = TokenWindows.Tiled(Enumerable.Range(0, 50).Select(k => k * k % 4).ToArray(), 6);

    [Theory]
    [InlineData(1, 1, 9)]
    [InlineData(3, 1, 27)]
    [InlineData(2, 4, 5)]
    [InlineData(1, 20, 1)]
    public void Epochs_are_so_many_updates(int epochs, int batchSize, long updates)
    {
        Assert.Equal(9, Data.Count);
        Assert.Equal(updates, Trainer().Fit(Data, null, new FitOptions { Epochs = epochs, BatchSize = batchSize }).Updates);
    }

    [Fact]
    public void Several_calls_by_epochs_are_one()
    {
        TokenRnn.Trainer whole = Trainer();
        TokenRnn.Trainer parts = Trainer();
        var options = new FitOptions { Epochs = 4, BatchSize = 2, Patience = 100 };

        FitResult expected = whole.Fit(Data, Data, options);
        parts.Fit(Data, Data, options with { Epochs = null, Updates = 7 });
        FitResult result = parts.Fit(Data, Data, options);

        Same.Bits(whole.Model.Parameters, parts.Model.Parameters, "weights");
        Assert.Equal((expected.Updates, expected.BestLoss, expected.BestUpdate), (result.Updates, result.BestLoss, result.BestUpdate));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void What_needs_validations_has_one_per_epoch(bool patience, bool best, bool plateau)
    {
        OptimizerSettings settings = plateau ? new Sgd(0.1f) { Schedule = new PlateauSchedule() } : new Sgd(0.1f);
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(settings);
        FitResult result = trainer.Fit(Data, Data, new FitOptions { Epochs = 3, BatchSize = 4, Patience = patience ? 50 : null, RestoreBestWeights = best });

        // 9 windows: the third, fifth and seventh mini-batch take the last one of an epoch.
        Assert.Equal([3L, 5, 7], result.History.Where(report => report.Validation is not null).Select(report => report.Update));
    }

    [Fact]
    public void Otherwise_there_is_one_at_the_end()
    {
        FitResult result = Trainer().Fit(Data, Data, new FitOptions { Epochs = 3, BatchSize = 4 });
        Assert.Equal([7L], result.History.Where(report => report.Validation is not null).Select(report => report.Update));
    }

    [Fact]
    public void The_batch_size_of_the_model_is_the_default()
    {
        // 9 windows, and lanes for 9.
        Assert.Equal(2, new TokenBatch(seed: 1).CreateTrainer(new Sgd(0.1f)).Fit(Data, null, new FitOptions { Epochs = 2 }).Updates);
        Assert.Equal(18, Trainer().Fit(Data, null, new FitOptions { Epochs = 2 }).Updates);
    }

    [Theory]
    [InlineData(null, null, "neither")]
    [InlineData(5L, 5, "both")]
    public void Updates_or_epochs_are_given(long? updates, int? epochs, string found) =>
        AssertRefused(new FitOptions { Updates = updates, Epochs = epochs }, new Sgd(0.1f), $"Expected either Updates or Epochs, found {found}.");

    [Fact]
    public void What_needs_validations_needs_data()
    {
        var options = new FitOptions { Updates = 5 };
        AssertRefused(options with { Patience = 3 }, new Sgd(0.1f), "Patience needs data to validate on, found none.");
        AssertRefused(options with { RestoreBestWeights = true }, new Sgd(0.1f), "RestoreBestWeights needs data to validate on, found none.");
        AssertRefused(options with { ValidateEvery = 3 }, new Sgd(0.1f), "ValidateEvery needs data to validate on, found none.");
        AssertRefused(options, new Sgd(0.1f) { Schedule = new PlateauSchedule() }, "PlateauSchedule needs data to validate on, found none.");
    }

    [Fact]
    public void Ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Epochs", () => new FitOptions { Epochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Updates", () => new FitOptions { Updates = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("BatchSize", () => new FitOptions { BatchSize = 0 });
        Assert.Throws<ArgumentNullException>("Callbacks", () => new FitOptions { Callbacks = null! });
    }

    [Fact]
    public void A_training_may_have_as_many_updates_as_there_are_numbers()
    {
        using var cancellation = new CancellationTokenSource();
        FitResult result = Trainer().Fit(
            Data, null, new FitOptions { Updates = long.MaxValue, ReportEvery = 1 }, new Reports(_ => cancellation.Cancel()), cancellation.Token);
        Assert.Equal((StopReason.Cancelled, 1), (result.StopReason, result.Updates));
    }

    private static void AssertRefused(FitOptions options, OptimizerSettings settings, string message)
    {
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(settings);
        var e = Assert.Throws<ArgumentException>("options", () => trainer.Fit(Data, null, options));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Optimizer.Updates);
    }

    private static TokenRnn.Trainer Trainer() => new TokenRnn(seed: 3).CreateTrainer(new Adam(0.01f));
}
