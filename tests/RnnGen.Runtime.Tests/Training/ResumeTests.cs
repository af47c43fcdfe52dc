using System.Text.Json.Nodes;
using RnnGen.Checkpoints;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A training that was stopped and resumed ends with exactly the same weights as one that was not.</summary>
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

    private static readonly Dictionary<string, OptimizerSettings> Kinds = new()
    {
        ["Adam"] = new Adam(0.01f),
        ["AdamW"] = new AdamW(0.01f),
        ["AdaGrad"] = new AdaGrad(0.01f),
        ["Sgd"] = new Sgd(0.01f),
        ["Sgd with Momentum"] = new Sgd(0.01f) { Momentum = 0.9f },
        ["RmsProp"] = new RmsProp(0.01f),
        ["RmsProp with Momentum"] = new RmsProp(0.01f) { Momentum = 0.9f },
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Runs.Keys];

    public static TheoryData<string> Optimizers => [.. Kinds.Keys];

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
            Assert.Equal((StopReason.Cancelled, cut), (stopped.StopReason, stopped.Updates));

            // Another seed: everything is in the file.
            TokenRnn.Trainer resumed = new TokenRnn(seed: 99).CreateTrainer(settings);
            resumed.Resume(Path);
            FitResult result = Fit(resumed, options with { Seed = 77 });

            Assert.True(resumed.Model.Parameters.SequenceEqual(whole.Model.Parameters), $"cut after update {cut}");
            Assert.Equal(whole.Optimizer.Updates, resumed.Optimizer.Updates);
            Assert.Equal(whole.Optimizer.LearningRate, resumed.Optimizer.LearningRate);
            Assert.Equal(
                (expected.StopReason, expected.Updates, expected.Validation, expected.BestLoss, expected.BestUpdate),
                (result.StopReason, result.Updates, result.Validation, result.BestLoss, result.BestUpdate));

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
            whole.Train(inputs, targets);
        }

        for (int update = 0; update < 4; update++)
        {
            first.Train(inputs, targets);
        }

        first.Save(Path);
        TokenRnn.Trainer second = Trainer(settings);
        second.Resume(Path);
        for (int update = 0; update < 6; update++)
        {
            second.Train(inputs, targets);
        }

        Assert.True(second.Model.Parameters.SequenceEqual(whole.Model.Parameters));
    }

    [Fact]
    public void The_file_is_one_of_the_model_too()
    {
        TokenRnn.Trainer trainer = Trainer(new Adam(0.01f));
        trainer.Model.Metadata["alphabet"] = "abcde";
        trainer.Train([0, 1], [1, 2]);
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

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_file_of_another_optimizer_is_refused(string written)
    {
        Save(Kinds[written]);
        foreach ((string name, OptimizerSettings settings) in Kinds)
        {
            if (name == written)
            {
                Trainer(settings).Resume(Path);
            }
            else
            {
                CheckpointException e = Refused(Trainer(settings), $"expected a training with {name}, found one with {written}");
                Assert.Equal(CheckpointReason.TrainingState, e.Reason);
            }
        }
    }

    [Fact]
    public void Other_settings_are_those_of_the_new_optimizer()
    {
        Save(new Sgd(0.1f) { Momentum = 0.9f });

        Trainer(new Sgd(0.1f) { Momentum = 0.5f, Nesterov = true, ClipNorm = 1 }).Resume(Path);
    }

    [Fact]
    public void Without_the_optimizers_name_its_moments_tell()
    {
        Save(new RmsProp(0.01f));
        Change(file => HeaderText.Edit(HeaderText.WithoutChecksums(file), header => HeaderText.Texts(header).Remove("rnngen.optimizer")));

        Assert.Equal(CheckpointReason.MissingTensor, Refused(Trainer(new Adam(0.01f)), "training:moment:exp_avg:").Reason);
        Assert.Equal(CheckpointReason.SurplusTensor, Refused(Trainer(new Sgd(0.01f)), "training:moment:square_avg:").Reason);
        Trainer(new RmsProp(0.01f)).Resume(Path);
    }

    [Fact]
    public void Every_tensor_is_needed()
    {
        Save(new Adam(0.01f), average: true);
        byte[] file = HeaderText.WithoutChecksums(File.ReadAllBytes(Path));
        string[] names = [.. SafetensorsFile.Read(Path).Tensors.Keys];
        Assert.Contains("training:lane2:Hidden.h", names);
        Assert.Contains("training:average:Next.bias", names);
        foreach (string name in names)
        {
            // One letter is another one, at the end or, behind the prefix, at the start.
            foreach (string newName in (string[])[name[..^1] + "?", name.Contains(':') ? name.Replace(":", ":?") : "?" + name, "x" + name])
            {
                File.WriteAllBytes(Path, HeaderText.Renamed(file, name, newName));
                CheckpointException e = Refused(Trainer(new Adam(0.01f)));
                Assert.True(
                    e.Reason is CheckpointReason.MissingTensor or CheckpointReason.SurplusTensor || name == "training:counters", $"{newName}: {e.Message}");
            }
        }
    }

    [Fact]
    public void A_tensor_that_nobody_asks_for_is_refused()
    {
        Save(new Adam(0.01f));
        File.WriteAllBytes(Path, HeaderText.Edit(HeaderText.WithoutChecksums(File.ReadAllBytes(Path)), header => header.Add(
            "training:more", JsonNode.Parse("""{"dtype":"F32","shape":[0],"data_offsets":[0,0]}"""))));

        Assert.Equal("training:more", Refused(Trainer(new Adam(0.01f))).Tensor);
    }

    [Theory]
    [InlineData("training:lanes", 0, 0L, CheckpointReason.SurplusTensor)]
    [InlineData("training:lanes", 0, 2L, CheckpointReason.SurplusTensor)]
    [InlineData("training:lanes", 0, 4L, CheckpointReason.MissingTensor)]
    [InlineData("training:lanes", 0, 1L << 40, CheckpointReason.MissingTensor)]
    [InlineData("training:lanes", 0, -1L, CheckpointReason.TrainingState)]
    [InlineData("training:lanes", 0, long.MaxValue, CheckpointReason.TrainingState)]
    [InlineData("training:counters", 0, -1L, CheckpointReason.TrainingState)]
    [InlineData("training:counters", 2, long.MaxValue, CheckpointReason.TrainingState)]
    [InlineData("training:data", 0, 3L, CheckpointReason.TrainingState)]
    [InlineData("training:data", 1, 0L, CheckpointReason.TrainingState)]
    [InlineData("training:data", 1, 1L << 31, CheckpointReason.TrainingState)]
    [InlineData("training:data", 2, 1000L, CheckpointReason.TrainingState)]
    public void A_number_that_no_training_has_is_refused(string tensor, int index, long value, CheckpointReason reason)
    {
        Save(new Adam(0.01f));
        Change(file => HeaderText.WithNumber(HeaderText.WithoutChecksums(file), tensor, index, value));

        Assert.Equal(reason, Refused(Trainer(new Adam(0.01f))).Reason);
    }

    [Fact]
    public void A_number_of_windows_takes_no_memory_before_the_data_are_there()
    {
        TokenRnn.Trainer trainer = Trainer(new Adam(0.01f));
        trainer.Fit(Data(Options), null, Options with { Updates = 3 });
        trainer.Save(Path);
        Change(file => HeaderText.WithNumber(HeaderText.WithoutChecksums(file), "training:data", 1, int.MaxValue));
        TokenRnn.Trainer resumed = Trainer(new Adam(0.01f));

        long before = GC.GetAllocatedBytesForCurrentThread();
        resumed.Resume(Path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        // These are other data: an epoch starts.
        Assert.Equal(5, resumed.Fit(Data(Options), null, Options with { Updates = 5 }).Updates);
    }

    [Fact]
    public void Lanes_of_a_model_without_states_take_no_memory()
    {
        Plain.Trainer trainer = new Plain(seed: 1).CreateTrainer(new Adam());
        var data = new Sequences<float, float>([[1, 2], [3, 4]], [[1], [2]]);
        FitOptions options = new() { Updates = 3, BatchSize = 2, Order = DataOrder.Sequential, CarryState = true };
        trainer.Fit(data, null, options);
        trainer.Save(Path);
        Change(file => HeaderText.WithNumber(HeaderText.WithoutChecksums(file), "training:lanes", 0, 1L << 40));
        trainer = new Plain(seed: 1).CreateTrainer(new Adam());

        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Resume(Path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        Assert.Equal(4, trainer.Fit(data, null, options with { Updates = 4 }).Updates);
    }

    [Fact]
    public void An_average_is_kept_up_and_goes_on()
    {
        (OptimizerSettings settings, FitOptions options) = Runs["shuffled, SGD with Nesterov"];
        TokenRnn.Trainer whole = Averaged(decay: 0.75f);
        Fit(whole, options with { Updates = 5 });
        whole.Save(Path);
        TokenRnn.Trainer withItsOwn = Averaged(decay: 0.75f);
        withItsOwn.Resume(Path);
        TokenRnn.Trainer without = Trainer(settings);
        without.Resume(Path);
        Fit(whole, options);
        Fit(withItsOwn, options);
        Fit(without, options);

        float[] expected = Average(whole);
        Assert.False(whole.Model.Parameters.SequenceEqual(expected));
        Same.Bits(expected, Average(withItsOwn), "average");
        Same.Bits(expected, Average(without), "average");

        TokenRnn.Trainer Averaged(float decay)
        {
            TokenRnn.Trainer trainer = Trainer(settings);
            trainer.Average = new ExponentialMovingAverage(trainer.Model, decay);
            return trainer;
        }
    }

    [Fact]
    public void Every_update_that_is_done_is_averaged()
    {
        TokenRnn.Trainer trainer = Trainer(new Sgd(0.1f));
        trainer.Average = new ExponentialMovingAverage(trainer.Model, 0.5f);
        var expected = new ExponentialMovingAverage(trainer.Model, 0.5f);
        for (int update = 0; update < 5; update++)
        {
            trainer.Train([0, 1], [1, 2]);
            expected.Update();
        }

        TokenRnn copy = trainer.Model.Clone();
        expected.CopyTo(copy);
        Same.Bits(copy.Parameters, Average(trainer), "average");
    }

    [Fact]
    public void An_average_that_is_not_in_the_file_is_missed()
    {
        Save(new Adam(0.01f));
        TokenRnn.Trainer trainer = Trainer(new Adam(0.01f));
        trainer.Average = new ExponentialMovingAverage(trainer.Model);

        Assert.Equal("training:average", Refused(trainer).Tensor);
    }

    [Fact]
    public void An_average_of_another_model_is_refused()
    {
        TokenRnn.Trainer trainer = Trainer(new Adam(0.01f));
        Assert.Throws<ArgumentException>("value", () => trainer.Average = new ExponentialMovingAverage(trainer.Model.Clone()));
        Assert.Null(trainer.Average);
    }

    [Fact]
    public void A_file_that_is_cut_is_refused()
    {
        Save(new Adam(0.01f));
        Change(file => file[..^4]);

        Assert.Equal(CheckpointReason.Container, Refused(Trainer(new Adam(0.01f))).Reason);
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
        options.CarryState ? TokenWindows.Lanes(Tokens(97, 1), 6, lanes: options.BatchSize!.Value) : TokenWindows.Sliding(Tokens(40, 1), 6);

    private static TokenWindows? Validation(FitOptions options) => options.ValidateEvery == 0 ? null : TokenWindows.Tiled(Tokens(20, 2), 6);

    private static int[] Tokens(int count, int seed)
    {
        // Classes are one less than tokens: 0 to 3.
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(4))];
    }

    private void Save(OptimizerSettings settings, bool average = false)
    {
        TokenRnn.Trainer trainer = Trainer(settings);
        trainer.Average = average ? new ExponentialMovingAverage(trainer.Model) : null;
        trainer.Fit(
            TokenWindows.Lanes(Tokens(60, 1), 6, lanes: 3), null, Options with { Updates = 3, Order = DataOrder.Sequential, CarryState = true });
        trainer.Save(Path);
    }

    private static float[] Average(TokenRnn.Trainer trainer)
    {
        TokenRnn copy = trainer.Model.Clone();
        trainer.Average!.CopyTo(copy);
        return copy.Parameters.ToArray();
    }

    private void Change(Func<byte[], byte[]> change) => File.WriteAllBytes(Path, change(File.ReadAllBytes(Path)));

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

    private sealed class KilledException : Exception;
}
