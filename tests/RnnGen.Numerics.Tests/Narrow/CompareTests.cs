namespace RnnGen.Numerics.Tests.Narrow;

[RnnModel(inputSize: 20, sequenceLength: 16, Tokens = true)]
internal sealed partial class FloatText
{
    [Embedding(12)]
    public partial Layer Characters { get; }

    [Lstm(24, Layers = 2)]
    public partial Layer Memory { get; }

    [Softmax(20)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 20, sequenceLength: 16, Tokens = true, Weights = WeightFormat.Int8)]
internal sealed partial class ByteText
{
    [Embedding(12)]
    public partial Layer Characters { get; }

    [Lstm(24, Layers = 2)]
    public partial Layer Memory { get; }

    [Softmax(20)]
    public partial Layer Next { get; }
}

// Two heads, one of which answers once.
[RnnModel(inputSize: 9, sequenceLength: 20)]
internal sealed partial class FloatHeads
{
    [Gru(20)]
    public partial Layer Memory { get; }

    [Gru(16, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Sigmoid(3, From = [nameof(Memory)])]
    public partial Layer Events { get; }

    [Softmax(4, From = [nameof(Last)])]
    public partial Layer Kind { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.BFloat16)]
internal sealed partial class HalfHeads
{
    [Gru(20)]
    public partial Layer Memory { get; }

    [Gru(16, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Sigmoid(3, From = [nameof(Memory)])]
    public partial Layer Events { get; }

    [Softmax(4, From = [nameof(Last)])]
    public partial Layer Kind { get; }
}

/// <summary>What a comparison tells is what the two models do.</summary>
public sealed class CompareTests
{
    [Fact]
    public void A_model_does_not_differ_from_itself()
    {
        var model = new FloatText(seed: 1);
        CompareResult result = model.Compare(model.Clone(), Text(windows: 5));
        Assert.True(result.HasSameWeights);
        Assert.Equal((5, 75L), (result.Windows, result.Steps));
        Assert.Equal(new SignalError(0, 0, double.PositiveInfinity), result.Outputs);
        Assert.All(result.States, state => Assert.Equal(0, state.Error.Largest));
        Assert.Equal((0, 75L, 0L), (result.LossIncrease, result.Decisions, result.DecisionsChanged));
        Assert.Equal(result.Score, model.Evaluate(Text(windows: 5)));
        Assert.Empty(result.Layers);
        Assert.Null(result.KeepWide);
    }

    /// <summary>Every number of a stream of ten thousand steps against a plain loop.</summary>
    [Fact]
    public void A_stream_is_compared_step_by_step()
    {
        const int Steps = 10_050;
        var floats = new FloatGru(seed: 1);
        var bytes = new ByteGru(seed: 1);
        float[] inputs = Inputs(Steps * 17, seed: 3);
        CompareResult result = floats.Compare(bytes, inputs);

        (FloatGru.State state, ByteGru.State other) = (floats.CreateState(), bytes.CreateState());
        (var expected, var actual) = (new float[2], new float[2]);
        (double largest, double squares, double signal) = (0, 0, 0);
        (int step, int output) place = default;
        var states = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            floats.Step(state, inputs.AsSpan(17 * step, 17), expected);
            bytes.Step(other, inputs.AsSpan(17 * step, 17), actual);
            for (int k = 0; k < 2; k++)
            {
                double difference = Math.Abs((double)expected[k] - actual[k]);
                squares += difference * difference;
                signal += (double)expected[k] * expected[k];
                if (difference > largest)
                {
                    (largest, place) = (difference, (step, k));
                }
            }

            states[step] = Difference(state["Gru.h"], other["Gru.h"]);
        }

        Assert.Equal(Steps, result.Steps);
        Assert.Equal(largest, result.Outputs.Largest);
        Assert.Equal(Math.Sqrt(squares / (2 * Steps)), result.Outputs.RootMeanSquare, 1e-12);
        Assert.Equal(10 * Math.Log10(signal / squares), result.Outputs.SignalToNoise, 1e-9);
        Assert.Equal(place, ((result.Window * 20) + result.Step, result.Output));
        Assert.Equal(states.Max(), Assert.Single(result.States).Error.Largest);
        Assert.Equal("Gru.h", result.States[0].Name);
        Assert.Equal((0, Steps), (result.Parts[0].First, result.Parts[^1].Last + 1));
        Assert.Equal(10, result.Parts.Count);
        Assert.All(result.Parts, part => Assert.Equal(states[(int)part.First..(int)(part.Last + 1)].Max(), part.States!.Value.Largest));

