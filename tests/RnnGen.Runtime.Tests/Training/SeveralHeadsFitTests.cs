using RnnGen.Tests.Allocation;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A model with several heads is fitted and scored like any other.</summary>
[Collection(nameof(AllocationTests))]
public sealed class SeveralHeadsFitTests : IDisposable
{
    private static readonly FitOptions Options = new() { Updates = 40, BatchSize = 2, Order = DataOrder.Shuffled, ValidateEvery = 10, RestoreBestWeights = true };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Windows of 5 and of 3 steps; one has no target for its second head, one a target that is not there.</summary>
    private static Sequences<float, TwoHeads.WindowTargets> Data()
    {
        var random = new Random(1);
        float[][] inputs = [.. Enumerable.Range(0, 6).Select(k => TestNumbers.Random(random, k % 2 == 0 ? 15 : 9))];
        return new(inputs, inputs.Select((x, k) => (TwoHeads.WindowTargets[])[new(
            (int[])[.. Enumerable.Range(0, x.Length / 3).Select(step => x[step * 3] < 0 ? 0 : x[(step * 3) + 1] < 0 ? 1 : 2)],
            k == 2 ? default : (float[])[x[0], k == 3 ? float.NaN : 0.5f])]));
    }

    [Fact]
    public void Fit_lowers_the_loss_of_both()
    {
        Sequences<float, TwoHeads.WindowTargets> data = Data();
        var model = new TwoHeads(seed: 1);
        TwoHeads.Trainer trainer = model.CreateTrainer(new Adam(0.03f));
        double before = trainer.Evaluate(data).Loss;
        FitResult result = trainer.Fit(data, data, Options with { Updates = 200 });

        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.True(result.BestLoss < 0.2 * before, $"{before} became {result.BestLoss}");
        Assert.Equal(model.Evaluate(data).Loss, result.BestLoss, 1e-6);
    }

    [Fact]
    public void Its_score_is_the_mean_of_the_windows_losses()
    {
        Sequences<float, TwoHeads.WindowTargets> data = Data();
        var model = new TwoHeads(seed: 1);
        TwoHeads.Trainer trainer = model.CreateTrainer(new Sgd(0));
        double sum = 0;
        for (int window = 0; window < data.Count; window++)
        {
            sum += trainer.Accumulate(data.Inputs(window), data.Targets(window));
        }

        Assert.Equal(6, trainer.Tape.TargetCount);
        Score score = model.Evaluate(data);
        Assert.Equal(6, score.Count);
        Assert.Equal(sum / 6, score.Loss, 1e-5);
        Assert.Equal(sum / 6, trainer.Update(), 1e-5);
    }

    // The other head has no hits.
    [Fact]
    public void Its_accuracy_is_that_of_the_head_that_has_classes()
    {
        Sequences<float, TwoHeads.WindowTargets> data = Data();
        var model = new TwoHeads(seed: 1);
        Score classes = default;
        for (int window = 0; window < data.Count; window++)
        {
            TwoHeads.State state = model.CreateState();
            ReadOnlySpan<float> x = data.Inputs(window);
            int[] kinds = [.. Enumerable.Range(0, x.Length / 3).Select(step => data.Inputs(window)[step * 3] < 0 ? 0 : data.Inputs(window)[(step * 3) + 1] < 0 ? 1 : 2)];
            (Score kind, Score value) = model.Evaluate(state, x, kinds, []);
            Assert.Equal(default, value);
            classes += kind;
        }

        Score score = model.Evaluate(data);
        Assert.Equal((24, classes.Correct), (score.Decisions, score.Correct));
        Assert.Equal(classes.Accuracy, score.Accuracy);
        Assert.InRange(score.Accuracy, 0.01, 0.99);
        float[] one = [.. data.Inputs(0)];
        var number = new Sequences<float, TwoHeads.WindowTargets>([one], [[new TwoHeads.WindowTargets(default, (float[])[1, 2])]]);
        Assert.Equal((1, 0), (model.Evaluate(number).Count, model.Evaluate(number).Decisions));
        Assert.True(double.IsNaN(model.Evaluate(number).Accuracy));
    }

    [Fact]
    public void A_window_of_which_nothing_counts_is_no_target()
    {
        float[] x = TestNumbers.Random(new Random(2), 9);
        var nothing = new TwoHeads.WindowTargets((int[])[-1, -1, -1], (float[])[float.NaN, float.NaN]);
        var something = new TwoHeads.WindowTargets((int[])[-1, 2, -1], (float[])[float.NaN, float.NaN]);
        TwoHeads.Trainer trainer = new TwoHeads(seed: 1).CreateTrainer(new Sgd(0.1f));
        float[] before = trainer.Model.Parameters.ToArray();

        foreach (TwoHeads.WindowTargets targets in (TwoHeads.WindowTargets[])[nothing, default])
        {
            Assert.True(float.IsNaN(trainer.Accumulate(x, [targets])));
            Assert.Equal(0, trainer.Tape.TargetCount);
            Assert.True(float.IsNaN(trainer.Update()));
            Assert.Equal(0, trainer.Model.Evaluate(new Sequences<float, TwoHeads.WindowTargets>([x], [[targets]])).Count);
        }

        Same.Bits(before, trainer.Model.Parameters, "weights");

        // The mean of a mini-batch is that of what counts.
        TwoHeads.Trainer other = new TwoHeads(seed: 1).CreateTrainer(new Sgd(0.1f));
        trainer.Accumulate(x, [nothing]);
        trainer.Accumulate(x, [something]);
        Assert.Equal(1, trainer.Tape.TargetCount);
        Assert.Equal(other.Train(x, [something]), trainer.Update());
        Same.Bits(other.Model.Parameters, trainer.Model.Parameters, "weights");
    }

