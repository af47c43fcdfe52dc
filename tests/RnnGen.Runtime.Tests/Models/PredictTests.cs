using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Ctc;
using RnnGen.Tests.Metrics;

namespace RnnGen.Tests.Models;

/// <summary>Both directions, and a head for the whole window beside one for each step.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class BothWays
{
    [Gru(5, Direction = Direction.Bidirectional, LearnInitialState = true)]
    public partial Layer Memory { get; }

    [Dropout(0.5)]
    public partial Layer Some { get; }

    [Lstm(4, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Softmax(3)]
    public partial Layer Whole { get; }

    [Quantile(0.25, 0.75, From = [nameof(Some)])]
    public partial Layer Range { get; }

    [Sigmoid(2, From = [nameof(Some)])]
    public partial Layer Alarms { get; }
}

/// <summary>What models answer, as arrays.</summary>
[Collection(nameof(AllocationTests))]
public sealed class PredictTests
{
    private static readonly float[] Window = TestNumbers.Random(new Random(5), 12);

    [Fact]
    public void Outputs_are_those_of_Forward()
    {
        var letters = new TokenRnn(seed: 1);
        var expected = new float[12];
        letters.Forward(letters.CreateState(), [0, 4, 2], expected);
        Assert.Equal(expected, letters.Predict([0, 4, 2]));

        var last = new GruStack(seed: 1);
        expected = new float[3];
        last.Forward(last.CreateState(), Window, expected);
        Assert.Equal(expected, last.Predict(Window));

        var headless = new HeadlessGru(seed: 1);
        expected = new float[28];
        headless.Forward(headless.CreateState(), Window, expected);
        Assert.Equal(expected, headless.Predict(Window));
        Assert.Equal(expected, headless.Predict(Window, "Only"));
    }

    [Fact]
    public void Each_of_several_heads_has_its_own()
    {
        var model = new FourHeads(seed: 1);
        float[] kind = new float[12], value = new float[2], alarms = new float[8], whole = new float[4];
        model.Forward(model.CreateState(), Window, kind, value, alarms, whole);

        Assert.Equal(kind, model.Predict(Window, nameof(model.Kind)));
        Assert.Equal(value, model.Predict(Window, "Value"));
        Assert.Equal(alarms, model.Predict(Window, "Alarms"));
        Assert.Equal(whole, model.Predict(Window, "Whole"));
        Assert.Equal([.. kind, .. value, .. alarms, .. whole], model.Predict(Window));
    }

    [Fact]
    public void Of_data_there_is_an_array_per_window()
    {
        var model = new FourHeads(seed: 1);
        var data = new Sequences<float, FourHeads.WindowTargets>([Window, Window[..3]], [default, default]);

        Assert.Equal([model.Predict(Window), model.Predict(Window.AsSpan(0, 3))], model.Predict(data));
        Assert.Equal([model.Predict(Window, "Alarms"), model.Predict(Window.AsSpan(0, 3), "Alarms")], model.Predict(data, "Alarms"));
        Assert.Empty(model.Predict(new Sequences<float, FourHeads.WindowTargets>([], [])));
    }

    [Fact]
    public void Classes_are_the_most_probable_ones()
    {
        var letters = new TokenRnn(seed: 1);
        int[] classes = letters.PredictClasses([0, 4, 2, 1]);
        float[] outputs = letters.Predict([0, 4, 2, 1]);

        Assert.Equal(Enumerable.Range(0, 4).Select(row => Array.IndexOf(outputs, outputs[(row * 4)..((row * 4) + 4)].Max(), row * 4) - (row * 4)), classes);
        Assert.Equal(classes[^1], letters.PredictClass([0, 4, 2, 1]));

        var heads = new FourHeads(seed: 1);
        Assert.Equal(4, heads.PredictClasses(Window, "Kind").Length);
        Assert.Equal(heads.PredictClass(Window, "Whole"), Assert.Single(heads.PredictClasses(Window, "Whole")));
    }

    [Fact]
    public void Logits_are_what_the_probabilities_are_made_of()
    {
        var letters = new TokenRnn(seed: 1);
        AssertSoftmax(letters.Predict([0, 4, 2]), letters.PredictLogits([0, 4, 2]), 4);

        var last = new GruStack(seed: 1);
        Assert.Equal(last.Predict(Window), last.PredictLogits(Window).Select(Logistic), Near);

        var steps = new FourHeads(seed: 1);
        AssertSoftmax(steps.Predict(Window, "Kind"), steps.PredictLogits(Window, "Kind"), 3);
        AssertSoftmax(steps.Predict(Window, "Whole"), steps.PredictLogits(Window, "Whole"), 4);
        Assert.Equal(steps.Predict(Window, "Alarms"), steps.PredictLogits(Window, "Alarms").Select(Logistic), Near);

        // The blank and four labels, step by step and in whole windows.
        var digits = new Digits(seed: 1);
        AssertSoftmax(digits.Predict(Window), digits.PredictLogits(Window), 5);
        var whole = new DigitsBothWays(seed: 1);
        AssertSoftmax(whole.Predict(Window), whole.PredictLogits(Window), 5);

        // Dropout is for training.
        var windows = new BothWays(seed: 1);
        AssertSoftmax(windows.Predict(Window, "Whole"), windows.PredictLogits(Window, "Whole"), 3);
        Assert.Equal(windows.Predict(Window, "Alarms"), windows.PredictLogits(Window, "Alarms").Select(Logistic), Near);
    }

    // The logarithm of a probability would be -infinity.
    [Fact]
    public void Logits_have_all_digits_where_probabilities_have_none()
    {
        var model = new TokenRnn(seed: 1);
        float[] before = model.PredictLogits([0, 3]);
        foreach (Parameter parameter in model.Next.Parameters)
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            parameter.CopyFrom([.. values.Select(value => value * 1024)]);
        }

        Assert.Contains(0f, model.Predict([0, 3]));
        Assert.Equal(before.Select(logit => logit * 1024), model.PredictLogits([0, 3]));
    }

    [Fact]
    public void Logits_of_other_heads_are_their_outputs_and_stand_where_those_do()
    {
        IRnnModel<float> model = new BothWays(seed: 1);
        var logits = new float[3 + 8 + 8];
        model.ForwardLogits(model.CreateState(), Window, logits);
        var plain = (BothWays)model;

        Assert.Equal([.. plain.PredictLogits(Window, "Whole"), .. plain.Predict(Window, "Range"), .. plain.PredictLogits(Window, "Alarms")], logits);

        IRnnModel<float> numbers = new ShortLstm(seed: 1);
        var outputs = new float[8];
        numbers.ForwardLogits(numbers.CreateState(), Window, outputs);
        Assert.Equal(numbers.Predict(Window), outputs);
    }

    [Fact]
    public void ForwardLogits_advances_the_state_and_allocates_nothing()
    {
        IRnnModel<int> model = new TokenRnn(seed: 1);
        State state = model.CreateState();
        State other = model.CreateState();
        var logits = new float[12];
        model.ForwardLogits(state, [0, 4, 2], logits);
        model.Forward(other, [0, 4, 2], new float[12]);

        Assert.Equal(other["Hidden.h"].ToArray(), state["Hidden.h"].ToArray());
        int[] window = [0, 4, 2];
        Allocations.None(() => model.ForwardLogits(state, window, logits), calls: 2000);
    }

    [Fact]
    public void Wrong_calls()
    {
        var letters = new TokenRnn(seed: 1);
        var numbers = new ShortLstm(seed: 1);
        var heads = new FourHeads(seed: 1);
        Refused("inputs", "found 0", () => letters.Predict([]));
        Refused("inputs", "found 7", () => letters.PredictLogits(new int[7]));
        Refused("inputs", "was 5", () => letters.PredictClass([5]));
        Refused("inputs", "found 4", () => numbers.Predict(new float[4]));
        Refused("head", "'Lstm'", () => numbers.Predict(Window, "Lstm"));
        Refused("model", "[Softmax] head, found 'Linear', a [Linear]", () => numbers.PredictClass(Window));
        Refused("head", "[Softmax], [Sigmoid] or [Ctc] head", () => numbers.PredictLogits(Window));
        Refused("head", "'Kind' or 'Value' or 'Alarms' or 'Whole'", () => heads.PredictClass(Window));
        Refused("head", "found 'Value', a [Linear]", () => heads.PredictClasses(Window, "Value"));
        Refused("head", "found 'Value', a [Linear]", () => heads.PredictLogits(Window, "Value"));
        Refused("probabilities", "NaN", () => heads.PredictClass([float.NaN, 0, 0], "Kind"));
        Refused(null, "Window 1: ", () => heads.Predict(new Sequences<float, FourHeads.WindowTargets>([Window, new float[4]], [default, default])));
        IRnnModel<float> any = heads;
        Refused("logits", "found 25", () => any.ForwardLogits(any.CreateState(), Window, new float[25]));
        Refused("state", "FourHeads", () => any.ForwardLogits(numbers.CreateState(), Window, new float[26]));
        var both = new float[26];
        Refused("outputs", "overlap", () => any.ForwardLogits(any.CreateState(), both.AsSpan(0, 12), both));

        static void Refused(string? argument, string message, Action call)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Equal(argument, exception.ParamName);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertSoftmax(float[] probabilities, float[] logits, int size)
    {
        Assert.Equal(probabilities.Length, logits.Length);
        for (int start = 0; start < logits.Length; start += size)
        {
            double[] powers = [.. logits[start..(start + size)].Select(logit => Math.Exp(logit))];
            Assert.Equal(probabilities[start..(start + size)], powers.Select(power => (float)(power / powers.Sum())), Near);
        }
    }

    private static float Logistic(float logit) => (float)(1 / (1 + Math.Exp(-logit)));

    private static bool Near(float expected, float found) => Math.Abs(expected - found) < 1e-6f;
}