        // No drift: the last part is not worse than twice the first one.
        Assert.InRange(result.Parts[^1].States!.Value.RootMeanSquare, 0, 2 * result.Parts[0].States!.Value.RootMeanSquare);
    }

    /// <summary>With halves, nothing but weights is rounded, so that a model of floats can do the same.</summary>
    [Fact]
    public void Rounding_the_only_layer_is_the_whole_error_of_halves()
    {
        CompareResult result = new FloatLstm(seed: 1).Compare(new HalfLstm(seed: 1), Inputs(12 * 400, seed: 3));
        LayerSensitivity layer = Assert.Single(result.Layers);
        Assert.Equal(("Lstm", WeightFormat.BFloat16), (layer.Name, layer.Format));
        Assert.InRange(result.Outputs.Largest, 1e-4, 1e-2);
        Assert.Equal(result.Outputs.Largest, layer.Outputs.Largest, 2e-6);
        Assert.Equal(result.Outputs.RootMeanSquare, layer.Outputs.RootMeanSquare, 2e-7);
        Assert.Null(layer.LossIncrease);

        // Four gates of 33 units, padded to 48: two biases and 45 rows of floats, or the sum of the biases and 6 and 17 rows of pairs.
        Assert.Equal(layer.Bytes - (4 * 48 * sizeof(float) * (47 - 24)), layer.NarrowBytes);
    }

    [Fact]
    public void Each_layer_is_rounded_alone()
    {
        CompareResult result = new FloatStack(seed: 1).Compare(new HalfStack(seed: 1), Windows(12));
        Assert.Equal(["Low", "Middle", "High"], result.Layers.Select(layer => layer.Name));
        Assert.All(result.Layers, layer => Assert.InRange(layer.Outputs.Largest, 1e-7, 3 * result.Outputs.Largest));
        Assert.All(result.Layers, layer => Assert.NotEqual(0, layer.LossIncrease));
        Assert.Equal(3, result.Layers.Select(layer => layer.Outputs.Largest).Distinct().Count());

        // Windows are whole: states are seen after the last step alone.
        Assert.All(result.Parts, part => Assert.True(part.Outputs!.Value.RootMeanSquare > 0));
        Assert.Equal([9], Enumerable.Range(0, 10).Where(k => result.Parts[k].States is not null));
    }

    /// <summary>What is kept is enough, one layer less is not, and the layer that costs most is kept first.</summary>
    [Fact]
    public void Layers_are_kept_in_floats_until_the_bound_holds()
    {
        var floats = new FloatStack(seed: 1);
        var halves = new HalfStack(seed: 1);
        CompareResult unbounded = floats.Compare(halves, Windows(12));
        Assert.Null(unbounded.KeepWide);
        Assert.Equal([], KeepWide(unbounded.Outputs.Largest));
        Assert.Equal(["Low", "Middle", "High"], KeepWide(0));

        string worst = unbounded.Layers.MaxBy(layer => layer.Outputs.Largest)!.Name;
        IReadOnlyList<string>[] sets = [.. new[] { 0.9, 0.7, 0.5, 0.3, 0.1 }.Select(share => KeepWide(share * unbounded.Outputs.Largest))];
        Assert.All(sets, set => Assert.Contains(worst, set));
        Assert.Equal(sets.Select(set => set.Count).Order(), sets.Select(set => set.Count));
        Assert.Contains(sets, set => set.Count is 1 or 2);

        IReadOnlyList<string> KeepWide(double error) => floats.Compare(halves, Windows(12), new CompareOptions { OutputError = error }).KeepWide!;
    }

    [Fact]
    public void The_loss_is_that_of_both_models()
    {
        var floats = new FloatText(seed: 1);
        var bytes = new ByteText(seed: 1);
        CompareResult result = floats.Compare(bytes, Text(windows: 40), new CompareOptions { LossIncrease = 1 });
        Assert.Equal(floats.Evaluate(Text(windows: 40)), result.Score);
        Assert.Equal(bytes.Evaluate(Text(windows: 40)), result.NarrowScore);
        Assert.Equal(result.NarrowScore!.Value.Loss - result.Score!.Value.Loss, result.LossIncrease);
        Assert.Empty(result.KeepWide!);
        Assert.Equal(["Memory"], floats.Compare(bytes, Text(windows: 40), new CompareOptions { LossIncrease = 0, OutputError = 0 }).KeepWide);
    }

