namespace RnnGen.Numerics.Tests.Models;

// Layers with more than 40 KB of weights: a window is computed layer by layer, 16 steps at a time.

[RnnModel(inputSize: 40, sequenceLength: 40)]
internal sealed partial class LongStack
{
    [Lstm(64)] public partial Layer Memory { get; }

    [Gru(72)] public partial Layer Middle { get; }

    [Rnn(64)] public partial Layer High { get; }

    [Linear(3)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 40), Lstm(64, Zoneout = 0.1)]
internal sealed partial class LongWithoutHead;

[RnnModel(inputSize: 11, sequenceLength: 40, Tokens = true)]
internal sealed partial class LongTokens
{
    [Embedding(40)] public partial Layer Words { get; }

    [Gru(64, LearnInitialState = true)] public partial Layer Middle { get; }

    [Dropout(0.2)] public partial Layer Dropped { get; }

    [Softmax(11)] public partial Layer Answers { get; }
}

// Whole vectors of the input are read, and it has several readers.
[RnnModel(inputSize: 37, sequenceLength: 40)]
internal sealed partial class LongJoined
{
    [LayerNorm] public partial Layer Even { get; }

    [Lstm(74, ProjectionSize = 37, Layers = 2, Residual = true)] public partial Layer Memory { get; }

    [Sigmoid(2, From = [nameof(Memory), nameof(Even), Layer.Input])] public partial Layer Answers { get; }
}

// A small layer and a large one; some heads answer each step, others the whole window.
[RnnModel(inputSize: 5, sequenceLength: 40)]
internal sealed partial class LongHeads
{
    [Gru(6)] public partial Layer Low { get; }

    [Lstm(96)] public partial Layer Middle { get; }

    [Rnn(7, ReturnSequences = false)] public partial Layer High { get; }

    [Dense(4)] public partial Layer Summary { get; }

    [Softmax(3, From = [nameof(Middle), nameof(Low)])] public partial Layer Each { get; }

    [Linear(2, From = [nameof(Summary)])] public partial Layer Whole { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 40)]
internal sealed partial class LongToOne
{
    [Gru(64)] public partial Layer Middle { get; }

    [Lstm(64, ReturnSequences = false)] public partial Layer Memory { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 40, NonFinite = NonFinite.Hold)]
internal sealed partial class LongHeld
{
    [Lstm(64)] public partial Layer Memory { get; }

    [Gru(72)] public partial Layer Middle { get; }

    [Sigmoid(3)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 40, NonFinite = NonFinite.Hold), Gru(64, ReturnSequences = false), Linear(3)]
internal sealed partial class LongHeldToOne;

[RnnModel(inputSize: 40, sequenceLength: 40, Reproducible = true)]
internal sealed partial class LongReproducible
{
    [Lstm(64)] public partial Layer Memory { get; }

    [Gru(72)] public partial Layer Middle { get; }

    [Softmax(3)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 40, Weights = WeightFormat.Int8)]
internal sealed partial class LongMixed
{
    [Lstm(64)] public partial Layer Narrow { get; }

    [Lstm(64, Weights = WeightFormat.Float32)] public partial Layer Wide { get; }
}

// Bytes that are near one layer at a time, and not all together.
[RnnModel(inputSize: 16, sequenceLength: 40, Weights = WeightFormat.Int8)]
internal sealed partial class LongBytes
{
    [Lstm(256, Layers = 4)] public partial Layer Memory { get; }

    [Linear(2)] public partial Layer Answers { get; }
}

/// <summary>A window gives what its steps give one by one, whatever its length, and a stream goes on from it.</summary>
public sealed class WindowTests
{
    private static readonly int[] Lengths = [1, 2, 15, 16, 17, 31, 32, 33, 40];

    public static TheoryData<string> All => [.. Models.Keys];

