namespace RnnGen.Numerics.Tests.Models;

[RnnModel(inputSize: 1, sequenceLength: 9), MinGru(1)]
internal sealed partial class MinGru1;

[RnnModel(inputSize: 3, sequenceLength: 9), MinGru(5)]
internal sealed partial class MinGru5;

[RnnModel(inputSize: 5, sequenceLength: 9), MinGru(17)]
internal sealed partial class MinGru17;

[RnnModel(inputSize: 70, sequenceLength: 40), MinGru(80)]
internal sealed partial class MinGru80;

[RnnModel(inputSize: 1, sequenceLength: 9), Mgu(1)]
internal sealed partial class Mgu1;

[RnnModel(inputSize: 3, sequenceLength: 9), Mgu(5)]
internal sealed partial class Mgu5;

[RnnModel(inputSize: 5, sequenceLength: 9), Mgu(17)]
internal sealed partial class Mgu17;

[RnnModel(inputSize: 40, sequenceLength: 40), Mgu(64)]
internal sealed partial class Mgu64;

/// <summary>
/// The minGRU and the MGU against their papers' equations, written here as plain loops in double precision. Gradients, directions, tokens and options
/// are among the combinations, whose reference is the generator's own equations.
/// </summary>
public sealed class MinimalCellTests
{
    // The states one behind the other, the first of which is the output.
    private delegate double[] Cell(Weights weights, double[] x, double[] states);

    [Fact]
    public void MinGru()
    {
        var small = new MinGru1(seed: 1);
        Check(small, (x, y) => small.Forward(small.CreateState(), x, y), Step, 1, 1, 9);
        var narrow = new MinGru5(seed: 1);
        Check(narrow, (x, y) => narrow.Forward(narrow.CreateState(), x, y), Step, 3, 5, 9);
        var odd = new MinGru17(seed: 1);
        Check(odd, (x, y) => odd.Forward(odd.CreateState(), x, y), Step, 5, 17, 9);
        var large = new MinGru80(seed: 1);
        Check(large, (x, y) => large.Forward(large.CreateState(), x, y), Step, 70, 80, 40);

        static double[] Step(Weights w, double[] x, double[] h) =>
            [.. h.Select((old, k) => Sigmoid(w.FromInput(0, k, x)) is var z ? ((1 - z) * old) + (z * w.FromInput(1, k, x)) : 0)];
    }

    [Fact]
    public void Mgu()
    {
        var small = new Mgu1(seed: 1);
        Check(small, (x, y) => small.Forward(small.CreateState(), x, y), Step, 1, 1, 9);
        var narrow = new Mgu5(seed: 1);
        Check(narrow, (x, y) => narrow.Forward(narrow.CreateState(), x, y), Step, 3, 5, 9);
        var odd = new Mgu17(seed: 1);
        Check(odd, (x, y) => odd.Forward(odd.CreateState(), x, y), Step, 5, 17, 9);
        var large = new Mgu64(seed: 1);
        Check(large, (x, y) => large.Forward(large.CreateState(), x, y), Step, 40, 64, 40);

        static double[] Step(Weights w, double[] x, double[] h)
        {
            double[] f = [.. h.Select((_, k) => Sigmoid(w.FromInput(0, k, x) + w.FromState(0, k, h)))];
            double[] gated = [.. h.Select((old, k) => f[k] * old)];
            return [.. h.Select((old, k) => ((1 - f[k]) * old) + (f[k] * Math.Tanh(w.FromInput(1, k, x) + w.FromState(1, k, gated))))];
        }
    }

    [Theory]
    [InlineData("MinGru", "weight_ih_l0 [10, 3], bias_ih_l0 [10]")]
    [InlineData("Mgu", "weight_ih_l0 [10, 3], weight_hh_l0 [10, 5], bias_ih_l0 [10], bias_hh_l0 [10]")]
    public void Names_in_checkpoints_and_distribution(string cell, string tensors)
    {
        IRnnModel model = cell switch { "MinGru" => new MinGru5(seed: 3), "Mgu" => new Mgu5(seed: 3), _ => throw new ArgumentException(cell) };

        Assert.Equal(tensors, string.Join(", ", model.Layers[0].Parameters.Select(p => $"{p.Name} [{string.Join(", ", p.Shape.ToArray())}]")));
        Assert.All(model.Layers[0].Parameters, parameter =>
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, 1 / MathF.Sqrt(5)));
            Assert.Equal(values.Length, values.Distinct().Count());
        });
    }

    private static void Check(IRnnModel model, Action<float[], float[]> forward, Cell step, int inputSize, int units, int steps, int states = 1)
    {
        var random = new Random(units);
        float[] x = [.. Enumerable.Range(0, steps * inputSize).Select(_ => (float)((random.NextDouble() * 4) - 2))];
        var y = new float[steps * units];
        forward(x, y);

        var weights = new Weights(model.Layers[0], units);
        var values = new double[states * units];
        for (int t = 0; t < steps; t++)
        {
            values = step(weights, [.. x.Skip(t * inputSize).Take(inputSize).Select(v => (double)v)], values);
            Compare.Absolute(values.AsSpan(0, units), y[(t * units)..((t + 1) * units)], 1e-5, $"step {t} of {units} units");
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The tensors of a layer as checkpoints have them, rows of one gate after the other.</summary>
    private sealed class Weights(Layer layer, int units)
    {
        private readonly Dictionary<string, float[]> _tensors = layer.Parameters.ToDictionary(p => p.Name, p =>
        {
            var values = new float[p.Count];
            p.CopyTo(values);
            return values;
        });

        public double FromInput(int gate, int unit, double[] x) => Sum("ih", (gate * units) + unit, x);

        public double FromState(int gate, int unit, double[] h) => Sum("hh", (gate * units) + unit, h);

        private double Sum(string suffix, int row, double[] values)
        {
            double sum = _tensors[$"bias_{suffix}_l0"][row];
            for (int k = 0; k < values.Length; k++)
            {
                sum += _tensors[$"weight_{suffix}_l0"][(row * values.Length) + k] * values[k];
            }

            return sum;
        }
    }
}