    /// <summary>A stream of windows goes on; separate windows do not.</summary>
    [Fact]
    public void States_are_carried_if_asked_for()
    {
        var floats = new FloatText(seed: 1);
        var bytes = new ByteText(seed: 1);
        CompareResult apart = floats.Compare(bytes, Text(windows: 40));
        CompareResult carried = floats.Compare(bytes, Text(windows: 40), new CompareOptions { CarryState = true });
        Assert.Equal(14, apart.Parts[^1].Last);
        Assert.Equal((40 * 15) - 1, carried.Parts[^1].Last);
        Assert.NotEqual(apart.Score, carried.Score);

        State state = floats.CreateState();
        Score score = default;
        for (int window = 0; window < 40; window++)
        {
            score += floats.Evaluate((FloatText.State)state, Text(40).Inputs(window), Text(40).Targets(window));
        }

        Assert.Equal(score, carried.Score);
    }

    [Fact]
    public void Most_probable_classes_are_decisions()
    {
        var floats = new FloatText(seed: 1);
        var bytes = new ByteText(seed: 1);
        var random = new Random(1);
        int[] tokens = [.. Enumerable.Range(0, 3000).Select(_ => random.Next(20))];
        CompareResult result = floats.Compare(bytes, tokens);
        (FloatText.State state, ByteText.State other) = (floats.CreateState(), bytes.CreateState());
        (var expected, var actual) = (new float[20], new float[20]);
        int changed = 0;
        foreach (int token in tokens)
        {
            floats.Step(state, token, expected);
            bytes.Step(other, token, actual);
            changed += Array.IndexOf(expected, expected.Max()) == Array.IndexOf(actual, actual.Max()) ? 0 : 1;
        }

        Assert.Equal((3000, changed), (result.Decisions, result.DecisionsChanged));
    }

    /// <summary>A head that answers once, and yes-or-no outputs.</summary>
    [Fact]
    public void Heads_have_their_own_decisions()
    {
        var floats = new FloatHeads(seed: 1);
        CompareResult result = floats.Compare(new HalfHeads(seed: 1), Inputs(9 * 60, seed: 1));
        Assert.Equal((60 * 3) + 3, result.Decisions);
        Assert.Equal(3, result.Windows);
        Assert.InRange(result.Output, 0, 6);
        Assert.InRange(result.Outputs.Largest, 1e-6, 1e-2);
        Assert.Equal(2, result.Layers.Count);

        // No probability reaches 1.1.
        Assert.Equal(0, floats.Compare(new HalfHeads(seed: 1), Inputs(9 * 60, seed: 1), new CompareOptions { Threshold = 1.1f }).DecisionsChanged);
    }

    /// <summary>Of outputs that are often next to the threshold, some end up on its other side.</summary>
    [Fact]
    public void A_threshold_makes_decisions_of_numbers()
    {
        const int Steps = 2000;
        var floats = new FloatLstm(seed: 1);
        var bytes = new ByteLstm(seed: 1);
        float[] inputs = Inputs(12 * Steps, seed: 3);
        (float[] expected, float[] actual) = (Outputs(floats), Outputs(bytes));
        float median = expected.Order().ElementAt(Steps);
        int changed = expected.Zip(actual, (a, b) => a >= median == b >= median ? 0 : 1).Sum();
        Assert.True(changed > 0);

        CompareResult result = floats.Compare(bytes, inputs, new CompareOptions { Threshold = median, Sensitivity = false });
        Assert.Equal((2 * Steps, changed), (result.Decisions, result.DecisionsChanged));
        Assert.Empty(result.Layers);
        Assert.Equal(0, floats.Compare(bytes, inputs, new CompareOptions { Sensitivity = false }).Decisions);

        float[] Outputs(IRnnStreamingModel<float> model)
        {
            State state = model.CreateState();
            var all = new float[2 * Steps];
            for (int step = 0; step < Steps; step++)
            {
                model.Step(state, inputs.AsSpan(12 * step, 12), all.AsSpan(2 * step, 2));
            }

            return all;
        }
    }