    private static Dictionary<string, Func<IRnnModel>> Models { get; } = new()
    {
        ["LongStack"] = () => new LongStack(seed: 1),
        ["LongWithoutHead"] = () => new LongWithoutHead(seed: 1),
        ["LongTokens"] = () => new LongTokens(seed: 1),
        ["LongJoined"] = () => new LongJoined(seed: 1),
        ["LongHeads"] = () => new LongHeads(seed: 1),
        ["LongToOne"] = () => new LongToOne(seed: 1),
        ["LongHeld"] = () => new LongHeld(seed: 1),
        ["LongHeldToOne"] = () => new LongHeldToOne(seed: 1),
        ["LongReproducible"] = () => new LongReproducible(seed: 1),
        ["LongBytes"] = () => new LongBytes(seed: 1),
        ["LongMixed"] = () => new LongMixed(seed: 1),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_window_is_its_steps(string name)
    {
        var windows = new ModelUnderTest(Models[name]());
        var steps = new ModelUnderTest(Models[name]());
        var random = new Random(2);
        foreach (int length in Lengths)
        {
            Check(windows, steps, Inputs(windows, random, length), length);
        }
    }

    /// <summary>A bad step is left out, and those beside it are not.</summary>
    [Theory]
    [InlineData("LongHeld")]
    [InlineData("LongHeldToOne")]
    public void A_window_leaves_out_the_steps_that_are_not_finite(string name)
    {
        var windows = new ModelUnderTest(Models[name]());
        var steps = new ModelUnderTest(Models[name]());
        var random = new Random(2);
        foreach (int bad in new[] { 0, 7, 15, 16, 30, 39 })
        {
            float[] inputs = Inputs(windows, random, 40);
            inputs[(bad * 40) + 3] = bad % 2 == 0 ? float.NaN : float.NegativeInfinity;
            Check(windows, steps, inputs, 40);
            Assert.True(windows.State.IsFinite);
        }
    }

    [Fact]
    public void Scores_of_a_window_are_those_of_its_outputs()
    {
        var model = new LongHeads(seed: 1);
        LongHeads.State state = model.CreateState();
        LongHeads.Tape tape = model.CreateTape();
        var random = new Random(3);
        foreach (int length in Lengths)
        {
            float[] inputs = [.. Enumerable.Range(0, length * 5).Select(_ => (float)random.NextDouble() - 0.5f)];
            int[] each = [.. Enumerable.Range(0, length).Select(_ => random.Next(3))];
            float[] whole = [0.3f, -0.2f];
            LongHeads.State before = model.CreateState();
            before.CopyFrom(state);

            (Score ofEach, Score ofWhole) = model.Evaluate(state, inputs, each, whole);

            model.Forward(before, inputs, tape);
            float loss = model.Backward(tape, each, whole);
            Compare.Relative(loss, ofEach.Loss + ofWhole.Loss, 1e-5, $"loss of {length} steps");
            Assert.Equal(length, ofEach.Count);
        }
    }

    private static void Check(ModelUnderTest windows, ModelUnderTest steps, float[] inputs, int length)
    {
        IRnnModel model = windows.Model;
        int width = inputs.Length / length;
        bool isExact = model is LongReproducible or LongBytes;
        float[] step = new float[model.OutputSize];
        float[] expected = [];
        for (int k = 0; k < length; k++)
        {
            steps.Step(inputs[(k * width)..((k + 1) * width)], step);
            expected = [.. expected, .. step];
        }

        float[] outputs = OutputsOf(windows, inputs, length);
        if (outputs.Length == expected.Length)
        {
            Compare.Absolute([.. expected.Select(y => (double)y)], outputs, isExact ? 0 : 1e-5, $"outputs of {length} steps");
        }
        else
        {
            // Of the window as a whole.
            Compare.Absolute([.. step[^Math.Min(step.Length, outputs.Length)..].Select(y => (double)y)], outputs[^Math.Min(step.Length, outputs.Length)..], 1e-5, $"outputs of {length} steps");
        }

        float[] left = new float[windows.State.Count];
        float[] right = new float[left.Length];
        windows.State.CopyTo(left);
        steps.State.CopyTo(right);
        Compare.Absolute([.. right.Select(y => (double)y)], left, isExact ? 0 : 1e-5, $"states after {length} steps");
    }

    private static float[] OutputsOf(ModelUnderTest windows, float[] inputs, int length)
    {
        float[] outputs;
        switch (windows.Model)
        {
            case LongHeads heads:
                float[] each = new float[length * LongHeads.EachSize];
                float[] whole = new float[LongHeads.WholeSize];
                heads.Forward((LongHeads.State)windows.State, inputs, each, whole);
                return [.. each[^LongHeads.EachSize..], .. whole];
            case LongToOne or LongHeldToOne:
                outputs = new float[windows.Model.OutputSize];
                break;
            default:
                outputs = new float[length * windows.Model.OutputSize];
                break;
        }

        windows.Forward(inputs, outputs);
        return outputs;
    }

    private static float[] Inputs(ModelUnderTest model, Random random, int length) => model.Tokens
        ? [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(11))]
        : [.. Enumerable.Range(0, length * model.Model.InputSize).Select(_ => (float)((random.NextDouble() * 2) - 1))];
}
