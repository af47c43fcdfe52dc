using System.Globalization;

namespace RnnGen.Numerics.Tests.Narrow;

/// <summary>Steps that read narrow weights compute what the rounded weights say, and nothing else changes.</summary>
public sealed class NarrowTests
{
    public static TheoryData<string> Names => [.. Pairs.Keys];

    private static readonly Dictionary<string, Func<(IRnnModel<float, float> Floats, IRnnModel<float, float> Halves, IRnnModel<float, float> Bytes)>> Pairs = new()
    {
        ["Lstm"] = () => (new FloatLstm(seed: 1), new HalfLstm(seed: 1), new ByteLstm(seed: 1)),
        ["Gru"] = () => (new FloatGru(seed: 1), new HalfGru(seed: 1), new ByteGru(seed: 1)),
        ["Rnn"] = () => (new FloatRnn(seed: 1), new HalfRnn(seed: 1), new ByteRnn(seed: 1)),
        ["Stack"] = () => (new FloatStack(seed: 1), new HalfStack(seed: 1), new ByteStack(seed: 1)),
    };

    /// <summary>With weights that 16 bits hold exactly, both formats are the same numbers.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Halves_are_weights_with_sixteen_bits(string name)
    {
        (IRnnModel<float, float> floats, IRnnModel<float, float> halves, _) = Pairs[name]();
        float[] unrounded = Forward(floats);
        foreach ((Parameter parameter, Parameter other) in Parameters(floats).Zip(Parameters(halves)))
        {
            float[] values = [.. Values(parameter).Select(Rounded)];
            parameter.CopyFrom(values);
            other.CopyFrom(values);
        }

        float[] rounded = Forward(floats);
        Assert.NotEqual(unrounded, rounded);
        Assert.All(Forward(halves).Zip(rounded), pair => Assert.Equal(pair.Second, pair.First, 2e-6f));
    }

    /// <summary>A step is a few rounding errors of 7 bits away, and not more after many.</summary>
    [Theory]
    [InlineData("Lstm", 0.0015, 0.008)]
    [InlineData("Gru", 0.003, 0.015)]
    [InlineData("Rnn", 0.006, 0.03)]
    [InlineData("Stack", 0.002, 0.01)]
    public void Errors_are_bounded(string name, double halvesAtMost, double bytesAtMost)
    {
        (IRnnModel<float, float> floats, IRnnModel<float, float> halves, IRnnModel<float, float> bytes) = Pairs[name]();
        float[] expected = Forward(floats, windows: 25);

        Assert.InRange(Difference(expected, Forward(halves, windows: 25)), 1e-6, halvesAtMost);
        Assert.InRange(Difference(expected, Forward(bytes, windows: 25)), 1e-6, bytesAtMost);
    }

    /// <summary>The error does not grow with the length of a stream.</summary>
    [Fact]
    public void Ten_thousand_steps_do_not_drift()
    {
        (IRnnModel<float, float> floats, IRnnModel<float, float> halves, IRnnModel<float, float> bytes) = Pairs["Gru"]();
        float[] expected = Forward(floats, windows: 500);

        Assert.InRange(Difference(expected, Forward(halves, windows: 500)), 0, 0.003);
        Assert.InRange(Difference(expected, Forward(bytes, windows: 500)), 0, 0.015);
    }

    /// <summary>Against the definition in doubles: bytes of weights with a scale per row, numbers of seven bits with a scale per step, exact sums.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bytes_are_what_their_definition_says(int seed)
    {
        var model = new ByteCell(seed);
        float[] recurrent = Values(model.Layers[0]["weight_hh_l0"]);
        float[] input = Values(model.Layers[0]["weight_ih_l0"]);
        float[] bias = [.. Values(model.Layers[0]["bias_ih_l0"]).Zip(Values(model.Layers[0]["bias_hh_l0"]), (a, b) => a + b)];
        ByteCell.State state = model.CreateState();
        var output = new float[31];
        var h = new float[31];
        var random = new Random(seed);
        for (int step = 0; step < 50; step++)
        {
            float[] x = [.. Enumerable.Range(0, 9).Select(_ => random.NextSingle() * 2 - 1)];
            model.Step(state, x, output);
            for (int unit = 0; unit < 31; unit++)
            {
                double sum = bias[unit] + Product(input.AsSpan(unit * 9, 9), x) + Product(recurrent.AsSpan(unit * 31, 31), h);
                Assert.Equal(Math.Tanh(sum), output[unit], 2e-6);
            }

            output.CopyTo(h, 0);
        }
    }