    [Fact]
    public void The_text_has_all_of_it()
    {
        CompareResult result = new FloatText(seed: 1).Compare(new ByteText(seed: 1), Text(windows: 40), new CompareOptions { LossIncrease = 1 });
        string text = result.ToString();
        TestContext.Current.TestOutputHelper?.WriteLine(new FloatStack(seed: 1).Compare(new ByteStack(seed: 1), Windows(50), new CompareOptions { OutputError = 0.0005 }).ToString());
        Assert.StartsWith("600 steps in 40 windows\noutputs: largest difference ", text, StringComparison.Ordinal);
        Assert.Contains("\nloss: ", text, StringComparison.Ordinal);
        Assert.Contains(" of 600 differ\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  Memory.h_l1  ", text, StringComparison.Ordinal);
        Assert.Contains("\n  0 to 1 ", text, StringComparison.Ordinal);
        Assert.Matches(@"\n  Memory +Int8 +[\d,]+ ", text);
        Assert.EndsWith("\nkeep in floats: nothing", text, StringComparison.Ordinal);
        Assert.DoesNotContain("differ:", text, StringComparison.Ordinal);
        Assert.Contains("The weights of the models differ:", new FloatText(seed: 1).Compare(new ByteText(seed: 2), [1, 2]).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Errors of numbers that are not finite are told, and never thrown.</summary>
    [Fact]
    public void Numbers_that_are_not_finite_are_a_difference()
    {
        float[] inputs = Inputs(12 * 30, seed: 3);
        inputs[125] = float.PositiveInfinity;
        SignalError outputs = new FloatLstm(seed: 1).Compare(new ByteLstm(seed: 1), inputs).Outputs;
        Assert.Equal(double.NaN, outputs.Largest);
        Assert.Equal(double.NaN, outputs.SignalToNoise);
    }

    [Fact]
    public void Models_of_other_layers_are_refused()
    {
        float[] inputs = Inputs(12, seed: 1);
        ArgumentException sizes = Assert.Throws<ArgumentException>("narrow", () => new FloatLstm(seed: 1).Compare(new ByteGru(seed: 1), inputs));
        Assert.Contains("expected inputs as those of the first, 12, found 17", sizes.Message, StringComparison.Ordinal);
        ArgumentException layers = Assert.Throws<ArgumentException>("narrow", () => new FloatStack(seed: 1).Compare(new ByteOther(seed: 1), Inputs(9, seed: 1)));
        Assert.Contains("expected layers as those of the first, [Gru] Low, [Lstm] Middle, [Mgu] High, [Linear] Out, found [Gru] Gru, [Linear] Linear", layers.Message, StringComparison.Ordinal);
        ArgumentException shapes = Assert.Throws<ArgumentException>("narrow", () => new FloatRnn(seed: 1).Compare(new ByteLarger(seed: 1), Inputs(9, seed: 1)));
        Assert.Contains("parameters of layer 'Rnn'", shapes.Message, StringComparison.Ordinal);
        Assert.Contains("weight_hh_l0 [31, 31]", shapes.Message, StringComparison.Ordinal);
        Assert.Contains("weight_hh_l0 [32, 32]", shapes.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused()
    {
        var floats = new FloatLstm(seed: 1);
        var bytes = new ByteLstm(seed: 1);
        Assert.Throws<ArgumentException>("inputs", () => floats.Compare(bytes, new float[13]));
        Assert.Throws<ArgumentException>("inputs", () => floats.Compare(bytes, []));
        Assert.Throws<ArgumentException>("inputs", () => new FloatStack(seed: 1).Compare(new ByteStack(seed: 1), new float[9 * 21]));
        Assert.Throws<ArgumentException>("options", () => floats.Compare(bytes, new float[12], new CompareOptions { LossIncrease = 1 }));
        Assert.Throws<ArgumentException>("data", () => floats.Compare(bytes, new Sequences<float, float>([], Array.Empty<float[]>())));
        Assert.Contains("Window 0:", Assert.Throws<ArgumentException>(() => floats.Compare(bytes, new Sequences<float, float>([new float[13]], [new float[2]]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("OutputError", () => new CompareOptions { OutputError = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("LossIncrease", () => new CompareOptions { LossIncrease = double.NaN });
    }

    private static float[] Inputs(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static Sequences<int, int> Text(int windows) => new(
        Enumerable.Range(0, windows).Select(window => Enumerable.Range(0, 15).Select(k => (window + (k * k)) % 20).ToArray()),
        Enumerable.Range(0, windows).Select(window => Enumerable.Range(1, 15).Select(k => (window + (k * k)) % 20).ToArray()));

    private static Sequences<float, float> Windows(int count) => new(
        Enumerable.Range(0, count).Select(window => Inputs(9 * 20, window)), Enumerable.Range(0, count).Select(window => Inputs(3 * 20, window)));

    private static double Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double largest = 0;
        for (int k = 0; k < a.Length; k++)
        {
            largest = Math.Max(largest, Math.Abs((double)a[k] - b[k]));
        }

        return largest;
    }
}

// Other layers than those of the stack.
[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int8), Gru(20), Linear(3)]
internal sealed partial class ByteOther;

// One unit more.
[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int8), Rnn(32), Linear(2)]
internal sealed partial class ByteLarger;
