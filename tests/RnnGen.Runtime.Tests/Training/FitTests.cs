using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

public sealed class FitTests
{
    [Fact]
    public void It_is_the_loop_that_one_would_write()
    {
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        TokenRnn.Trainer byHand = Trainer();
        for (int update = 0, window = 0; update < 9; update++)
        {
            for (int place = 0; place < 4; place++, window = (window + 1) % data.Count)
            {
                byHand.Accumulate(data.Inputs(window), data.Targets(window));
            }

            byHand.Update();
        }

        TokenRnn.Trainer trainer = Trainer();
        FitResult result = trainer.Fit(data, null, new FitOptions { Updates = 9, BatchSize = 4, Order = DataOrder.Sequential });

        Assert.True(trainer.Model.Parameters.SequenceEqual(byHand.Model.Parameters));
        Assert.Equal((StopReason.Completed, 9), (result.StopReason, result.Updates));
        Assert.Equal(9 * 4 * 6 - Shortfall(data, 36), result.Targets);
    }

    [Fact]
    public void Carried_states_walk_through_their_lanes_and_start_anew_with_each_epoch()
    {
        TokenWindows data = TokenWindows.Lanes(Tokens, 6, lanes: 2);
        TokenRnn.Trainer byHand = Trainer();
        TokenRnn.State[] states = [byHand.Model.CreateState(), byHand.Model.CreateState()];
        for (int update = 0, window = 0; update < 11; update++)
        {
            if (window == data.Count)
            {
                window = 0;
                states[0].Reset();
                states[1].Reset();
            }

            foreach (TokenRnn.State state in states)
            {
                byHand.Accumulate(state, data.Inputs(window), data.Targets(window));
                window++;
            }

            byHand.Update();
        }

        TokenRnn.Trainer trainer = Trainer();
        trainer.Fit(data, null, new FitOptions { Updates = 11, BatchSize = 2, Order = DataOrder.Sequential, CarryState = true });

        Assert.True(trainer.Model.Parameters.SequenceEqual(byHand.Model.Parameters));
    }

    [Fact]
    public void A_shuffled_epoch_has_every_window_once()
    {
        var seen = new List<int>();
        var data = new Watched(17, seen);
        Trainer().Fit(data, null, new FitOptions { Updates = 34, Order = DataOrder.Shuffled, CheckData = DataCheck.None });

        Assert.Equal(Enumerable.Range(0, 17), seen[..17].Order());
        Assert.Equal(Enumerable.Range(0, 17), seen[17..].Order());
        Assert.NotEqual(seen[..17], seen[17..]);
        Assert.NotEqual(Enumerable.Range(0, 17), seen[..17]);
    }

    [Fact]
    public void Random_windows_are_as_likely_as_each_other_and_follow_the_seed()
    {
        List<int> first = Seen(seed: 1);
        List<int> second = Seen(seed: 1);
        List<int> other = Seen(seed: 2);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);

        // 17 windows, 2,000 draws: 118 each, deviation 10.5.
        Assert.All(first.GroupBy(window => window), group => Assert.InRange(group.Count(), 60, 176));
        Assert.Equal(17, first.Distinct().Count());

