using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A training that was stopped and resumed ends with the very weights of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Updates = 24;

    private static readonly Dictionary<string, (OptimizerSettings Optimizer, FitOptions Options)> Runs = new()
    {
        ["random windows, Adam, cosine"] = (
            new Adam(0.01f) { ClipNorm = 1, Schedule = new CosineSchedule(Updates) { WarmupUpdates = 5 } },
            Options with { Order = DataOrder.Random }),
        ["shuffled, AdamW, early stopping, best weights"] = (
            new AdamW(0.05f),
            Options with { Order = DataOrder.Shuffled, ValidateEvery = 2, Patience = 100, RestoreBestWeights = true }),
        ["carried states, RMSprop, plateau"] = (
            new RmsProp(0.01f) { Momentum = 0.5f, Schedule = new PlateauSchedule { Patience = 0, Gamma = 0.5f, Cooldown = 1 } },
            Options with { Order = DataOrder.Sequential, CarryState = true, ValidateEvery = 1 }),
        ["sequential, AdaGrad"] = (new AdaGrad(0.05f), Options with { Order = DataOrder.Sequential }),
        ["shuffled, SGD with Nesterov"] = (
            new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true, Schedule = new StepSchedule(7, 0.5f) }, Options with { Order = DataOrder.Shuffled }),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Runs.Keys];

    private static FitOptions Options => new() { Updates = Updates, BatchSize = 3, Seed = 5, ReportEvery = 1 };

    private string Path => _folder.File("training");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Stopped_at_twenty_places(string name)
    {
        (OptimizerSettings settings, FitOptions options) = Runs[name];
        TokenRnn.Trainer whole = Trainer(settings);
        FitResult expected = Fit(whole, options);

        for (int cut = 1; cut <= 20; cut++)
        {
            using var cancellation = new CancellationTokenSource();
            var stopper = new Reports(report => Cancel(report.Update == cut));
            FitResult stopped = Trainer(settings).Fit(Data(options), Validation(options), options with { CheckpointPath = Path }, stopper, cancellation.Token);
            Assert.Equal((FitEnd.Cancelled, cut), (stopped.End, stopped.Updates));

            // Another seed: everything is in the file.
            TokenRnn.Trainer resumed = new TokenRnn(seed: 99).CreateTrainer(settings);
            resumed.Resume(Path);
            FitResult result = Fit(resumed, options with { Seed = 77 });

            Assert.True(resumed.Model.Parameters.SequenceEqual(whole.Model.Parameters), $"cut after update {cut}");
            Assert.Equal(whole.Optimizer.Updates, resumed.Optimizer.Updates);
            Assert.Equal(whole.Optimizer.LearningRate, resumed.Optimizer.LearningRate);
            Assert.Equal(
                (expected.End, expected.Updates, expected.Validation, expected.BestLoss, expected.BestUpdate),
                (result.End, result.Updates, result.Validation, result.BestLoss, result.BestUpdate));

            void Cancel(bool now)
            {
                if (now)
                {
                    cancellation.Cancel();
                }
            }
        }
    }

    [Fact]
    public void A_killed_run_goes_on_from_its_last_checkpoint()
    {
        (OptimizerSettings settings, FitOptions options) = Runs["random windows, Adam, cosine"];
        TokenRnn.Trainer whole = Trainer(settings);
        Fit(whole, options);

        // What a process leaves behind that is killed in update 17, with a checkpoint every 5 updates.
        Assert.Throws<KilledException>(() => Trainer(settings).Fit(
            Data(options), null, options with { CheckpointPath = Path, SaveEvery = 5 }, new Reports(report => Kill(report.Update == 17))));

        TokenRnn.Trainer resumed = Trainer(settings);
        resumed.Resume(Path);
        Assert.Equal(15, resumed.Optimizer.Updates);
        Fit(resumed, options);

        Assert.True(resumed.Model.Parameters.SequenceEqual(whole.Model.Parameters));

        static void Kill(bool now)
        {
            if (now)
            {
                throw new KilledException();
            }
        }
    }

    [Fact]
    public void Updates_without_a_loop_go_on_too()
    {
        var settings = new Adam(0.01f);
        int[] inputs = [0, 1, 2, 3];
        int[] targets = [1, 2, 3, 0];
        TokenRnn.Trainer whole = Trainer(settings);
        TokenRnn.Trainer first = Trainer(settings);
        for (int update = 0; update < 10; update++)
        {
            whole.Step(inputs, targets);
        }

        for (int update = 0; update < 4; update++)
        {
            first.Step(inputs, targets);
        }

        first.Save(Path);
        TokenRnn.Trainer second = Trainer(settings);
        second.Resume(Path);
        for (int update = 0; update < 6; update++)
        {
            second.Step(inputs, targets);
        }

        Assert.True(second.Model.Parameters.SequenceEqual(whole.Model.Parameters));
    }

    [Fact]
    public void The_file_is_one_of_the_model_too()
    {
        TokenRnn.Trainer trainer = Trainer(new Adam(0.01f));
        trainer.Model.Metadata["alphabet"] = "abcde";
        trainer.Step([0, 1], [1, 2]);
        trainer.Save(Path);

        TokenRnn model = TokenRnn.Load(Path);

        Assert.True(model.Parameters.SequenceEqual(trainer.Model.Parameters));
        Assert.Equal("abcde", model.Metadata["alphabet"]);
    }

    [Fact]
    public void A_file_of_the_model_alone_is_refused()
    {
        new TokenRnn(seed: 3).Save(Path);

        Assert.Contains("Trainer.Save", Refused(Trainer(new Adam(0.01f))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_optimizer_is_refused()
    {
        Save(new RmsProp(0.01f));

        Refused(Trainer(new Adam(0.01f)), "the moments of Adam");
        Refused(Trainer(new AdaGrad(0.01f)), "the moments of AdaGrad");
    }

    [Fact]
    public void Every_cut_or_changed_number_is_refused()
    {
        Save(new Adam(0.01f));
        byte[] file = File.ReadAllBytes(Path);
        TokenRnn.Trainer trainer = Trainer(new Adam(0.01f));
        string header = System.Text.Encoding.UTF8.GetString(file);
        foreach (string name in new[] { "training:counters", "training:schedule", "training:data", "training:lanes", "training:best_loss", "training:lane1:Hidden.h" })
        {
            // A name that nothing asks for: the tensor is missing. Without "data" there is no walk, which is sound.
            int place = header.IndexOf($"\"{name}\"", StringComparison.Ordinal);
            Assert.True(place > 0, name);
            byte[] without = [.. file];
            without[place + name.Length] = (byte)'X';
            File.WriteAllBytes(Path, without);
            if (name != "training:data")
            {
                Refused(trainer, name == "training:counters" ? "Trainer.Save" : name);
            }
        }

        File.WriteAllBytes(Path, file[..^4]);
        Refused(trainer);
    }

    [Fact]
    public void Accumulated_gradients_are_not_lost_silently()
    {
        TokenRnn.Trainer trainer = Trainer(new Sgd(0.1f));
        trainer.Accumulate([0, 1], [1, 2]);

        Assert.Throws<InvalidOperationException>(() => trainer.Save(Path));
        Assert.Throws<InvalidOperationException>(() => Fit(trainer, Options));
        Assert.Empty(_folder.Names);
    }

    private static TokenRnn.Trainer Trainer(OptimizerSettings settings) => new TokenRnn(seed: 3).CreateTrainer(settings);

    private static FitResult Fit(TokenRnn.Trainer trainer, FitOptions options) => trainer.Fit(Data(options), Validation(options), options);

    private static TokenWindows Data(FitOptions options) =>
        options.CarryState ? TokenWindows.Lanes(Tokens(97, 1), 6, lanes: options.BatchSize) : TokenWindows.Sliding(Tokens(40, 1), 6);

    private static TokenWindows? Validation(FitOptions options) => options.ValidateEvery == 0 ? null : TokenWindows.Tiled(Tokens(20, 2), 6);

    private static int[] Tokens(int count, int seed)
    {
        // Classes are one less than tokens: 0 to 3.
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(4))];
    }

    private void Save(OptimizerSettings settings)
    {
        TokenRnn.Trainer trainer = Trainer(settings);
        trainer.Fit(
            TokenWindows.Lanes(Tokens(60, 1), 6, lanes: 3), null, Options with { Updates = 3, Order = DataOrder.Sequential, CarryState = true });
        trainer.Save(Path);
    }

    /// <summary>Resume fails, and nothing has changed.</summary>
    private CheckpointException Refused(TokenRnn.Trainer trainer, string problem = "")
    {
        float[] before = trainer.Model.Parameters.ToArray();
        CheckpointException e = Assert.Throws<CheckpointException>(() => trainer.Resume(Path));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.True(trainer.Model.Parameters.SequenceEqual(before));
        Assert.Equal(0, trainer.Optimizer.Updates);
        return e;
    }

    private sealed class Reports(Action<TrainingProgress> act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act(value);
    }

    private sealed class KilledException : Exception;
}