    /// <summary>The largest products that there can be: pairs of them fill 16 bits but for a little.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    [InlineData(-1, -1)]
    public void Largest_products_do_not_saturate(float weight, float number)
    {
        var model = new ByteGates(seed: 1);
        foreach (Parameter parameter in model.Layers[0].Parameters)
        {
            var values = new float[parameter.Count];
            values.AsSpan().Fill(parameter.Name == "weight_ih_l0" ? weight / 64 : 0);
            parameter.CopyFrom(values);
        }

        var inputs = new float[17];
        inputs.AsSpan().Fill(number);
        var output = new float[64];
        model.Step(model.CreateState(), inputs, output);

        // All gates have the same sum: h' = (1 - z) n.
        double sum = 17 * weight / 64 * number;
        Assert.All(output, h => Assert.Equal((1 - (1 / (1 + Math.Exp(-sum)))) * Math.Tanh(sum), h, 1e-6));
    }

    /// <summary>Numbers of any size have a scale; nothing is lost but what is far below the others.</summary>
    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    [InlineData(0)]
    public void Scales_reach_as_far_as_floats(float size)
    {
        var model = new ByteCell(seed: 1);
        var output = new float[31];
        float[] inputs = [.. Enumerable.Repeat(size, 9)];
        model.Step(model.CreateState(), inputs, output);
        float[] input = Values(model.Layers[0]["weight_ih_l0"]);
        float[] bias = [.. Values(model.Layers[0]["bias_ih_l0"]).Zip(Values(model.Layers[0]["bias_hh_l0"]), (a, b) => a + b)];
        for (int unit = 0; unit < 31; unit++)
        {
            Assert.Equal(Math.Tanh(bias[unit] + Product(input.AsSpan(unit * 9, 9), inputs)), output[unit], 2e-6);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_stay_so(float number)
    {
        var model = new ByteLstm(seed: 1);
        ByteLstm.State state = model.CreateState();
        var inputs = new float[12];
        inputs[5] = number;
        model.Step(state, inputs, new float[2]);
        Assert.False(state.IsFinite);

        var held = new HeldBytes(seed: 1);
        HeldBytes.State kept = held.CreateState();
        held.Step(kept, [0.5f], new float[1]);
        byte[] before = kept.ToBytes();
        held.Step(kept, [number], new float[1]);
        Assert.Equal(before, kept.ToBytes());
    }

    /// <summary>Bytes have no infinity, so that no unit may take one for a number: neither where it is alone, nor where all numbers are infinite.</summary>
    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NegativeInfinity, 1)]
    [InlineData(float.NaN, 9)]
    [InlineData(float.PositiveInfinity, 9)]
    [InlineData(float.NegativeInfinity, 9)]
    public void A_number_that_is_not_finite_reaches_all_units(float number, int count)
    {
        var model = new ByteCell(seed: 1);
        float[] inputs = Inputs(model, 0)[..9];
        inputs.AsSpan(9 - count).Fill(number);
        var output = new float[31];
        model.Step(model.CreateState(), inputs, output);
        Assert.All(output, h => Assert.Equal(float.NaN, h));
    }

    /// <summary>Whatever writes weights writes their copies.</summary>
    [Fact]
    public void Copies_follow_the_weights()
    {
        var model = new ByteLstm(seed: 1);
        using var trainer = new Trainer<float, float>(model, new Adam(0.01f));
        float[] before = Forward(model);
        trainer.Train(Inputs(model, 0), new float[2 * ByteLstm.SequenceLength]);
        float[] trained = Forward(model);
        Assert.NotEqual(before, trained);

        var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        Assert.Equal(trained, Forward(ByteLstm.Load(file)));
        Assert.Equal(trained, Forward(model.Clone()));
    }

    /// <summary>A file has floats, whatever the steps read.</summary>
    [Fact]
    public void Files_are_those_of_floats()
    {
        var file = new MemoryStream();
        new HalfLstm(seed: 1).Save(file);
        Assert.All(Parameters(FloatLstm.Load(file.ToArray())).Zip(Parameters(new FloatLstm(seed: 1))), pair => Assert.Equal(Values(pair.Second), Values(pair.First)));
    }