        static List<int> Seen(int seed)
        {
            var seen = new List<int>();
            Trainer().Fit(new Watched(17, seen), null, new FitOptions { Updates = 2000, Order = DataOrder.Random, Seed = seed, CheckData = DataCheck.None });
            return seen;
        }
    }

    [Fact]
    public void It_stops_when_validations_do_not_improve_and_gives_the_best_weights()
    {
        // A rate so high that the loss soon grows.
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(new Sgd(30f));
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        var best = (Loss: double.PositiveInfinity, Weights: Array.Empty<float>());
        var watch = new Reports(report =>
        {
            if (report.Validation is Score score && score.Loss < best.Loss)
            {
                best = (score.Loss, trainer.Model.Parameters.ToArray());
            }
        });

        FitResult result = trainer.Fit(
            data, data, new FitOptions { Updates = 1000, ValidateEvery = 2, Patience = 4, RestoreBestWeights = true }, watch);

        Assert.Equal(StopReason.NoImprovement, result.StopReason);
        Assert.Equal(result.BestUpdate + (4 * 2), result.Updates);
        Assert.Equal(best.Loss, result.BestLoss);
        Assert.True(trainer.Model.Parameters.SequenceEqual(best.Weights));
        Assert.Equal(best.Loss, trainer.Evaluate(data).Loss);
    }

    [Fact]
    public void Reports_tell_what_happened()
    {
        var reports = new List<TrainingProgress>();
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        TokenRnn.Trainer trainer = Trainer();
        FitResult result = trainer.Fit(
            data, data, new FitOptions { Updates = 25, ReportEvery = 10, ValidateEvery = 15 }, new Reports(reports.Add));

        Assert.Equal([10L, 15, 20, 25], reports.Select(r => r.Update));
        Assert.Equal([false, true, false, true], reports.Select(r => r.Validation is not null));
        Assert.All(reports, r => Assert.True(double.IsFinite(r.Loss) && r.TargetsPerSecond > 0 && r.Updates == 25 && r.GradientNorm > 0));
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
        Assert.Equal(reports[^1].Validation, result.Validation);
        Assert.Equal(trainer.Evaluate(data), result.Validation);
        Assert.Equal(data.Count == 0 ? 0 : TokenRnnTargets(data), result.Validation.Count);
    }

    [Fact]
    public void The_history_is_every_report()
    {
        var reports = new List<TrainingProgress>();
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        var options = new FitOptions { Updates = 25, ReportEvery = 10, ValidateEvery = 15 };
        FitResult result = Trainer().Fit(data, data, options, new Reports(reports.Add));

        Assert.Equal(reports, result.History);
        Assert.Equal([10L, 15, 20, 25], Trainer().Fit(data, data, options).History.Select(r => r.Update));
    }

    [Fact]
    public void Training_that_is_complete_does_nothing_more()
    {
        TokenRnn.Trainer trainer = Trainer();
        var options = new FitOptions { Updates = 5 };
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        trainer.Fit(data, null, options);
        float[] before = trainer.Model.Parameters.ToArray();

        FitResult result = trainer.Fit(data, null, options);

        Assert.Equal((StopReason.Completed, 5, 0), (result.StopReason, result.Updates, result.Targets));
        Assert.True(trainer.Model.Parameters.SequenceEqual(before));
    }

    // The validation at the end of a call is not a regular one, unless one is due.
    [Theory]
    [InlineData(4)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(59)]
    public void Several_calls_are_one(int cut)
    {
        var settings = new Sgd(0.5f) { Schedule = new PlateauSchedule { Patience = 0, Gamma = 0.5f, Threshold = 0.1f } };
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        var options = new FitOptions { Updates = 60, BatchSize = 2, ValidateEvery = 5, Patience = 9 };
        TokenRnn.Trainer whole = new TokenRnn(seed: 3).CreateTrainer(settings);
        TokenRnn.Trainer parts = new TokenRnn(seed: 3).CreateTrainer(settings);

        FitResult expected = whole.Fit(data, data, options);
        for (int updates = cut; updates <= cut + 2; updates++)
        {
            parts.Fit(data, data, options with { Updates = Math.Min(updates, 60) });
        }

        FitResult result = parts.Fit(data, data, options);

        Assert.InRange(whole.Optimizer.LearningRate, 0, 0.25f);
        Assert.Equal(whole.Optimizer.LearningRate, parts.Optimizer.LearningRate);
        Assert.True(parts.Model.Parameters.SequenceEqual(whole.Model.Parameters));
        Assert.Equal((expected.StopReason, expected.BestLoss, expected.BestUpdate), (result.StopReason, result.BestLoss, result.BestUpdate));
        Assert.Equal(StopReason.Completed, result.StopReason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void The_last_weights_may_be_the_best(long validateEvery)
    {
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        TokenRnn.Trainer plain = Trainer();
        plain.Fit(data, null, new FitOptions { Updates = 50 });
        TokenRnn.Trainer trainer = Trainer();

        FitResult result = trainer.Fit(data, data, new FitOptions { Updates = 50, ValidateEvery = validateEvery, RestoreBestWeights = true });

        Assert.Equal((50, result.Validation.Loss), (result.BestUpdate, result.BestLoss));
        Assert.True(trainer.Model.Parameters.SequenceEqual(plain.Model.Parameters));
        Assert.Equal(result.BestLoss, trainer.Evaluate(data).Loss);

        // A call without an update finds the same.
        FitResult again = trainer.Fit(data, data, new FitOptions { Updates = 50, ValidateEvery = validateEvery, RestoreBestWeights = true });
        Assert.Equal((50, result.BestLoss), (again.BestUpdate, again.BestLoss));
        Assert.True(trainer.Model.Parameters.SequenceEqual(plain.Model.Parameters));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_one_before()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("training");
        TokenRnn.Trainer trainer = Trainer();
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        trainer.Fit(data, null, new FitOptions { Updates = 3, CheckpointPath = path });
        byte[] before = File.ReadAllBytes(path);

        Assert.Throws<CheckpointException>(
            () => trainer.Fit(data, null, new FitOptions { Updates = 6, CheckpointPath = folder.File("training/inside"), SaveEvery = 1 }));

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["training"], folder.Names);
    }

    [Theory]
    [InlineData("nowhere/training", "does not exist")]
    [InlineData("", "is a directory")]
    public void A_checkpoint_path_that_cannot_be_written_is_refused_before_the_first_update(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        TokenRnn.Trainer trainer = Trainer();
        float[] weights = trainer.Model.Parameters.ToArray();

        CheckpointException refused = Assert.Throws<CheckpointException>(
            () => trainer.Fit(TokenWindows.Tiled(Tokens, 6), null, new FitOptions { Updates = 3, CheckpointPath = path }));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(Assert.Throws<CheckpointException>(() => trainer.Save(path)).Message, refused.Message);
        Same.Bits(weights, trainer.Model.Parameters, "weights");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_checkpoint_path_is_tried_without_a_trace()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("training");
        File.WriteAllText(path, "before");
        IReadOnlyList<string>? names = null;
        string? content = null;
        var look = new Reports(_ => (names, content) = (folder.Names, File.ReadAllText(path)));

        Trainer().Fit(TokenWindows.Tiled(Tokens, 6), null, new FitOptions { Updates = 1, ReportEvery = 1, CheckpointPath = path }, look);

        Assert.Equal(["training"], names);
        Assert.Equal("before", content);
        Assert.NotEqual("before", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(true, "9 updates were done before. To train as long again, set Epochs = 2.")]
    [InlineData(false, "9 updates were done before. To train as long again, set Updates = 18.")]
    public void A_second_call_with_the_same_options_says_that_there_was_nothing_to_do(bool isEpochs, string expected)
    {
        TokenWindows data = TokenWindows.Tiled(Enumerable.Repeat(1, 55).ToArray(), 6);
        FitOptions options = isEpochs ? new FitOptions { Epochs = 1 } : new FitOptions { Updates = 9 };
        TokenRnn.Trainer trainer = Trainer();
        Assert.DoesNotContain(trainer.Fit(data, null, options).Advice, advice => advice.Contains("nothing to do", StringComparison.Ordinal));
        using var shown = new StringWriter();

        FitResult again = trainer.Fit(data, null, options, new ConsoleProgress(shown));

        Assert.Equal((StopReason.Completed, 9L, 0L), (again.StopReason, again.Updates, again.Targets));
        Assert.EndsWith(expected, again.Advice[^1], StringComparison.Ordinal);
        Assert.Contains(expected, again.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        TokenWindows data = TokenWindows.Tiled(Tokens, 6);
        var options = new FitOptions { Updates = 5 };
        Refused(options with { Patience = 3 }, null, "options");
        Refused(options with { RestoreBestWeights = true }, null, "options");
        Refused(options with { ValidateEvery = 3 }, null, "options");
        Refused(options with { SaveEvery = 3 }, data, "options");
        Refused(options with { CarryState = true }, data, "options");
        Refused(options with { CarryState = true, Order = DataOrder.Sequential, BatchSize = 5 }, data, "data");
        Refused(options, new Watched(0, []), "validation");
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { Updates = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => options with { Patience = 0 });

        void Refused(FitOptions wrong, Dataset<int, int>? validation, string parameter)
        {
            TokenRnn.Trainer trainer = Trainer();
            Assert.Equal(parameter, Assert.Throws<ArgumentException>(() => trainer.Fit(data, validation, wrong)).ParamName);
            Assert.Equal(0, trainer.Optimizer.Updates);
        }
    }

    [Fact]
    public void A_window_that_does_not_fit_the_model_is_refused() =>
        Assert.Throws<ArgumentException>(() => Trainer().Fit(TokenWindows.Tiled(Tokens, 7), null, new FitOptions { Updates = 1 }));

    private static int[] Tokens { get; } = [.. Enumerable.Range(0, 50).Select(k => (k * k) % 4)];

    private static TokenRnn.Trainer Trainer() => new TokenRnn(seed: 3).CreateTrainer(new Adam(0.01f));

    /// <summary>Targets that the short last window of an epoch lacks, over so many windows.</summary>
    private static int Shortfall(TokenWindows data, int windows) =>
        (windows / data.Count) * (6 - data.Inputs(data.Count - 1).Length);

    private static int TokenRnnTargets(TokenWindows data) => Enumerable.Range(0, data.Count).Sum(k => data.Targets(k).Length);

    /// <summary>Writes down which windows are asked for.</summary>
    private sealed class Watched(int count, List<int> seen) : Dataset<int, int>
    {
        public override int Count => count;

        public override ReadOnlySpan<int> Inputs(int index)
        {
            seen.Add(index);
            return new[] { index % 4 };
        }

        public override ReadOnlySpan<int> Targets(int index) => new[] { 1 };
    }
}
