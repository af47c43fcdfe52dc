using RnnGen.Tests.Models;

namespace RnnGen.Tests.Batches;

/// <summary>Training on a batch is training on its windows.</summary>
public class BatchTrainingTests
{
    private const int Lanes = 9;

    private static readonly int[] Lengths = [3, 6, 1, 6, 2, 5, 6, 4, 1];

    [Fact]
    public void The_loss_of_a_batch_is_that_of_its_windows()
    {
        var random = new Random(1);
        var model = new TokenBatch(seed: 2);
        TokenBatch.Tape one = model.CreateTape();
        TokenBatch.Tape all = model.CreateBatchTape();
        var inputs = new List<int>();
        var targets = new List<int>();
        foreach (int steps in Lengths)
        {
            int[] x = [.. Enumerable.Range(0, steps).Select(_ => random.Next(5))];
            int[] t = [.. Enumerable.Range(0, steps).Select(_ => random.Next(5) - 1)]; // some are ignored
            model.Forward(model.CreateState(), x, one);
            model.Backward(one, t);
            inputs.AddRange(x);
            targets.AddRange(t);
        }

        model.Forward(model.CreateBatch(), [.. inputs], Lengths, all);
        float mean = model.Backward(all, [.. targets]);

        Assert.Equal(one.TargetCount, all.TargetCount);
        Assert.Equal(6, all.Steps);
        Same.About(one.LossSum, all.LossSum, 1e-5, "loss");
        Same.About(one.Loss, mean, 1e-6, "mean");
        AssertSameGradients(model, one, all);
    }

