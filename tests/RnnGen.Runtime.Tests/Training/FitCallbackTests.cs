using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

public sealed class FitCallbackTests
{
    private static readonly TokenWindows Data = TokenWindows.Tiled(Enumerable.Range(0, 50).Select(k => k * k % 4).ToArray(), 6);

    [Fact]
    public void It_hears_of_validations_reports_and_epochs_in_this_order()
    {
        var log = new Log();
        Trainer().Fit(Data, Data, new FitOptions { Updates = 11, ValidateEvery = 5, ReportEvery = 4, Callbacks = [log] });

        Assert.Equal(
            ["report 4", "validation 5", "report 5", "report 8", "epoch 1", "validation 10", "report 10", "validation 11", "report 11"], log.Lines);
    }

    [Theory]
    [InlineData("validation 5", 5)]
    [InlineData("report 8", 8)]
    [InlineData("epoch 1", 9)]
    public void It_can_stop_the_training(string last, long updates)
    {
        FitResult result = Trainer().Fit(
            Data, Data, new FitOptions { Updates = 30, ValidateEvery = 5, ReportEvery = 4, Callbacks = [new Log(), new Log { Last = last }, new Log()] });

        Assert.Equal((StopReason.Stopped, updates), (result.StopReason, result.Updates));
    }

    [Fact]
    public void A_stopped_training_goes_on_where_it_was()
    {
        var options = new FitOptions { Updates = 30, ReportEvery = 7 };
        TokenRnn.Trainer whole = Trainer();
        whole.Fit(Data, null, options);
        TokenRnn.Trainer stopped = Trainer();

        stopped.Fit(Data, null, options with { Callbacks = [new Log { Last = "report 14" }] });
        Assert.Equal(14, stopped.Optimizer.Updates);
        stopped.Fit(Data, null, options);

        Same.Bits(whole.Model.Parameters, stopped.Model.Parameters, "weights");
    }

    [Fact]
    public void A_stopped_training_has_the_best_weights()
    {
        // A rate so high that the loss soon grows.
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(new Sgd(30f));
        FitResult result = trainer.Fit(
            Data, Data, new FitOptions { Updates = 1000, ValidateEvery = 2, RestoreBestWeights = true, Callbacks = [new Log { Last = "validation 20" }] });

        Assert.Equal(StopReason.Stopped, result.StopReason);
        Assert.True(result.BestUpdate < 20);
        Assert.Equal(result.BestLoss, trainer.Evaluate(Data).Loss);
    }

    [Fact]
    public void It_may_have_nothing()
    {
        FitResult result = Trainer().Fit(Data, Data, new FitOptions { Epochs = 2, Callbacks = [new Nothing()] });
        Assert.Equal(StopReason.Completed, result.StopReason);
    }

    private static TokenRnn.Trainer Trainer() => new TokenRnn(seed: 3).CreateTrainer(new Adam(0.01f));

    private sealed class Nothing : IFitCallback;

    private sealed class Log : IFitCallback
    {
        public string? Last { get; init; }

        public List<string> Lines { get; } = [];

        public bool OnValidation(long update, Score score) => Write($"validation {update}");

        public bool OnReport(TrainingProgress report) => Write($"report {report.Update}");

        public bool OnEpochEnd(long epoch) => Write($"epoch {epoch}");

        private bool Write(string line)
        {
            Lines.Add(line);
            return line != Last;
        }
    }
}
