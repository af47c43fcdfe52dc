using System.Numerics;
using RnnGen.CompilerServices;

namespace RnnGen.Numerics.Tests.Narrow;

/// <summary>Weights of four bits: products are exact, and their error is that of the rounding.</summary>
public sealed class NibbleTests
{
    /// <summary>Against the definition in doubles: the rounded weights, times numbers of eight bits with a scale per step.</summary>
    [Theory]
    [InlineData(9, 31)]
    [InlineData(64, 110)]
    [InlineData(140, 208)]
    public void Nibbles_are_what_their_definition_says(int inputs, int units)
    {
        IRnnModel<float> model = inputs == 9 ? new NibbleCell(seed: 1) : inputs == 64 ? new NibbleBlocks(seed: 1) : new ManyNibbleBlocks(seed: 1);
        var streaming = (IRnnStreamingModel<float>)model;
        float[] packed = [.. model.Weights.Values];
        model.Weights.Round(packed);
        float[] recurrent = Values("weight_hh_l0");
        float[] input = Values("weight_ih_l0");
        float[] bias = [.. Values("bias_ih_l0").Zip(Values("bias_hh_l0"), (a, b) => a + b)];
        State state = model.CreateState();
        var output = new float[units];
        var h = new float[units];
        var random = new Random(1);
        for (int step = 0; step < 30; step++)
        {
            float[] x = [.. Enumerable.Range(0, inputs).Select(_ => random.NextSingle() * 2 - 1)];
            streaming.Step(state, x, output);
            float[] rounded = [.. Rounded(x)];
            float[] states = [.. Rounded(h)];
            for (int unit = 0; unit < units; unit++)
            {
                double sum = bias[unit];
                for (int k = 0; k < inputs; k++)
                {
                    sum += (double)input[(unit * inputs) + k] * rounded[k];
                }

                for (int k = 0; k < units; k++)
                {
                    sum += (double)recurrent[(unit * units) + k] * states[k];
                }

                Assert.Equal(Math.Tanh(sum), output[unit], 2e-6);
            }

            output.CopyTo(h, 0);
        }

        float[] Values(string name)
        {
            Parameter parameter = model.Layers[0][name];
            var values = new float[parameter.Count];
            parameter.Read(packed, values);
            return values;
        }

        static IEnumerable<float> Rounded(float[] numbers)
        {
            float largest = numbers.Max(Math.Abs);
            float inverse = largest < 1e-36f ? 0 : 127 / largest;
            return numbers.Select(number => MathF.Round(number * inverse) * (largest / 127));
        }
    }

    /// <summary>The largest sums that there can be, of all signs and in every block: they fill 16 bits.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    [InlineData(-1, -1)]
    public void Largest_sums_do_not_saturate(float weight, float number)
    {
        var model = new NibbleGates(seed: 1);
        foreach (Parameter parameter in model.Layers[0].Parameters)
        {
            var values = new float[parameter.Count];
            values.AsSpan().Fill(parameter.Name == "weight_ih_l0" ? weight / 64 : 0);
            parameter.CopyFrom(values);
        }

        float[] rounded = [.. ((IRnnModel)model).Weights.Values];
        ((IRnnModel)model).Weights.Round(rounded);
        var weights = new float[model.Layers[0]["weight_ih_l0"].Count];
        model.Layers[0]["weight_ih_l0"].Read(rounded, weights);

        var inputs = new float[128];
        inputs.AsSpan().Fill(number);
        var output = new float[64];
        model.Step(model.CreateState(), inputs, output);
        double sum = 128.0 * weights[0] * number;
        Assert.InRange(Math.Abs(sum), 1.999, 2);
        Assert.All(output, h => Assert.Equal((1 - (1 / (1 + Math.Exp(-sum)))) * Math.Tanh(sum), h, 1e-6));
    }

