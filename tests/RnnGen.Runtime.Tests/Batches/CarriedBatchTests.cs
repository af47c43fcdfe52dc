using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Batches;

/// <summary>A mini-batch of windows that continue from states is these windows, one after the other.</summary>
[Collection(nameof(AllocationTests))]
public class CarriedBatchTests
{
    [Fact]
    public void States_are_carried_as_by_single_windows()
    {
        var random = new Random(1);
        CarriedLanes.Trainer single = new CarriedLanes(seed: 4).CreateTrainer(new Sgd(0.1f));
        CarriedLanes.Trainer batch = new CarriedLanes(seed: 4).CreateTrainer(new Sgd(0.1f));
        CarriedLanes.Batch carried = batch.Model.CreateBatch();
        CarriedLanes.State[] states = [.. Enumerable.Range(0, 4).Select(_ => single.Model.CreateState())];
        for (int lane = 0; lane < 4; lane++)
        {
            TestNumbers.Fill(states[lane], seed: lane);
            carried.CopyIn(lane, states[lane]);
        }

        foreach (int[] lengths in (int[][])[[6, 6, 6, 6], [2, 5, 6, 1], [3, 3], [1, 1, 1, 4]])
        {
            float[][] inputs = [.. lengths.Select(steps => TestNumbers.Random(random, steps * 3))];
            float[][] targets = [.. lengths.Select(steps => TestNumbers.Random(random, steps * 2))];
            for (int lane = 0; lane < lengths.Length; lane++)
            {
                single.Accumulate(states[lane], inputs[lane], targets[lane]);
            }

            float expected = single.Update();
            float loss = batch.Train(carried, [.. inputs.SelectMany(x => x)], lengths, [.. targets.SelectMany(t => t)]);

            Same.About(expected, loss, 1e-5, "loss");
            Same.About(single.Model.Parameters, batch.Model.Parameters, 1e-5, "weights");
            for (int lane = 0; lane < 4; lane++)
            {
                Same.About(states[lane]["Lstm.h"], carried[lane, "Lstm.h"], 1e-5, $"h of lane {lane}");
                Same.About(states[lane]["Lstm.c"], carried[lane, "Lstm.c"], 1e-5, $"c of lane {lane}");
            }
        }
    }

    [Fact]
    public void Several_heads()
    {
        var random = new Random(1);
        TwoHeadsBatch.Trainer single = new TwoHeadsBatch(seed: 4).CreateTrainer(new Sgd(0.1f));
        TwoHeadsBatch.Trainer batch = new TwoHeadsBatch(seed: 4).CreateTrainer(new Sgd(0.1f));
        TwoHeadsBatch.Batch carried = batch.Model.CreateBatch(3);
        TwoHeadsBatch.State[] states = [.. Enumerable.Range(0, 3).Select(_ => single.Model.CreateState())];
        int[] lengths = [2, 5, 3];
        TwoHeadsBatch.WindowTargets[] targets = [new((int[])[0, 1], (float[])[1, 2]), new(new int[5], default), new(default, (float[])[2, float.NaN])];
        for (int update = 0; update < 3; update++)
        {
            float[][] inputs = [.. lengths.Select(steps => TestNumbers.Random(random, steps * 3))];
            for (int lane = 0; lane < 3; lane++)
            {
                single.Accumulate(states[lane], inputs[lane], targets[lane..(lane + 1)]);
            }

            Same.About(single.Update(), batch.Train(carried, [.. inputs.SelectMany(x => x)], lengths, targets), 1e-5, "loss");
        }

        Same.About(single.Model.Parameters, batch.Model.Parameters, 1e-5, "weights");
        Same.About(states[1]["Memory.h"], carried[1, "Memory.h"], 1e-5, "state");
    }

    [Fact]
    public void The_gradients_of_the_states_are_those_of_single_windows()
    {
        var random = new Random(1);
        CarriedLanes.Trainer single = new CarriedLanes(seed: 4).CreateTrainer(new Sgd(0.1f));
        CarriedLanes.Trainer batch = new CarriedLanes(seed: 4).CreateTrainer(new Sgd(0.1f));
        CarriedLanes.State state = single.Model.CreateState();
        TestNumbers.Fill(state, seed: 1);
        CarriedLanes.Batch carried = batch.Model.CreateBatch(2);
        carried.CopyIn(1, state);
        float[] inputs = TestNumbers.Random(random, 15);
        float[] targets = TestNumbers.Random(random, 10);

        batch.Accumulate(carried, inputs, [2, 3], targets);
        single.Accumulate(state, inputs.AsSpan(6), targets.AsSpan(4));

        Same.About(single.Tape.InitialStateGradients["Lstm.c"], batch.Tape.InitialBatchGradients![1, "Lstm.c"], 1e-6, "gradients");
        Assert.Contains(single.Tape.InitialStateGradients["Lstm.c"].ToArray(), gradient => gradient != 0);
    }

