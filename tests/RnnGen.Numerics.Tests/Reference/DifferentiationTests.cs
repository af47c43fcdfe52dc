using RnnGen.Generator.Cells;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>Adjoints against finite differences of the equations, all in double precision.</summary>
public sealed class DifferentiationTests
{
    private const int Steps = 4;
    private const double Shift = 1e-5;

    private static readonly Dictionary<string, Cell> Cells = new()
    {
        ["RNN"] = Create(new Rnn(), 3, 5),
        ["LSTM"] = Create(new Lstm(), 3, 5),
        ["GRU"] = Create(new Gru(), 3, 5),
        ["Dense"] = Create(new Dense(), 3, 5),
        ["Layer normalisation"] = Create(new LayerNorm(), 5, 5),
        ["Embedding"] = Create(new Embedding(), 4, 3),
        ["LSTM with projection"] = TestCells.ProjectionLstm(3, 5, 2),
        ["LSTM with layer normalisation"] = TestCells.NormalizedLstm(3, 5),
        ["LSTM with masks"] = Create(new Lstm(), 3, 5, OptionValues.None.With(RecurrentLayer.RecurrentDropout, 0.3).With(RecurrentLayer.Zoneout, 0.1).With(Lstm.ZoneoutCell, 0.5)),
        ["Odd"] = TestCells.Odd(3, 4),
    };

    public static TheoryData<string> Names => [.. Cells.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Adjoint_agrees_with_finite_differences(string name)
    {
        Cell cell = Cells[name];
        var random = new Random(5);
        Dictionary<string, double[]> weights = cell.Tensors.ToDictionary(t => t.Name, t => Numbers(random, t.Rows * t.Columns));
        double[][] inputs = [.. Enumerable.Range(0, Steps).Select(_ => Numbers(random, cell.Input.Size))];
        double[][] states = [.. cell.States.Select(s => Numbers(random, s.Size))];
        double[][] dOutputs = [.. Enumerable.Range(0, Steps).Select(_ => Numbers(random, cell.Output!.Size))];
        double[][] dStates = [.. cell.States.Select(s => Numbers(random, s.Size))];
        var run = new CellRun(cell, weights);

        (double[][] dInputs, double[][] dInitial, Dictionary<string, double[]> dWeights) = run.Backward(inputs, states, dOutputs, dStates);

        double Loss()
        {
            (double[][] outputs, double[][] last) = run.Forward(inputs, states);
            return Dot(outputs, dOutputs) + Dot(last, dStates);
        }

        foreach ((string tensor, double[] values) in weights)
        {
            Check(values, dWeights[tensor], Loss, tensor);
        }

        for (int t = 0; t < Steps; t++)
        {
            Check(inputs[t], dInputs[t], Loss, $"x of step {t}");
        }

        for (int k = 0; k < states.Length; k++)
        {
            Check(states[k], dInitial[k], Loss, cell.States[k].Name);
        }
    }

    private static Cell Create(LayerKind kind, int inputSize, int units, OptionValues? options = null) =>
        kind.CellOf(new LayerSpec("A", kind, inputSize, units, Property: null) { Options = options ?? OptionValues.None });

    private static void Check(double[] values, double[] gradients, Func<double> loss, string what)
    {
        for (int k = 0; k < values.Length; k++)
        {
            double value = values[k];
            values[k] = value + Shift;
            double above = loss();
            values[k] = value - Shift;
            double below = loss();
            values[k] = value;
            double expected = (above - below) / (2 * Shift);
            Assert.True(Math.Abs(expected - gradients[k]) < 1e-7 * Math.Max(1, Math.Abs(expected)), $"{what}[{k}]: expected {expected}, found {gradients[k]}");
        }
    }

    private static double Dot(double[][] left, double[][] right) => left.Zip(right, (a, b) => a.Zip(b, (x, y) => x * y).Sum()).Sum();

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
}