    /// <summary>Products of random and of extreme bytes, by instructions that the machine has and by those that every machine has.</summary>
    [Fact]
    public void Products_are_exact()
    {
        var random = new Random(1);
        int lanes = Vector<float>.Count;
        for (int turn = 0; turn < 200; turn++)
        {
            sbyte[] numbers = [.. Enumerable.Range(0, 8).Select(_ => (sbyte)(turn % 4 == 0 ? 127 : turn % 4 == 1 ? -127 : random.Next(-127, 128)))];
            int[,] weights = new int[lanes, 8];
            var packed = new int[lanes];
            for (int lane = 0; lane < lanes; lane++)
            {
                for (int k = 0; k < 8; k++)
                {
                    weights[lane, k] = turn % 3 == 0 ? 15 : turn % 3 == 1 ? 1 : random.Next(1, 16);
                    packed[lane] |= weights[lane, k] << ((8 * (k % 4)) + (4 * (k / 4)));
                }
            }

            int first = Four(numbers.AsSpan(0, 4));
            int second = Four(numbers.AsSpan(4, 4));
            var start = new Vector<short>((short)random.Next(short.MinValue, short.MaxValue + 1));
            Vector<short> sums = NarrowMath.AddNibbles(start, Bits(first), Bits(second), Vector.AsVectorSingle(new Vector<int>(packed)));
            int factors = random.Next(1, 64) | (random.Next(1, 64) << 16);
            Vector<int> total = NarrowMath.AddScaled(new Vector<int>(turn), sums, Bits(factors));
            for (int lane = 0; lane < lanes; lane++)
            {
                short low = unchecked((short)(start[0] + Sum(0) + Sum(1) + Sum(4) + Sum(5)));
                short high = unchecked((short)(start[0] + Sum(2) + Sum(3) + Sum(6) + Sum(7)));
                Assert.Equal(low, sums[2 * lane]);
                Assert.Equal(high, sums[(2 * lane) + 1]);
                Assert.Equal(turn + (low * (factors & 0xFFFF)) + (high * (factors >> 16)), total[lane]);

                int Sum(int k) => weights[lane, k] * numbers[k];
            }
        }

        static int Four(ReadOnlySpan<sbyte> bytes) => (bytes[0] & 0xFF) | ((bytes[1] & 0xFF) << 8) | ((bytes[2] & 0xFF) << 16) | (bytes[3] << 24);

        static Vector<float> Bits(int bits) => Vector.AsVectorSingle(new Vector<int>(bits));
    }

    /// <summary>The factor of a group is the one with the smallest error: no other one, with the scale as it is, is better.</summary>
    [Fact]
    public void Factors_have_the_smallest_error()
    {
        const int Rows = 90;
        var random = new Random(3);
        var matrix = new PackedMatrix(0, 16, 16, 16 * Rows, Rows, 16);
        float[] weights = [.. Enumerable.Range(0, 16 * Rows).Select(_ => (float)((random.NextDouble() * 2 - 1) * random.NextDouble()))];
        float[] rounded = [.. weights];
        WeightRounding.Round(WeightFormat.Int4, rounded, matrix);
        for (int unit = 0; unit < 16; unit++)
        {
            int[] rows = [.. Enumerable.Range(0, Rows)];
            float largest = rows.Max(row => Math.Abs(weights[matrix.At(unit, row)]));
            double scale = rows.Max(row => Math.Abs(rounded[matrix.At(unit, row)])) / 441.0;
            foreach (int[] group in rows.GroupBy(row => (row / 64, row / 2 % 2)).Select(group => group.ToArray()))
            {
                if (group.Max(row => Math.Abs(weights[matrix.At(unit, row)])) == largest)
                {
                    continue;
                }

                double found = group.Sum(row => Square(weights[matrix.At(unit, row)] - (double)rounded[matrix.At(unit, row)]));
                double best = Enumerable.Range(1, 63).Min(factor => group.Sum(row =>
                {
                    double weight = weights[matrix.At(unit, row)];
                    return Square(weight - (Math.Clamp(Math.Round(weight / scale / factor), -7, 7) * factor * scale));
                }));
                Assert.InRange(found, 0, (1.1 * best) + 1e-9);
            }
        }

        static double Square(double value) => value * value;
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_finite_stays_so(float number)
    {
        var model = new NibbleCell(seed: 1);
        var inputs = new float[9];
        inputs[8] = number;
        var output = new float[31];
        model.Step(model.CreateState(), inputs, output);
        Assert.All(output, h => Assert.Equal(float.NaN, h));

        Parameter parameter = model.Layers[0]["weight_ih_l0"];
        var weights = new float[parameter.Count];
        weights[9 * 5] = number;
        parameter.CopyFrom(weights);
        model.Step(model.CreateState(), new float[9], output);
        Assert.Equal(float.NaN, output[5]);
        Assert.True(float.IsFinite(output[4]) && float.IsFinite(output[6]));
    }

    [Fact]
    public void Steps_windows_and_lanes_agree()
    {
        var model = new NibbleLanes(seed: 1);
        var random = new Random(1);
        float[][] lanes = [.. Enumerable.Range(0, 9).Select(_ => Enumerable.Range(0, 20 * 9).Select(_ => random.NextSingle() * 2 - 1).ToArray())];
        var all = new float[9 * 60];
        model.Forward(model.CreateBatch(9), [.. lanes.SelectMany(lane => lane)], all);
        var window = new float[60];
        for (int lane = 0; lane < 9; lane++)
        {
            model.Forward(model.CreateState(), lanes[lane], window);
            Assert.Equal(window, all.AsSpan(lane * 60, 60).ToArray());
            NibbleLanes.State state = model.CreateState();
            for (int step = 0; step < 20; step++)
            {
                var output = new float[3];
                model.Step(state, lanes[lane].AsSpan(step * 9, 9), output);
                Assert.Equal(window.AsSpan(step * 3, 3).ToArray(), output);
            }
        }
    }
}