    [Fact]
    public void Targets_in_one_or_as_arguments_are_the_same()
    {
        float[] x = TestNumbers.Random(new Random(2), 15);
        int[] kinds = [0, 1, 2, -1, 1];
        float[] values = [0.5f, -0.5f];
        TwoHeads.Trainer one = new TwoHeads(seed: 1).CreateTrainer(new Adam(0.1f));
        TwoHeads.Trainer other = new TwoHeads(seed: 1).CreateTrainer(new Adam(0.1f));

        Assert.Equal(one.Train(x, kinds, values), other.Train(x, [new TwoHeads.WindowTargets(kinds, values)]));

        Same.Bits(one.Model.Parameters, other.Model.Parameters, "weights");
    }

    [Fact]
    public void Outputs_stand_one_after_the_other()
    {
        var model = new TwoHeads(seed: 1);
        float[] x = TestNumbers.Random(new Random(2), 9);
        var kinds = new float[9];
        var values = new float[2];
        var all = new float[11];
        model.Forward(model.CreateState(), x, kinds, values);
        IRnnModel<float> face = model;
        face.Forward(model.CreateState(), x, all);

        Assert.Equal([.. kinds, .. values], all);
        Assert.Throws<ArgumentException>("outputs", () => face.Forward(model.CreateState(), x, new float[10]));
    }

    [Fact]
    public void Stopped_and_resumed()
    {
        Sequences<float, TwoHeads.WindowTargets> data = Data();
        FitOptions options = Options with { ValidateEvery = 0, RestoreBestWeights = false };
        TwoHeads.Trainer whole = new TwoHeads(seed: 1).CreateTrainer(new Adam(0.03f));
        whole.Fit(data, null, options);
        TwoHeads.Trainer first = new TwoHeads(seed: 1).CreateTrainer(new Adam(0.03f));
        first.Fit(data, null, options with { Updates = 17 });
        first.Save(_folder.File("training"));
        TwoHeads.Trainer second = new TwoHeads(seed: 2).CreateTrainer(new Adam(0.03f));
        second.Resume(_folder.File("training"));
        second.Fit(data, null, options);

        Same.Bits(whole.Model.Parameters, second.Model.Parameters, "weights");
    }

    [Fact]
    public void Wrong_targets_are_refused_before_anything_changes()
    {
        TwoHeads.Trainer trainer = new TwoHeads(seed: 1).CreateTrainer(new Adam(0.1f));
        var x = new float[15];
        var good = new TwoHeads.WindowTargets(new int[5], new float[2]);

        Assert.Throws<ArgumentException>("targets", () => trainer.Train(x, (TwoHeads.WindowTargets[])[]));
        Assert.Throws<ArgumentException>("targets", () => trainer.Train(x, (TwoHeads.WindowTargets[])[good, good]));
        Assert.Throws<ArgumentException>("kindTargets", () => trainer.Train(x, [new TwoHeads.WindowTargets(new int[4], new float[2])]));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => trainer.Train(x, [new TwoHeads.WindowTargets((int[])[0, 0, 0, 0, 3], new float[2])]));
        Assert.Throws<ArgumentException>("valueTargets", () => trainer.Train(x, [new TwoHeads.WindowTargets(new int[5], new float[3])]));
        Assert.Equal(0, trainer.Tape.TargetCount);
        Assert.Throws<InvalidOperationException>(() => trainer.Update());
    }

    [Fact]
    public void Gradients_of_one_head_may_be_left_out()
    {
        var model = new TwoHeads(seed: 1);
        float[] x = TestNumbers.Random(new Random(2), 15);
        float[] gradients = TestNumbers.Random(new Random(3), 15);
        Same.Bits(Pull(gradients, new float[2]), Pull(gradients, []), "value left out");
        Same.Bits(Pull(new float[15], [1, 2]), Pull([], [1, 2]), "kind left out");

        ReadOnlySpan<float> Pull(ReadOnlySpan<float> kinds, ReadOnlySpan<float> values)
        {
            TwoHeads.Tape tape = model.CreateTape();
            model.Forward(model.CreateState(), x, tape);
            model.Backward(tape, kinds, values, null);
            return tape.Gradients;
        }
    }

    [Fact]
    public void Fit_allocates_nothing_between_reports()
    {
        Sequences<float, TwoHeads.WindowTargets> data = Data();
        Train(10);
        long few = Train(10);
        long many = Train(200);
        for (int round = 1; round < 3 && many != few; round++)
        {
            (few, many) = (Train(10), Train(200));
        }

        Assert.Equal(few, many);

        long Train(int updates)
        {
            TwoHeads.Trainer trainer = new TwoHeads(seed: 1).CreateTrainer(new Adam(1e-3f));
            FitOptions options = Options with { Updates = updates, ReportEvery = updates, ValidateEvery = updates / 2 };
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, data, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