    [Fact]
    public void A_bad_lane_stays_as_it_was_and_one_that_was_bad_before_is_reset()
    {
        CarriedLanes.Trainer trainer = new CarriedLanes(seed: 4).CreateTrainer(new Sgd(0.1f));
        CarriedLanes.Batch carried = trainer.Model.CreateBatch();
        for (int lane = 0; lane < 4; lane++)
        {
            carried[lane, "Lstm.h"].Fill(0.5f);
        }

        carried[2, "Lstm.c"][3] = float.NaN;
        float[] inputs = new float[18];
        inputs[7] = float.NaN;

        Assert.True(float.IsNaN(trainer.Train(carried, inputs, [2, 2, 2], new float[12])));

        Assert.Equal(1, trainer.SkippedUpdates);
        Assert.All(carried[1, "Lstm.h"].ToArray(), value => Assert.Equal(0.5f, value));
        Assert.All(carried[3, "Lstm.h"].ToArray(), value => Assert.Equal(0.5f, value));
        Assert.All(carried[0, "Lstm.h"].ToArray(), value => Assert.NotEqual(0.5f, value));
        Assert.All(carried[2, "Lstm.h"].ToArray().Concat(carried[2, "Lstm.c"].ToArray()), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_start_that_is_learned_is_carried_on()
    {
        LearnsInLanes.Trainer trainer = new LearnsInLanes(seed: 1).CreateTrainer(new Sgd(0.1f));
        LearnsInLanes.Batch carried = trainer.Model.CreateBatch();
        Parameter start = trainer.Model.Layers[0]["initial_h_l0"];

        trainer.Accumulate(carried, new float[8], [2, 2], [1f, 1f]);
        Assert.Contains(TestNumbers.Gradient(trainer.Tape, start), gradient => gradient != 0);

        trainer.Tape.Clear();
        trainer.Accumulate(carried, new float[8], [2, 2], [1f, 1f]);
        Assert.All(TestNumbers.Gradient(trainer.Tape, start), gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void Wrong_calls_change_nothing()
    {
        CarriedLanes.Trainer trainer = new CarriedLanes(seed: 4).CreateTrainer(new Sgd(0.1f));
        CarriedLanes.Batch carried = trainer.Model.CreateBatch(2);
        carried[1, "Lstm.h"].Fill(0.5f);

        Assert.Throws<ArgumentNullException>("carried", () => trainer.Train(null!, new float[3], [1], new float[2]));
        var lanes = Assert.Throws<ArgumentException>("carried", () => trainer.Train(carried, new float[9], [1, 1, 1], new float[6]));
        Assert.Contains("at least 3 lanes, found 2", lanes.Message, StringComparison.Ordinal);
        var model = Assert.Throws<ArgumentException>("carried", () => trainer.Train(new TwoHeads(seed: 1).CreateBatch(2), new float[6], [1, 1], new float[4]));
        Assert.Contains("CarriedLanes", model.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("inputs", () => trainer.Train(carried, new float[7], [1, 1], new float[4]));
        Assert.Throws<ArgumentException>("targets", () => trainer.Train(carried, new float[6], [1, 1], new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>("lengths", () => trainer.Train(carried, new float[6], [2, 0], new float[4]));
        Assert.Throws<ArgumentException>("lengths", () => trainer.Train(carried, [], [], []));

        Assert.All(carried[1, "Lstm.h"].ToArray(), value => Assert.Equal(0.5f, value));
        Assert.Equal(0, trainer.Tape.TargetCount);
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.Train(carried, new float[6], [1, 1], new float[4]));
        Assert.Throws<ObjectDisposedException>(() => trainer.Train(new float[6], [1, 1], new float[4]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        CarriedLanes.Trainer trainer = new CarriedLanes(seed: 4).CreateTrainer(new Adam(1e-3f));
        CarriedLanes.Batch carried = trainer.Model.CreateBatch();
        float[] inputs = new float[15];
        float[] targets = new float[10];

        Allocations.None(() => trainer.Train(carried, inputs, [2, 3], targets), calls: 20);
    }
}

[RnnModel(inputSize: 2, sequenceLength: 4, BatchSize = 2), Gru(4, LearnInitialState = true, ReturnSequences = false), Linear(1)]
internal sealed partial class LearnsInLanes;
