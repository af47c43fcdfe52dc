using RnnGen.Tests.Models;

namespace RnnGen.Tests.Batches;

[RnnModel(inputSize: 2, sequenceLength: 6, BatchSize = 4, Trace = true)]
internal sealed partial class LearnedLanes
{
    [Lstm(5, LearnInitialState = true)]
    public partial Layer Low { get; }

    [Gru(3)]
    public partial Layer High { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 6, BatchSize = 4, Trace = true)]
internal sealed partial class LearnedLanesBothWays
{
    [Gru(4, LearnInitialState = true, Direction = Direction.Bidirectional, Layers = 2)]
    public partial Layer Low { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

/// <summary>The lanes of a batch start as the layers have learned, and a batch's tape keeps a trace of each.</summary>
public class LearnedBatchTests
{
    private static readonly int[] Lengths = [3, 6, 1];

    [Fact]
    public void Lanes_start_as_streams_do_and_go_on_as_they_do()
    {
        LearnedLanes model = Started(new LearnedLanes(seed: 1));
        var random = new Random(3);
        LearnedLanes.Batch batch = model.CreateBatch(3);
        LearnedLanes.State[] states = [model.CreateState(), model.CreateState(), model.CreateState()];
        for (int round = 0; round < 4; round++)
        {
            if (round == 2)
            {
                batch.Reset(1);
                states[1].Reset();
            }

            float[][] windows = Windows(random);
            var outputs = new float[Lengths.Sum()];
            model.Forward(batch, Joined(windows), Lengths, outputs);
            Assert.Equal(Enumerable.Range(0, 3).SelectMany(lane => Run(model, states[lane], windows[lane])), outputs);
            for (int lane = 0; lane < 3; lane++)
            {
                Assert.Equal(states[lane]["Low.c"].ToArray(), batch[lane, "Low.c"].ToArray());
            }
        }
    }

    [Fact]
    public void A_step_starts_all_lanes()
    {
        LearnedLanes model = Started(new LearnedLanes(seed: 1));
        LearnedLanes.Batch batch = model.CreateBatch(2);
        float[] x = [0.5f, -0.25f, 1, 2];
        var outputs = new float[2];
        model.Step(batch, x, outputs);
        for (int lane = 0; lane < 2; lane++)
        {
            var expected = new float[1];
            model.Step(model.CreateState(), x.AsSpan(lane * 2, 2), expected);
            Assert.Equal(expected[0], outputs[lane]);
        }

        model.Step(batch, x, outputs);
        var again = new float[2];
        model.Step(model.CreateBatch(2), x, again);
        Assert.NotEqual(again, outputs);
    }

    [Fact]
    public void What_is_at_the_start_stays_there_when_it_is_copied_in_and_out()
    {
        LearnedLanes model = Started(new LearnedLanes(seed: 1));
        LearnedLanes.Batch batch = model.CreateBatch(2);
        batch[0, "Low.h"].Fill(7);
        batch.CopyIn(0, model.CreateState());
        LearnedLanes.State state = model.CreateState();
        state["Low.h"].Fill(3);
        batch.CopyOut(1, state);

        // Weights that change before the first step are those that it starts from.
        Set(model, 0.75f);
        Assert.Equal([0.75f, 0.75f, 0.75f, 0.75f, 0.75f], batch[0, "Low.h"].ToArray());
        Assert.Equal([0.75f, 0.75f, 0.75f, 0.75f, 0.75f], state["Low.h"].ToArray());
        Assert.True(batch.IsFinite(1));
    }

    [Fact]
    public void Only_lanes_that_started_as_learned_train_the_start()
    {
        LearnedLanes model = Started(new LearnedLanes(seed: 1));
        var random = new Random(5);
        LearnedLanes.Tape all = model.CreateBatchTape();
        LearnedLanes.Tape one = model.CreateTape();
        LearnedLanes.Batch batch = model.CreateBatch(3);
        batch[1, "Low.h"].Fill(0.5f);
        float[][] windows = Windows(random);
        float[] targets = [.. Lengths.SelectMany(steps => Enumerable.Repeat(1f, steps))];
        model.Forward(batch, Joined(windows), Lengths, all);
        model.Backward(all, targets);
        for (int lane = 0; lane < 3; lane++)
        {
            LearnedLanes.State state = model.CreateState();
            if (lane == 1)
            {
                state["Low.h"].Fill(0.5f);
            }

            model.Forward(state, windows[lane], one);
            model.Backward(one, targets.AsSpan(0, Lengths[lane]));
        }

        AssertSame(model.Layers.SelectMany(l => l.Parameters), one, all);
    }

    [Fact]
    public void Layers_that_go_backwards_learn_theirs_too()
    {
        LearnedLanesBothWays model = Started(new LearnedLanesBothWays(seed: 1));
        var random = new Random(5);
        LearnedLanesBothWays.Tape all = model.CreateBatchTape();
        LearnedLanesBothWays.Tape one = model.CreateTape();
        float[][] windows = Windows(random);
        float[] targets = [.. Lengths.SelectMany(steps => Enumerable.Repeat(1f, steps))];
        var outputs = new float[targets.Length];
        model.Forward(model.CreateBatch(3), Joined(windows), Lengths, outputs, all);
        model.Backward(all, targets);
        var expected = new List<float>();
        for (int lane = 0; lane < 3; lane++)
        {
            var own = new float[Lengths[lane]];
            model.Forward(model.CreateState(), windows[lane], own, one);
            model.Backward(one, targets.AsSpan(0, Lengths[lane]));
            expected.AddRange(own);
        }

        Same.About([.. expected], outputs, 1e-6, "outputs");
        AssertSame(model.Layers.SelectMany(l => l.Parameters), one, all);
    }

    [Fact]
    public void A_trace_of_a_lane_is_that_of_its_window()
    {
        LearnedLanes model = Started(new LearnedLanes(seed: 1));
        float[][] windows = Windows(new Random(5));
        LearnedLanes.Tape all = model.CreateBatchTape();
        model.Forward(model.CreateBatch(3), Joined(windows), Lengths, all);
        for (int lane = 0; lane < 3; lane++)
        {
            LearnedLanes.Tape one = model.CreateTape();
            model.Forward(model.CreateState(), windows[lane], one);
            foreach (string name in LearnedLanes.Tape.TraceNames)
            {
                TraceRows expected = one.Trace(name);
                TraceRows actual = all.Trace(name, lane);
                Assert.Equal(expected.Steps, actual.Steps);
                for (int step = 0; step < expected.Steps; step++)
                {
                    Same.About(expected[step].ToArray(), actual[step].ToArray(), 1e-6, $"{name} of lane {lane} at step {step}");
                }
            }
        }

        Assert.Throws<InvalidOperationException>(() => all.Trace("Low.h"));
        Assert.Throws<ArgumentOutOfRangeException>("lane", () => all.Trace("Low.h", 3));
        Assert.Throws<ArgumentException>("name", () => all.Trace("Low.x", 0));
        model.Forward(model.CreateState(), windows[0], all);
        Assert.Throws<InvalidOperationException>(() => all.Trace("Low.h", 0));
    }

    private static float[][] Windows(Random random) =>
        [.. Lengths.Select(steps => Enumerable.Range(0, steps * 2).Select(_ => (float)random.NextDouble() - 0.5f).ToArray())];

    private static float[] Joined(float[][] windows) => [.. windows.SelectMany(w => w)];

    private static float[] Run(LearnedLanes model, LearnedLanes.State state, float[] window)
    {
        var outputs = new float[window.Length / 2];
        model.Forward(state, window, outputs);
        return outputs;
    }

    private static void AssertSame(IEnumerable<Parameter> parameters, Tape one, Tape all)
    {
        foreach (Parameter parameter in parameters)
        {
            var expected = new float[parameter.Count];
            var actual = new float[parameter.Count];
            one.CopyGradient(parameter, expected);
            all.CopyGradient(parameter, actual);
            Same.About(expected, actual, 1e-5, parameter.Name);
        }
    }

    private static T Started<T>(T model)
        where T : IRnnModel
    {
        var random = new Random(2);
        foreach (Parameter parameter in model.Layers.SelectMany(l => l.Parameters).Where(p => p.Name.StartsWith("initial", StringComparison.Ordinal)))
        {
            parameter.CopyFrom([.. Enumerable.Range(0, (int)parameter.Count).Select(_ => (float)random.NextDouble())]);
        }

        return model;
    }

    private static void Set(LearnedLanes model, float value) => model.Low["initial_h_l0"].CopyFrom([.. Enumerable.Repeat(value, 5)]);
}
