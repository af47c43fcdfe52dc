using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

[RnnModel(inputSize: 2, sequenceLength: 12)]
internal sealed partial class Undropped
{
    [Gru(40)]
    public partial Layer Low { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 12, Trace = true)]
internal sealed partial class DroppedState
{
    [Gru(40, RecurrentDropout = 0.25)]
    public partial Layer Low { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 12, Trace = true)]
internal sealed partial class ZonedOut
{
    [Lstm(40, Zoneout = 0.25, ZoneoutCell = 0.5)]
    public partial Layer Low { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

/// <summary>The random numbers of recurrent dropout and zoneout. Other tests compare results with the equations.</summary>
[Collection(nameof(AllocationTests))]
public class RecurrentDropoutTests
{
    private const int Steps = 12;

    private const int Size = 40;

    private static readonly float[] X = [.. Enumerable.Range(0, Steps * 2).Select(k => (k % 5 * 0.3f) - 0.6f)];

    private static readonly float[] Targets = [.. Enumerable.Range(0, Steps).Select(k => k % 3 * 0.2f)];

    [Fact]
    public void The_same_units_are_dropped_at_every_step_of_a_window_and_others_in_the_next()
    {
        var model = new DroppedState(seed: 1);
        DroppedState.Tape tape = model.CreateTape();
        var masks = new List<float[]>();
        for (int window = 0; window < 25; window++)
        {
            model.Forward(model.CreateState(), X, tape);
            float[] first = tape.Trace("Low.m_h")[0].ToArray();
            for (int step = 1; step < Steps; step++)
            {
                Assert.Equal(first, tape.Trace("Low.m_h")[step].ToArray());
                float[] before = tape.Trace("Low.h")[step - 1].ToArray();
                Assert.Equal(first.Zip(before, (m, h) => m * h), tape.Trace("Low.mh")[step].ToArray());
            }

            masks.Add(first);
        }

        Assert.All(masks.SelectMany(m => m), m => Assert.True(m == 0 || Math.Abs(m - (1 / 0.75f)) < 1e-6f));

        // 1,000 numbers at 0.25: 250, deviation 14.
        Assert.InRange(masks.Sum(mask => mask.Count(m => m == 0)), 190, 310);
        Assert.NotEqual(masks[0], masks[1]);
    }

    [Fact]
    public void Recurrent_dropout_is_nothing_outside_training()
    {
        var model = new DroppedState(seed: 1);
        var plain = new Undropped(seed: 1);
        var expected = new float[Steps * Size];
        var y = new float[Steps * Size];

        plain.Forward(plain.CreateState(), X, expected);
        model.Forward(model.CreateState(), X, y);
        Assert.Equal(expected, y);

        model.Step(model.CreateState(), X.AsSpan(0, 2), y.AsSpan(0, Size));
        Assert.Equal(expected[..Size], y[..Size]);
    }

    [Theory]
    [InlineData("h", 0.25)]
    [InlineData("c", 0.5)]
    public void Zoneout_keeps_some_numbers_of_a_state_as_they_were_and_takes_the_others_as_computed(string state, double rate)
    {
        var model = new ZonedOut(seed: 1);
        ZonedOut.Tape tape = model.CreateTape();
        int kept = 0;
        for (int window = 0; window < 4; window++)
        {
            model.Forward(model.CreateState(), X, tape);
            for (int step = 1; step < Steps; step++)
            {
                for (int unit = 0; unit < Size; unit++)
                {
                    float updated = tape.Trace("Low.u_" + state)[step][unit];
                    Assert.True(updated is 0 or 1);
                    float expected = updated == 0 ? tape.Trace("Low." + state)[step - 1][unit] : tape.Trace($"Low.{state}New")[step][unit];
                    Assert.Equal(expected, tape.Trace("Low." + state)[step][unit]);
                    kept += updated == 0 ? 1 : 0;
                }
            }
        }

        // 1,760 numbers; five deviations at 0.5 are 105.
        Assert.InRange(kept, (1760 * rate) - 105, (1760 * rate) + 105);
        Assert.NotEqual(tape.Trace("Low.u_" + state)[0].ToArray(), tape.Trace("Low.u_" + state)[1].ToArray());
    }

    [Fact]
    public void The_seed_of_the_tape_says_what_is_dropped()
    {
        var model = new ZonedOut(seed: 1);
        float[] Run(int seed)
        {
            ZonedOut.Tape tape = model.CreateTape();
            tape.Seed(seed);
            var y = new float[Steps];
            model.Forward(model.CreateState(), X, y, tape);
            return y;
        }

        Assert.Equal(Run(3), Run(3));
        Assert.NotEqual(Run(3), Run(4));
    }

    [Fact]
    public void A_resumed_training_draws_what_the_other_would_have_drawn()
    {
        using var folder = new TemporaryFolder();
        ZonedOut.Trainer whole = new ZonedOut(seed: 1).CreateTrainer(new Adam(0.01f));
        ZonedOut.Trainer first = new ZonedOut(seed: 1).CreateTrainer(new Adam(0.01f));
        ZonedOut.Trainer second = new ZonedOut(seed: 2).CreateTrainer(new Adam(0.01f));
        Train(whole, 5);
        Train(first, 2);
        first.Save(folder.File("training"));
        second.Resume(folder.File("training"));
        Train(second, 3);

        Same.Bits(whole.Model.Parameters, second.Model.Parameters, "weights");

        static void Train(ZonedOut.Trainer trainer, int updates)
        {
            for (int update = 0; update < updates; update++)
            {
                trainer.Train(X, Targets);
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var model = new ZonedOut(seed: 1);
        ZonedOut.Trainer trainer = model.CreateTrainer(new Adam(0.01f));
        ZonedOut.State state = model.CreateState();
        var y = new float[Steps];
        Allocations.None(() => trainer.Train(X, Targets), 50);
        Allocations.None(() => model.Forward(state, X, y), 50);
        Allocations.None(() => model.Step(state, X.AsSpan(0, 2), y.AsSpan(0, 1)), 50);

        var dropped = new DroppedState(seed: 1);
        DroppedState.Tape tape = dropped.CreateTape();
        DroppedState.State stream = dropped.CreateState();
        Allocations.None(() => dropped.Forward(stream, X, tape), 50);
    }
}
