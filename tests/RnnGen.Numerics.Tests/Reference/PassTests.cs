using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing.Kernels;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// Every pass over a cell keeps what the cell computes: fusion, planning, the split in two, and differentiation, whose result is compared with
/// finite differences. All in double precision, at random points, for every kind of layer with every option.
/// </summary>
public sealed class PassTests
{
    private const int Steps = 4;
    private const double Shift = 1e-5;

    private static readonly Dictionary<string, Func<Cell>> Cells = LayerCases.Layers.Values.Concat(LayerCases.Large.Values)
        .ToDictionary(l => l.Name, l => (Func<Cell>)(() => l.Kind.CellOf(l)));

    private static readonly Dictionary<string, Func<Cell>> OtherCells = new()
    {
        ["LSTM with projection"] = () => TestCells.ProjectionLstm(3, 5, 2),
        ["LSTM with layer normalization"] = () => TestCells.NormalizedLstm(3, 5),
        ["Odd"] = () => TestCells.Odd(3, 4),
        ["Still"] = () => TestCells.Still(3, 4),
    };

    public static TheoryData<string> All => [.. Cells.Keys, .. OtherCells.Keys];

    public static TheoryData<string> Small => [.. LayerCases.Layers.Keys, .. OtherCells.Keys];

    [Theory, MemberData(nameof(All))]
    public void Fusion(string name)
    {
        Cell cell = Create(name);
        Point point = new(cell);
        Expression[] named = [.. cell.Named];

        Cell fused = Generator.Cells.Fusion.Fuse(cell, named, out IReadOnlyList<Expression> traced);
        Same(point.Step(), [.. cell.Results, .. named], point.Step(), [.. fused.Results, .. traced]);

        point.TakeMeans();
        Cell streamed = Generator.Cells.Fusion.Fuse(cell, named, out traced, inTraining: false);
        Same(point.Step(), [.. cell.Results, .. named], point.Step(), [.. streamed.Results, .. traced]);
    }

    [Theory, MemberData(nameof(All))]
    public void Planning_and_splitting(string name)
    {
        Cell cell = Create(name);
        Point point = new(cell);
        LayerPlan layer = Plan(name, cell);

        Check(point.Leaf, layer.Record, [layer.Record]);
        SplitPlan record = layer.RecordSplit ?? SplitPlan.Before(layer.Record);
        Check(point.Leaf, layer.Record, [record.Rows, record.Step]);
        Check(point.LeafBack, layer.Backward, [layer.Backward]);
        if (layer.BackwardSplit is SplitPlan backward)
        {
            Check(point.LeafBack, layer.Backward, [backward.Step, backward.Rows]);
        }

        point.TakeMeans();
        SplitPlan step = layer.StepSplit ?? SplitPlan.Before(layer.Step);
        Check(point.Leaf, layer.Step, [layer.Step]);
        Check(point.Leaf, layer.Step, [step.Rows, step.Step]);

        void Check(Func<Leaf, double[]> leaves, KernelPlan plan, KernelPlan[] parts)
        {
            var planned = new PlannedStep(leaves, point.Weights);
            foreach (KernelPlan part in parts)
            {
                planned.Run(part);
            }

            var direct = new Interpreter(leaves, point.Weights);
            foreach (Store store in plan.Stages.SelectMany(s => s.Stores))
            {
                Same(direct.Evaluate(store.Value), planned[store.Place], plan.Names[store.Value] ?? "a value");
            }
        }
    }

    [Fact]
    public void Layers_with_many_weights_are_split() =>
        Assert.All(LayerCases.Large.Keys, name => Assert.NotNull(Plan(name, Create(name)).BackwardSplit));

    [Theory, MemberData(nameof(Small))]
    public void Differentiation(string name)
    {
        Cell cell = Create(name);
        Point point = new(cell);
        double[][] inputs = point.Rows(cell.Input.Size);
        double[][] dOutputs = point.Rows(cell.Output!.Size);
        double[][] states = [.. cell.States.Select(s => point.Numbers(s.Size))];
        double[][] dStates = [.. cell.States.Select(s => point.Numbers(s.Size))];
        double[][][] masks = [.. cell.Masks.Select(m => point.Rows(m.Value.Size))];
        var run = new CellRun(cell, point.Weights, (leaf, step) => masks[cell.Masks.ToList().FindIndex(m => m.Value == leaf)][step]);

        (double[][] dInputs, double[][] dInitial, Dictionary<string, double[]> dWeights) = run.Backward(inputs, states, dOutputs, dStates);

        foreach (Tensor tensor in cell.Tensors.Where(t => t.Role != TensorRole.Constant && !cell.States.Any(s => s.Initial == t)))
        {
            Check(point.Weights[tensor.Name], dWeights[tensor.Name], tensor.Name);
        }

        for (int step = 0; step < Steps; step++)
        {
            Check(inputs[step], dInputs[step], $"x of step {step}");
        }

        for (int k = 0; k < states.Length; k++)
        {
            Check(states[k], dInitial[k], cell.States[k].Name);
        }

        // Along a few random directions, which find a wrong number as surely as one number at a time does, in less time.
        void Check(double[] values, double[] gradient, string what)
        {
            for (int direction = 0; direction < 3; direction++)
            {
                double[] along = point.Numbers(values.Length);
                double expected = (LossAt(along, Shift) - LossAt(along, -Shift)) / (2 * Shift);
                double found = Dot(gradient, along);
                Assert.True(Math.Abs(expected - found) < 1e-7 * Math.Max(1, Math.Abs(expected)), $"{what}: expected {expected}, found {found}");
            }

            double LossAt(double[] along, double distance)
            {
                double[] before = [.. values];
                for (int k = 0; k < values.Length; k++)
                {
                    values[k] += distance * along[k];
                }

                (double[][] outputs, double[][] last) = run.Forward(inputs, states);
                double loss = outputs.Zip(dOutputs, Dot).Sum() + last.Zip(dStates, Dot).Sum();
                before.CopyTo(values, 0);
                return loss;
            }
        }
    }

