using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 4), Lstm(10), Linear(2)]
internal sealed partial class CarriedLanes;

/// <summary>A window leaves a carried state finite: moved on, or as it was before, or reset if that was not finite either.</summary>
[Collection(nameof(AllocationTests))]
public class FiniteStateTests
{
    private static readonly float[] Bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_state_says_whether_all_of_it_is_finite(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.RunningState();
        Assert.True(state.IsFinite);
        foreach (string slot in state.Names)
        {
            for (int k = 0; k < state[slot].Length; k++)
            {
                foreach (float bad in Bad)
                {
                    (float good, state[slot][k]) = (state[slot][k], bad);
                    Assert.False(state.IsFinite);
                    state[slot][k] = good;
                }
            }
        }

        Assert.True(state.IsFinite);
        Allocations.None(() => Assert.True(state.IsFinite), calls: 10);
    }

    [Fact]
    public void A_lane_says_whether_all_of_it_is_finite()
    {
        CarriedLanes.Batch batch = new CarriedLanes(seed: 1).CreateBatch();
        batch[2, "Lstm.c"][9] = float.NaN;
        batch[3, "Lstm.h"][9] = float.PositiveInfinity;

        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(batch.IsFinite));
        Assert.Throws<ArgumentOutOfRangeException>("lane", () => batch.IsFinite(4));
    }

    // What is beside the states in their memory may be NaN then, because zeros have been multiplied.
    [Fact]
    public void A_state_that_an_infinite_input_saturates_is_finite()
    {
        var model = new ShortLstm(seed: 1);
        ShortLstm.State state = model.CreateState();
        model.Step(state, [float.PositiveInfinity, 0, 0], new float[2]);

        Assert.True(state.IsFinite);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void A_bad_window_leaves_the_state_as_it_was(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        if (!subject.HasHead)
        {
            return;
        }

        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f));
        State carried = subject.RunningState();
        State before = subject.RunningState();
        Data inputs = subject.Inputs(3);
        inputs.Numbers[1] = float.NaN;

        Assert.True(float.IsNaN(trainer.Train(carried, inputs, subject.Targets(3))));
        Same.Bits(before, carried);
        Assert.True(float.IsFinite(trainer.Train(carried, subject.Inputs(3), subject.Targets(3))));
        Assert.Equal(1, trainer.SkippedUpdates);
    }

    [Fact]
    public void A_state_that_was_bad_before_is_reset()
    {
        ShortLstm.Trainer trainer = new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f));
        ShortLstm.State carried = trainer.Model.CreateState();
        carried["Lstm.c"][8] = float.NaN;

        Assert.True(float.IsNaN(trainer.Train(carried, new float[9], new float[6])));

        Same.Bits(trainer.Model.CreateState(), carried);
        Assert.True(float.IsFinite(trainer.Train(carried, new float[9], new float[6])));
    }

    [Fact]
    public void A_start_that_is_learned_is_still_learned_after_a_bad_window()
    {
        LearnsStart.Trainer trainer = new LearnsStart(seed: 1).CreateTrainer(new Sgd(0.1f));
        LearnsStart.State carried = trainer.Model.CreateState();
        float[] bad = [float.NaN, 0];

        trainer.Train(carried, bad, [0f]);
        trainer.Accumulate(carried, [1, 2], [1f]);

        Assert.Contains(TestNumbers.Gradient(trainer.Tape, trainer.Model.Layers[0]["initial_h_l0"]), gradient => gradient != 0);
    }

    [Fact]
    public void Several_heads()
    {
        TwoHeads.Trainer trainer = new TwoHeads(seed: 1).CreateTrainer(new Sgd(0.1f));
        TwoHeads.State carried = trainer.Model.CreateState();
        float[] good = TestNumbers.Random(new Random(1), 15);
        trainer.Train(carried, good, [0, 1, 2, 0, 1], [1f, 2f]);
        TwoHeads.State before = trainer.Model.CreateState();
        before.CopyFrom(carried);
        float[] bad = [.. good];
        bad[14] = float.NaN;

        Assert.True(float.IsNaN(trainer.Train(carried, bad, [0, 1, 2, 0, 1], [1f, 2f])));

        Same.Bits(before, carried);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_bad_window_of_fifty_costs_one_update(int workers)
    {
        using SharedPlain.Trainer trainer = new SharedPlain(seed: 1).CreateTrainer(new Adam(1e-3f));
        trainer.Workers = workers;
        Sequences<float, float> data = WithOneBad(windows: 400, inputs: 200, targets: 50, bad: 77);

        trainer.Fit(data, null, new FitOptions { Updates = 50, BatchSize = 8, Order = DataOrder.Sequential, CarryState = true, CheckData = DataCheck.Windows });

        Assert.Equal(1, trainer.SkippedUpdates);
        Assert.Equal(49, trainer.Optimizer.Updates);
    }

    [Fact]
    public void One_bad_lane_costs_one_update()
    {
        CarriedLanes.Trainer trainer = new CarriedLanes(seed: 1).CreateTrainer(new Adam(1e-3f));
        Sequences<float, float> data = WithOneBad(windows: 300, inputs: 18, targets: 12, bad: 77);

        trainer.Fit(data, null, new FitOptions { Updates = 50, BatchSize = 6, Order = DataOrder.Sequential, CarryState = true, CheckData = DataCheck.Windows });

        Assert.Equal(1, trainer.SkippedUpdates);
    }

    [Fact]
    public void Steps_with_a_carried_state_allocate_nothing()
    {
        ShortLstm.Trainer trainer = new ShortLstm(seed: 1).CreateTrainer(new Adam(1e-3f));
        ShortLstm.State carried = trainer.Model.CreateState();
        float[] inputs = new float[9];
        float[] targets = new float[6];
        inputs[4] = float.NaN;

        Allocations.None(() => trainer.Train(carried, inputs, targets), calls: 10);
    }

    private static Sequences<float, float> WithOneBad(int windows, int inputs, int targets, int bad)
    {
        var random = new Random(1);
        float[][] x = [.. Enumerable.Range(0, windows).Select(_ => TestNumbers.Random(random, inputs))];
        x[bad][inputs / 2] = float.NaN;
        return new Sequences<float, float>(x, x.Select(_ => TestNumbers.Random(random, targets)));
    }
}
