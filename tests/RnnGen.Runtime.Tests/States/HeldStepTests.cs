using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.States;

/// <summary><see cref="NonFinite.Hold"/>: a stream is what it would be if its bad steps had never come.</summary>
[Collection(nameof(AllocationTests))]
public class HeldStepTests
{
    private static readonly float[] Bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    public static TheoryData<string> All => [.. Pairs.Keys];

    private static Dictionary<string, Func<(IRnnStreamingBatchModel<float> Clean, IRnnStreamingBatchModel<float> Plain)>> Pairs { get; } = new()
    {
        ["Lstm"] = () => (new CleanLstm(seed: 3), new PlainLstm(seed: 3)),
        ["Gru"] = () => (Learned(new CleanGru(seed: 3)), Learned(new PlainGru(seed: 3))),
        ["Heads"] = () => (new CleanHeads(seed: 3), new PlainHeads(seed: 3)),
        ["Wide"] = () => (new CleanWide(seed: 3), new PlainWide(seed: 3)),
        ["Dense"] = () => (new CleanDense(seed: 3), new PlainDense(seed: 3)),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_step_that_is_not_finite_is_left_out(string name)
    {
        (IRnnStreamingBatchModel<float> clean, IRnnStreamingBatchModel<float> plain) = Pairs[name]();
        var random = new Random(1);
        State held = clean.CreateState();
        State expected = plain.CreateState();
        float[] outputs = new float[clean.OutputSize];
        float[] before = new float[clean.OutputSize];
        for (int step = 0; step < 60; step++)
        {
            float[] inputs = Inputs(random, clean.InputSize, isBad: step > 0 && random.Next(3) == 0);
            if (inputs.All(float.IsFinite))
            {
                plain.Step(expected, inputs, before);
            }

            clean.Step(held, inputs, outputs);

            Same.Bits(before, outputs, $"outputs of step {step}");
            Same.Bits(expected, held);
            Assert.True(held.IsFinite);
        }
    }

    /// <summary>Each lane has bad steps of its own.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_bad_lane_is_held_alone(string name)
    {
        (IRnnStreamingBatchModel<float> clean, IRnnStreamingBatchModel<float> plain) = Pairs[name]();
        var random = new Random(1);
        int lanes = clean.BatchSize;
        Batch batch = clean.CreateBatch(lanes);
        State[] expected = [.. Enumerable.Range(0, lanes).Select(_ => plain.CreateState())];
        float[][] answers = [.. Enumerable.Range(0, lanes).Select(_ => new float[clean.OutputSize])];
        var outputs = new float[lanes * clean.OutputSize];
        for (int step = 0; step < 30; step++)
        {
            float[][] inputs = [.. Enumerable.Range(0, lanes).Select(_ => Inputs(random, clean.InputSize, isBad: step > 0 && random.Next(3) == 0))];
            for (int lane = 0; lane < lanes; lane++)
            {
                if (inputs[lane].All(float.IsFinite))
                {
                    plain.Step(expected[lane], inputs[lane], answers[lane]);
                }
            }

            clean.Step(batch, [.. inputs.SelectMany(x => x)], outputs);

            for (int lane = 0; lane < lanes; lane++)
            {
                Same.About(answers[lane], OfLane(clean, outputs, lanes, lane), 1e-5, $"outputs of step {step}, lane {lane}");
                AssertSame(expected[lane], batch, lane);
            }
        }
    }

    /// <summary>Windows with a bad first step of a block, a bad last step, and nothing but bad steps.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_window_goes_on_after_bad_steps(string name)
    {
        (IRnnStreamingBatchModel<float> clean, _) = Pairs[name]();
        var random = new Random(1);
        State stepped = clean.CreateState();
        State windowed = clean.CreateState();
        clean.Step(stepped, Inputs(random, clean.InputSize, isBad: false), new float[clean.OutputSize]);
        windowed.CopyFrom(stepped);
        int steps = clean.SequenceLength;
        foreach (Func<int, bool> isBad in (Func<int, bool>[])[step => step is 0 or 4 or 16 or 17, step => step == steps - 1, _ => true, step => step % 2 == 0])
        {
            float[][] inputs = [.. Enumerable.Range(0, steps).Select(step => Inputs(random, clean.InputSize, isBad(step)))];
            float[][] expected = [.. inputs.Select(x => Step(clean, stepped, x))];
            var outputs = new float[clean.GetOutputLength(steps)];

            clean.Forward(windowed, [.. inputs.SelectMany(x => x)], outputs);

            Same.About(Joined(clean, expected), outputs, 1e-5, "outputs");
            Same.About(TestNumbers.Values(stepped), TestNumbers.Values(windowed), 1e-5, "state");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_windows_of_a_batch_are_those_of_its_lanes(string name)
    {
        (IRnnStreamingBatchModel<float> clean, _) = Pairs[name]();
        var random = new Random(1);
        int[] lengths = clean.BatchSize == 9 ? [3, 6, 1, 6, 2, 5, 6, 4] : [40, 17];
        Batch batch = clean.CreateBatch(lengths.Length);
        for (int round = 0; round < 3; round++)
        {
            float[][] inputs = [.. lengths.Select(steps => Enumerable.Range(0, steps).SelectMany(_ => Inputs(random, clean.InputSize, random.Next(3) == 0)).ToArray())];
            State[] states = [.. lengths.Select((_, lane) => Out(clean, batch, lane))];
            float[][] expected = [.. lengths.Select((steps, lane) => Forward(clean, states[lane], inputs[lane], steps))];
            var outputs = new float[Length(clean, lengths)];

            clean.Forward(batch, [.. inputs.SelectMany(x => x)], lengths, outputs);

            Same.About(Joined(clean, lengths, expected), outputs, 1e-5, "outputs");
            for (int lane = 0; lane < lengths.Length; lane++)
            {
                AssertSame(states[lane], batch, lane);
            }
        }
    }

    [Fact]
    public void Before_the_first_step_the_outputs_are_those_of_zeros()
    {
        var model = new CleanHeads(seed: 1);
        CleanHeads.State state = model.CreateState();
        float[] kind = new float[3];
        float[] value = [1, 1];
        for (int round = 0; round < 2; round++)
        {
            model.Step(state, [0, float.NaN, 0], kind, value);
            Same.About([1f / 3, 1f / 3, 1f / 3], kind, 1e-6, "probabilities");
            Assert.Equal([0f, 0f], value);

            model.Step(state, [1, 2, 3], kind, value);
            Assert.NotEqual(0, value[0]);
            state.Reset();
        }
    }

    [Fact]
    public void Finite_inputs_that_lead_to_infinity_are_left_out()
    {
        var model = new CleanRelu(seed: 1);
        model.Layers[0]["weight_ih_l0"].CopyFrom([2, 2, 2, 2, 2], [5, 1]);
        CleanRelu.State state = model.CreateState();
        CleanRelu.Batch batch = model.CreateBatch();
        float[] one = [0];
        float[] two = [0, 0];
        model.Step(state, [1], one);
        model.Step(batch, [1, 1], two);
        float answer = one[0];
        float[] before = TestNumbers.Values(state);
        for (int step = 0; step < 3; step++)
        {
            model.Step(state, [float.MaxValue], one);
            model.Step(batch, [float.MaxValue, 0.5f], two);

            Assert.Equal(answer, one[0]);
            Same.Bits(before, TestNumbers.Values(state), "state");
            Same.About(before, batch[0, "Rnn.h"], 1e-6, "lane 0");
            Same.About(answer, two[0], 1e-6, "output of lane 0");
            Assert.NotEqual(answer, two[1]);
        }
    }

    [Fact]
    public void What_is_held_goes_with_the_state()
    {
        var model = new CleanLstm(seed: 1);
        CleanLstm.State state = model.CreateState();
        float[] answer = Step(model, state, [1, 2, 3]);
        float[] bad = [0, float.NaN, 0];
        CleanLstm.State copy = model.CreateState();
        copy.CopyFrom(state);
        CleanLstm.State restored = model.CreateState();
        restored.Restore(state.ToBytes());
        CleanLstm.Batch batch = model.CreateBatch(2);
        batch.CopyIn(1, state);
        CleanLstm.State moved = model.CreateState();
        batch.CopyOut(1, moved);

        Assert.All((CleanLstm.State[])[state.Fork(), copy, restored, moved], stream => Same.Bits(answer, Step(model, stream, bad), "outputs"));
        Assert.Equal(["Lstm.h", "Lstm.c"], state.Names);
        Assert.Equal(20, state.Count);

        // A stream that starts from elsewhere has taken no step.
        copy.StartFrom(new float[20]);
        Assert.Equal([0f, 0f], Step(model, copy, bad));
        restored.StartFrom(new PlainLstm(seed: 1).CreateState());
        Assert.Equal([0f, 0f], Step(model, restored, bad));
        Assert.Throws<ArgumentException>(() => new PlainLstm(seed: 1).CreateState().Restore(state.ToBytes()));
    }

    /// <summary>The score of a window is that of the outputs that the stream gives.</summary>
    [Fact]
    public void Scores_are_those_of_what_is_held()
    {
        var model = new CleanLstm(seed: 1);
        float[] inputs = [1, 2, 3, 0, float.NaN, 0, 3, 2, 1];
        var outputs = new float[6];
        model.Forward(model.CreateState(), inputs, outputs);

        Score score = model.Evaluate(model.CreateState(), inputs, outputs);
        Score ofBatch = model.Evaluate(model.CreateBatch(), [.. inputs, .. inputs], [3, 3], [.. outputs, .. outputs]);

        Assert.Equal(6, score.Count);
        Same.About(0, score.LossSum, 1e-9, "loss");
        Same.About(0, ofBatch.LossSum, 1e-9, "loss of the batch");
    }

    [Fact]
    public void Training_skips_the_update()
    {
        CleanLstm.Trainer trainer = new CleanLstm(seed: 1).CreateTrainer(new Sgd(0.1f));
        CleanLstm.State carried = trainer.Model.CreateState();

        Assert.True(float.IsNaN(trainer.Train(carried, [1, 2, 3, 0, float.NaN, 0], new float[4])));

        Assert.Equal(1, trainer.SkippedUpdates);
        Same.Bits(trainer.Model.CreateState(), carried);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var model = new CleanHeads(seed: 1);
        CleanHeads.State state = model.CreateState();
        CleanHeads.Batch batch = model.CreateBatch();
        float[] x = new float[9 * 6 * 3];
        x[4] = float.NaN;
        float[] kinds = new float[9 * 6 * 3];
        float[] values = new float[9 * 2];

        Allocations.None(() => model.Step(state, x.AsSpan(3, 3), kinds.AsSpan(0, 3), values.AsSpan(0, 2)), calls: 100);
        Allocations.None(() => model.Step(batch, x.AsSpan(0, 27), kinds.AsSpan(0, 27), values), calls: 100);
        Allocations.None(() => model.Forward(batch, x, kinds, values), calls: 100);
    }

    private static float[] Inputs(Random random, int size, bool isBad)
    {
        float[] inputs = TestNumbers.Random(random, size);
        if (isBad)
        {
            inputs[random.Next(size)] = Bad[random.Next(Bad.Length)];
        }

        return inputs;
    }

    private static TModel Learned<TModel>(TModel model)
        where TModel : IRnnModel
    {
        model.Layers[0]["initial_h_l0"].Initialize(Initializer.Uniform(0.5f), seed: 1);
        return model;
    }

    private static float[] Step(IRnnStreamingModel<float> model, State state, float[] inputs)
    {
        var outputs = new float[model.OutputSize];
        model.Step(state, inputs, outputs);
        return outputs;
    }

    private static float[] Forward(IRnnModel<float> model, State state, float[] inputs, int steps)
    {
        var outputs = new float[model.GetOutputLength(steps)];
        model.Forward(state, inputs, outputs);
        return outputs;
    }

    private static State Out(IRnnBatchModel<float> model, Batch batch, int lane)
    {
        State state = model.CreateState();
        batch.CopyOut(lane, state);
        return state;
    }

    /// <summary>The outputs of a window, head by head; those of the second head of two are of the last step.</summary>
    private static float[] Joined(IRnnModel model, float[][] steps) => model is CleanHeads
        ? [.. steps.SelectMany(y => y[..3]), .. steps[^1][3..]]
        : [.. steps.SelectMany(y => y)];

    private static float[] Joined(IRnnModel model, int[] lengths, float[][] lanes) => model is CleanHeads
        ? [.. lanes.SelectMany((y, lane) => y[..(3 * lengths[lane])]), .. lanes.SelectMany(y => y[^2..])]
        : [.. lanes.SelectMany(y => y)];

    private static int Length(IRnnModel model, int[] lengths) => lengths.Sum(model.GetOutputLength);

    private static float[] OfLane(IRnnModel model, float[] outputs, int lanes, int lane) => model is CleanHeads
        ? [.. outputs.AsSpan(lane * 3, 3), .. outputs.AsSpan((lanes * 3) + (lane * 2), 2)]
        : outputs.AsSpan(lane * model.OutputSize, model.OutputSize).ToArray();

    private static void AssertSame(State expected, Batch batch, int lane)
    {
        Assert.True(batch.IsFinite(lane));
        foreach (string name in expected.Names)
        {
            Same.About(expected[name], batch[lane, name], 1e-5, $"{name} of lane {lane}");
        }
    }
}