    /// <summary>The names of values depend on the equations alone, not on what was derived from them before.</summary>
    [Theory, MemberData(nameof(Small))]
    public void Names(string name)
    {
        Cell cell = Create(name);
        string[] asWritten = [.. Equations.Of(cell)];
        string[] streamed = Streamed(cell);
        string[] backward = Backward(cell);

        Assert.Equal(asWritten, Equations.Of(cell));
        Assert.Equal(streamed, Streamed(cell));
        Assert.Equal(backward, Backward(cell));

        Cell other = Create(name);
        Assert.Equal(backward, Backward(other));
        Assert.Equal(streamed, Streamed(other));
        Assert.Equal(asWritten, Equations.Of(other));

        static string[] Streamed(Cell cell) => [.. Equations.Of(Generator.Cells.Fusion.Fuse(cell, [], out _, inTraining: false))];

        static string[] Backward(Cell cell) => [.. Equations.Of(Differentiator.Differentiate(Generator.Cells.Fusion.Fuse(cell), inputGradient: true).Cell)];
    }

    private static Cell Create(string name) => (Cells.TryGetValue(name, out Func<Cell>? cell) ? cell : OtherCells[name])();

    private static LayerPlan Plan(string name, Cell cell)
    {
        LayerSpec layer = LayerCases.Layers.GetValueOrDefault(name) ?? LayerCases.Large.GetValueOrDefault(name)
            ?? new LayerSpec("A", new Rnn(), cell.Input.Size, cell.Output!.Size, Property: null);
        var model = new ModelSpec(
            new TypeTarget("", default, "Model", "public", "Model"), layer.InputSize, 40, Tokens: false, new EquatableArray<LayerSpec>([layer]), DocumentClass: false);
        return LayerPlanner.Plan(model, layer, cell, tokens: false, weights: 0, transposed: 0);
    }

    private static void Same(Interpreter before, Expression[] expected, Interpreter after, Expression[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Same(before.Evaluate(expected[k]), after.Evaluate(actual[k]), $"value {k}");
        }
    }

    private static void Same(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.True(Math.Abs(expected[k] - actual[k]) < 1e-12 * Math.Max(1, Math.Abs(expected[k])), $"{what}[{k}]: expected {expected[k]}, found {actual[k]}");
        }
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    /// <summary>Random values for all that a step of a cell, or a step back, reads.</summary>
    private sealed class Point
    {
        private readonly Cell _cell;
        private readonly Random _random = new(5);
        private readonly Dictionary<Leaf, double[]> _leaves = [];

        public Point(Cell cell)
        {
            _cell = cell;

            // Constants may be variances, which are positive.
            Weights = cell.Tensors.ToDictionary(t => t.Name, t => t.Role == TensorRole.Constant ? [.. Numbers(t.Rows).Select(n => n + 1)] : Numbers(t.Rows * t.Columns));
        }

        public Dictionary<string, double[]> Weights { get; }

        public double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.NextDouble() - 0.5)];

        public double[][] Rows(int size) => [.. Enumerable.Range(0, Steps).Select(_ => Numbers(size))];

        public Interpreter Step() => new(Leaf, Weights);

        /// <summary>From now on, masks are their means.</summary>
        public void TakeMeans()
        {
            foreach (CellMask mask in _cell.Masks)
            {
                _leaves[mask.Value] = [.. Enumerable.Repeat(mask.Mean, mask.Value.Size)];
            }
        }

        public double[] Leaf(Leaf leaf)
        {
            if (!_leaves.TryGetValue(leaf, out double[]? values))
            {
                values = Numbers(leaf.Size);
                _leaves.Add(leaf, values);
            }

            return values;
        }

        /// <summary>The backward step reads the values of the forward step.</summary>
        public double[] LeafBack(Leaf leaf) => leaf.Origin is Expression origin ? Step().Evaluate(origin) : Leaf(leaf);
    }
}