    /// <summary>The rows of a batch and of a window are at different places of the same memory.</summary>
    [Fact]
    public void A_tape_that_takes_batches_and_windows_in_turn_keeps_nothing_of_either()
    {
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble())];
        var model = new WholeWindows(seed: 2);
        WholeWindows.Tape tape = model.CreateBatchTape();
        float[] x = Numbers(6 * 3);
        float[] t = Numbers(6 * WholeWindows.OutputSize);
        WholeWindows.Tape fresh = model.CreateTape();
        model.Forward(model.CreateState(), x, fresh);
        model.Backward(fresh, t);

        float[] broken = [.. Enumerable.Repeat(float.NaN, Lengths.Sum() * 3)];
        model.Forward(model.CreateBatch(), broken, Lengths, tape);
        model.Backward(tape, Numbers(Lengths.Sum() * WholeWindows.OutputSize));
        tape.Clear();
        model.Forward(model.CreateState(), x, tape);
        model.Backward(tape, t);
        Assert.Equal(fresh.Gradients.ToArray(), tape.Gradients.ToArray());
        tape.Clear();

        float[] inputs = Numbers(Lengths.Sum() * 3);
        float[] targets = Numbers(Lengths.Sum() * WholeWindows.OutputSize);
        WholeWindows.Tape batch = model.CreateBatchTape();
        model.Forward(model.CreateBatch(), inputs, Lengths, batch);
        model.Backward(batch, targets);
        model.Forward(model.CreateBatch(), inputs, Lengths, tape);
        model.Backward(tape, targets);
        Assert.Equal(batch.Gradients.ToArray(), tape.Gradients.ToArray());
    }

    /// <summary>Of several heads, each window counts once; one may be left out. One layer of dropout draws the same masks lane by lane.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_heads_of_a_batch_are_those_of_its_windows(bool both)
    {
        var random = new Random(1);
        var model = new TwoHeads(seed: 2);
        TwoHeads.Tape one = model.CreateTape();
        TwoHeads.Tape all = model.CreateBatchTape();
        one.Seed(3);
        all.Seed(3);
        float[][] inputs = [.. Enumerable.Range(0, Lanes).Select(_ => Numbers(random, 6 * 3))];
        int[][] kinds = [.. Enumerable.Range(0, Lanes).Select(_ => Enumerable.Range(0, 6).Select(_ => random.Next(5) - 1).ToArray())];
        float[][] sizes = [.. Enumerable.Range(0, Lanes).Select(_ => both ? Numbers(random, 6 * 2) : [])];
        for (int lane = 0; lane < Lanes; lane++)
        {
            model.Forward(model.CreateState(), inputs[lane], one);
            model.Backward(one, kinds[lane], sizes[lane]);
        }

        model.Forward(model.CreateBatch(), [.. inputs.SelectMany(x => x)], all);
        model.Backward(all, [.. kinds.SelectMany(t => t)], [.. sizes.SelectMany(t => t)]);

        Assert.Equal(one.TargetCount, all.TargetCount);
        Same.About(one.LossSum, all.LossSum, 1e-5, "loss");
        AssertSameGradients(model, one, all);
    }

    [Fact]
    public void The_masks_of_a_batch_are_those_of_its_windows()
    {
        var random = new Random(1);
        var model = new MaskedBatch(seed: 2);
        MaskedBatch.Tape one = model.CreateTape();
        MaskedBatch.Tape all = model.CreateBatchTape();
        one.Seed(3);
        all.Seed(3);
        float[][] inputs = [.. Enumerable.Range(0, Lanes).Select(_ => Numbers(random, 6 * 3))];
        float[][] targets = [.. Enumerable.Range(0, Lanes).Select(_ => Numbers(random, 6 * 2))];
        for (int lane = 0; lane < Lanes; lane++)
        {
            model.Forward(model.CreateState(), inputs[lane], one);
            model.Backward(one, targets[lane]);
        }

        model.Forward(model.CreateBatch(), [.. inputs.SelectMany(x => x)], all);
        model.Backward(all, [.. targets.SelectMany(t => t)]);

        Same.About(one.LossSum, all.LossSum, 1e-5, "loss");
        AssertSameGradients(model, one, all);
    }

    [Fact]
    public void A_tape_for_batches_takes_single_windows_too()
    {
        var random = new Random(1);
        var model = new WholeWindows(seed: 2);
        WholeWindows.Tape one = model.CreateTape();
        WholeWindows.Tape either = model.CreateBatchTape();
        float[] x = Numbers(random, 4 * 3);
        float[] t = Numbers(random, 4 * 2);
        model.Forward(model.CreateBatch(2), Numbers(random, 2 * 6 * 3), either);
        foreach (WholeWindows.Tape tape in (WholeWindows.Tape[])[one, either])
        {
            model.Forward(model.CreateState(), x, tape);
            model.Backward(tape, t);
        }

        Same.Bits(one.Gradients, either.Gradients, "gradients");
        Same.Bits(one.InputGradients, either.InputGradients, "gradients of the inputs");
    }

    [Fact]
    public void A_mini_batch_of_the_trainer_is_its_windows()
    {
        var single = new TokenBatch(seed: 4).CreateTrainer(new Sgd(0.5f));
        var batch = new TokenBatch(seed: 4).CreateTrainer(new Sgd(0.5f));
        for (int update = 0; update < 5; update++)
        {
            int[] x = [.. Enumerable.Range(update, 9).Select(k => k % 5)];
            int[] t = [.. Enumerable.Range(update, 9).Select(k => k % 4)];
            single.Accumulate(x.AsSpan(0, 6), t.AsSpan(0, 6));
            single.Accumulate(x.AsSpan(6, 3), t.AsSpan(6, 3));

            Same.About(single.Update(), batch.Train(x, [6, 3], t), 1e-5, "loss");
        }

        Same.About(single.Model.Parameters, batch.Model.Parameters, 1e-5, "weights");
    }

    /// <summary>Mini-batches that fill the lanes once, and some of them once more.</summary>
    [Theory]
    [InlineData(4, false)]
    [InlineData(13, false)]
    [InlineData(3, true)]
    public void Fit_is_that_of_a_model_without_batches(int batchSize, bool carry)
    {
        int[] text = [.. Enumerable.Range(0, 200).Select(k => k * k % 7 % 4)];
        TokenWindows data = carry ? TokenWindows.Lanes(text, 6, lanes: batchSize) : TokenWindows.Tiled(text, 6);
        var options = new FitOptions { Updates = 25, BatchSize = batchSize, Order = DataOrder.Sequential, CarryState = carry };
        var single = new TokenRnn(seed: 4).CreateTrainer(new Sgd(0.5f));
        var batch = new TokenBatch(seed: 4).CreateTrainer(new Sgd(0.5f));

        FitResult expected = single.Fit(data, data, options);
        FitResult found = batch.Fit(data, data, options);

        Assert.Equal(expected.Targets, found.Targets);
        Same.About(expected.BestLoss, found.BestLoss, 1e-4, "loss");
        Same.About(single.Model.Parameters, batch.Model.Parameters, 1e-4, "weights");
    }

    /// <summary>More windows than lanes, heads that are left out, and windows of which nothing counts.</summary>
    [Theory]
    [InlineData(6, 1)]
    [InlineData(3, 1)]
    [InlineData(6, 2)]
    public void Fit_of_several_heads_is_that_of_a_model_without_batches(int batchSize, int workers)
    {
        var random = new Random(1);
        int[] lengths = [5, 3, 1, 5, 2, 4];
        float[][] inputs = [.. lengths.Select(steps => Numbers(random, steps * 3))];
        (int[]? Kinds, float[]? Values)[] targets =
        [
            ([0, 1, 2, -1, 0], [1, 2]), ([1, 1, 0], [float.NaN, 2]), (null, [3, 0]), ([2, 1, 0, 0, 1], null), ([-1, -1], [float.NaN, float.NaN]), (null, null),
        ];
        var options = new FitOptions { Updates = 25, BatchSize = batchSize, Order = DataOrder.Sequential, ValidateEvery = 5 };
        var one = new Models.TwoHeads(seed: 4).CreateTrainer(new Sgd(0.2f));
        using var all = new TwoHeadsBatch(seed: 4).CreateTrainer(new Sgd(0.2f));
        all.Workers = workers;
        var singles = new Sequences<float, Models.TwoHeads.WindowTargets>(inputs, targets.Select(t => (Models.TwoHeads.WindowTargets[])[new(t.Kinds, t.Values)]));
        var lanes = new Sequences<float, TwoHeadsBatch.WindowTargets>(inputs, targets.Select(t => (TwoHeadsBatch.WindowTargets[])[new(t.Kinds, t.Values)]));

        FitResult expected = one.Fit(singles, singles, options);
        FitResult found = all.Fit(lanes, lanes, options);

        Assert.Equal(4 * 25 * batchSize / 6, expected.Targets, tolerance: 2);
        Assert.Equal(expected.Targets, found.Targets);
        Same.About(expected.BestLoss, found.BestLoss, 1e-4, "loss");
        Same.About(one.Model.Parameters, all.Model.Parameters, 1e-4, "weights");
    }

    [Fact]
    public void A_mini_batch_of_several_heads_is_its_windows()
    {
        var random = new Random(1);
        int[] lengths = [2, 5, 3];
        float[][] inputs = [.. lengths.Select(steps => Numbers(random, steps * 3))];
        TwoHeadsBatch.WindowTargets[] targets = [new((int[])[0, 1], (float[])[1, 2]), new(new int[5], default), new(default, (float[])[2, float.NaN])];
        var single = new TwoHeadsBatch(seed: 4).CreateTrainer(new Sgd(0.5f));
        var batch = new TwoHeadsBatch(seed: 4).CreateTrainer(new Sgd(0.5f));
        for (int lane = 0; lane < 3; lane++)
        {
            single.Accumulate(inputs[lane], targets[lane..(lane + 1)]);
        }

        Same.About(single.Update(), batch.Train([.. inputs.SelectMany(x => x)], lengths, targets), 1e-6, "loss");
        Same.About(single.Model.Parameters, batch.Model.Parameters, 1e-6, "weights");
    }

    [Fact]
    public void A_stream_goes_on_in_a_lane_and_back()
    {
        var random = new Random(1);
        var model = new TwoHeads(seed: 2);
        TwoHeads.Batch batch = model.CreateBatch(8);
        TwoHeads.State state = model.CreateState();
        TwoHeads.State alone = model.CreateState();
        var kinds = new float[8 * 4];
        var sizes = new float[8 * 2];
        for (int step = 0; step < 6; step++)
        {
            float[] x = Numbers(random, 8 * 3);
            model.Step(alone, x.AsSpan(5 * 3, 3), kinds.AsSpan(0, 4), sizes.AsSpan(0, 2));
            if (step < 3)
            {
                model.Step(state, x.AsSpan(5 * 3, 3), kinds.AsSpan(0, 4), sizes.AsSpan(0, 2));
            }
            else
            {
                batch.CopyIn(5, state);
                model.Step(batch, x, kinds, sizes);
                batch.CopyOut(5, state);
            }
        }

        Same.About(alone["Hidden.h"], state["Hidden.h"], 1e-6, "state");
        Same.Bits(state["Hidden.h"], batch[5, "Hidden.h"], "lane");

        batch.Reset(5);
        Assert.All(batch[5, "Hidden.h"].ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(batch[4, "Hidden.h"].ToArray(), value => value != 0);
        batch.Reset();
        Assert.All(batch[4, "Hidden.h"].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Lanes_without_a_window_stay_as_they_are()
    {
        var random = new Random(1);
        var model = new WholeWindows(seed: 2);
        WholeWindows.Batch batch = model.CreateBatch(3);
        batch[2, "Hidden.h"].Fill(0.5f);

        model.Forward(batch, Numbers(random, 5 * 3), [2, 3], model.CreateBatchTape());
        model.Forward(batch, Numbers(random, 5 * 3), [2, 3], new float[5 * 2]);

        Assert.All(batch[2, "Hidden.h"].ToArray(), value => Assert.Equal(0.5f, value));
        Assert.Contains(batch[1, "Hidden.h"].ToArray(), value => value != 0);
    }

    // Both numbers of further steps, even and odd: the states of a lane are in one of two halves.
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Streams_without_a_window_stay_as_they_are(int longest)
    {
        var random = new Random(1);
        var model = new TokenBatch(seed: 2);
        TokenBatch.Batch batch = model.CreateBatch(3);
        batch[2, "Hidden.h"].Fill(0.5f);

        model.Forward(batch, new int[3 + longest], [3, longest], new float[(3 + longest) * 4]);

        Assert.All(batch[2, "Hidden.h"].ToArray(), value => Assert.Equal(0.5f, value));
        var alone = model.CreateState();
        model.Forward(alone, new int[3], new float[3 * 4]);
        Same.About(alone["Hidden.h"], batch[0, "Hidden.h"], 1e-6, "state");
    }

    internal static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];

    private static void AssertSameGradients(IRnnModel model, Tape expected, Tape found)
    {
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var one = new float[parameter.Count];
            var other = new float[parameter.Count];
            expected.CopyGradient(parameter, one);
            found.CopyGradient(parameter, other);
            Same.About(one, other, 1e-5, parameter.Name);
        }
    }
}