    /// <summary>What is recorded, and so every gradient, reads floats; only the order of sums may differ.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Training_reads_floats(string name)
    {
        (IRnnModel<float, float> floats, IRnnModel<float, float> halves, IRnnModel<float, float> bytes) = Pairs[name]();
        float[] expected = Recorded(floats);
        float error = 1e-6f * expected.Max(MathF.Abs);
        Assert.All(Recorded(halves).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, error));
        Assert.All(Recorded(bytes).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, error));
    }

    /// <summary>A summary counts the bytes that a step reads, not those of the floats.</summary>
    [Fact]
    public void Summaries_count_the_bytes_of_a_step()
    {
        // Three gates of 64 units with 17 inputs and 64 states; two rows of 16 bits share a row of floats, four of 8 bits, behind a scale and a start.
        // Two gates have two biases each, of which a step reads the sum.
        const int Gates = 3 * 64 * sizeof(float);
        long floats = BytesOfStep(new FloatGru(seed: 1)) - (2 * 64 * sizeof(float));
        Assert.Equal(floats - (Gates * (17 - 9 + 64 - 32)), BytesOfStep(new HalfGru(seed: 1)));
        Assert.Equal(floats - (Gates * (17 - 7 + 64 - 18)), BytesOfStep(new ByteGru(seed: 1)));

        // Eight of four bits, behind a scale, and a row of factors for each 64.
        Assert.Equal(floats - (Gates * (17 - 5 + 64 - 10)), BytesOfStep(new NibbleGru(seed: 1)));

        static long BytesOfStep(IRnnModel model)
        {
            const string Label = "weights: ";
            string line = model.Summary().Split('\n').Single(line => line.StartsWith(Label, StringComparison.Ordinal));
            return long.Parse(line[Label.Length..].Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void Steps_windows_and_lanes_agree()
    {
        var model = new ByteLstm(seed: 1);
        float[] inputs = Inputs(model, 0);
        ByteLstm.State state = model.CreateState();
        var output = new float[2];
        var steps = new List<float>();
        for (int step = 0; step < ByteLstm.SequenceLength; step++)
        {
            model.Step(state, inputs.AsSpan(step * 12, 12), output);
            steps.AddRange(output);
        }

        var window = new float[steps.Count];
        model.Forward(model.CreateState(), inputs, window);
        Assert.Equal(steps, window);

        var stack = new ByteLanes(seed: 1);
        float[][] lanes = [.. Enumerable.Range(0, 9).Select(lane => Inputs(stack, lane))];
        var single = new float[60];
        var all = new float[9 * 60];
        stack.Forward(stack.CreateBatch(9), [.. lanes.SelectMany(lane => lane)], all);
        for (int lane = 0; lane < 9; lane++)
        {
            stack.Forward(stack.CreateState(), lanes[lane], single);
            Assert.Equal(single, all.AsSpan(lane * 60, 60).ToArray());
        }
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        var model = new ByteLstm(seed: 1);
        ByteLstm.State state = model.CreateState();
        var inputs = new float[12];
        var output = new float[2];
        model.Step(state, inputs, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 100; step++)
        {
            model.Step(state, inputs, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<Parameter> Parameters(IRnnModel model) => model.Layers.SelectMany(layer => layer.Parameters);

    private static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }

    private static float[] Inputs(IRnnModel model, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, model.SequenceLength * model.InputSize).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private static float[] Forward(IRnnModel<float> model, int windows = 1)
    {
        State state = model.CreateState();
        var all = new List<float>();
        for (int window = 0; window < windows; window++)
        {
            var outputs = new float[model.GetOutputLength(model.SequenceLength)];
            model.Forward(state, Inputs(model, window), outputs);
            all.AddRange(outputs);
        }

        return [.. all];
    }

    private static float[] Recorded(IRnnModel<float, float> model)
    {
        Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), Inputs(model, 1), tape);
        float loss = model.Backward(tape, new float[model.GetTargetLength(model.SequenceLength)]);
        return [loss, .. model.Unpacked(tape.Gradients)];
    }

    private static double Difference(float[] expected, float[] found) => expected.Zip(found, (a, b) => Math.Abs((double)a - b)).Max();

    private static float Rounded(float value)
    {
        // To nearest, ties to even: the sum of a float and a multiple of 2^16 of its last place.
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint lower = bits & 0xFFFF;
        uint upper = bits >> 16;
        upper += lower > 0x8000 || (lower == 0x8000 && (upper & 1) == 1) ? 1u : 0;
        return BitConverter.UInt32BitsToSingle(upper << 16);
    }

    /// <summary>A scale has 17 bits, so that bytes times it are floats.</summary>
    private static float ScaleOf(float largest) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(largest / 127) & 0xFFFFFF80);

    private static double Product(ReadOnlySpan<float> weights, ReadOnlySpan<float> numbers)
    {
        float largestWeight = 0;
        float largestNumber = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            largestWeight = Math.Max(largestWeight, Math.Abs(weights[k]));
            largestNumber = Math.Max(largestNumber, Math.Abs(numbers[k]));
        }

        float inverse = largestNumber < 1e-36f ? 0 : 63 / largestNumber;
        float inverseWeight = largestWeight < 1e-36f ? 0 : 127 / largestWeight;
        long sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            sum += (long)MathF.Round(weights[k] * inverseWeight) * (long)MathF.Round(numbers[k] * inverse);
        }

        return sum * (double)ScaleOf(largestWeight) * (largestNumber / 63);
    }
}
