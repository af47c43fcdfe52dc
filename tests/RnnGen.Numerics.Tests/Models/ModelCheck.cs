using RnnGen.Numerics.Tests.Goldens;
using RnnGen.Numerics.Tests.Reference;
using RnnGen.Testing;

namespace RnnGen.Numerics.Tests.Models;

/// <summary>Compares a generated model with the double-precision reference, and its gradients with finite differences of the reference.</summary>
internal static class ModelCheck
{
    private const double Shift = 1e-6;

    // Random directions in which a tensor is shifted. Every element has its share in each of them, so that none that is wrong goes unseen.
    private const int Directions = 2;

    public static void Run(IRnnModel model) => Run(new ModelUnderTest(model));

    public static void Run(ModelUnderTest test) => Run(test, new ReferenceNetwork(test.Model));

    public static void Run(ModelUnderTest test, ReferenceNetwork reference)
    {
        // A full window, and shorter ones with the same tape.
        Run(test, reference, test.Model.SequenceLength);
        Run(test, reference, test.Model.SequenceLength - 2);
        Run(test, reference, 1);
    }

    /// <summary>Steps, windows, the way back and updates take no memory. Changes the weights.</summary>
    public static void CheckAllocations(ModelUnderTest test)
    {
        var x = new float[test.Model.GetInputLength(test.Model.SequenceLength)];
        var one = new float[test.Model.GetInputLength(1)];
        var y = new float[test.Model.OutputSize];
        var window = new float[test.Model.GetOutputLength(test.Model.SequenceLength)];
        var targets = new Targets(new int[window.Length / test.Model.OutputSize], new float[window.Length]);
        Optimizer optimizer = new Adam(1e-3f) { ClipNorm = 1 }.CreateOptimizer(test.Model);
        Allocations.None(Use, calls: 1);

        void Use()
        {
            if (test.IsStreamed)
            {
                test.Step(one, y);
            }

            test.Forward(x, window);
            test.Record(x, window);
            test.Backward(window);
            if (test.HasHead)
            {
                test.Backward(targets);
            }

            optimizer.Update(test.Tape);
        }
    }

    private static void Run(ModelUnderTest test, ReferenceNetwork reference, int steps)
    {
        var random = new Random(steps);
        float[] x = test.Tokens ? [.. Enumerable.Range(0, steps).Select(_ => (float)random.Next(test.Model.InputSize))] : Numbers(random, steps * test.Model.InputSize, 2);
        Dictionary<string, float[]> initial = test.State.Names.ToDictionary(n => n, n => Numbers(random, test.State[n].Length, 1));

        CheckForward(test, reference, x, initial);

        double[][] rows = reference.Forward(Doubles(x), Doubles(initial));
        double[] expected = reference.Activate(rows);

        // Gradients for a loss of one's own.
        double[][] dOutputs = [.. rows.Select(r => Doubles(Numbers(random, r.Length, 1)))];
        Dictionary<string, float[]> dStates = initial.ToDictionary(s => s.Key, s => Numbers(random, s.Value.Length, 1));
        Record(test, x, initial, new float[expected.Length]);
        reference.TakeMasks(test.Tape);
        Set(test.FinalStateGradients, dStates);
        test.Tape.Clear();
        test.Backward([.. dOutputs.SelectMany(r => r).Select(v => (float)v)]);
        float[] weights = [.. dOutputs.SelectMany(r => r).Select(v => (float)v)];
        double Own(double[] inputs, Dictionary<string, double[]> start)
        {
            Dictionary<string, double[]> last = new(start);
            double[] y = reference.Activate(reference.Forward(inputs, last));
            return y.Zip(weights, (a, b) => a * b).Sum() + last.Sum(s => s.Value.Zip(dStates[s.Key], (a, b) => a * b).Sum());
        }

        CheckGradients(test, reference, x, initial, Own, random);
        if (reference.LearnsInitialState)
        {
            // From the start of a sequence. What is added to it there has the gradient of the states.
            test.State.Reset();
            Record(test, x, [], new float[expected.Length]);
            test.Tape.Clear();
            test.Backward(weights);
            double FromStart(double[] inputs, Dictionary<string, double[]> added) =>
                Own(inputs, reference.InitialStates().ToDictionary(s => s.Key, s => s.Value.Zip(added[s.Key], (a, b) => a + b).ToArray()));

            CheckGradients(test, reference, x, initial.ToDictionary(s => s.Key, s => new float[s.Value.Length]), FromStart, random);
        }

        if (test.HasHead)
        {
            int outputs = rows[0].Length;
            var targets = new Targets(
                [.. rows.Select((_, row) => row % 3 == 2 ? -1 : random.Next(outputs))],
                [.. Enumerable.Range(0, rows.Length * outputs).Select(k => k % 5 == 3 ? float.NaN : (float)random.NextDouble())]);
            Record(test, x, initial, new float[expected.Length]);
            test.Tape.Clear();
            test.Backward(targets);
            double Loss(double[] inputs, Dictionary<string, double[]> start) => reference.Loss(reference.Forward(inputs, new(start)), targets);
            Compare.Relative(Loss(Doubles(x), Doubles(initial)), test.Tape.LossSum, 1e-4, "loss");
            Assert.Equal(reference.Count(targets), ((int)test.Tape.TargetCount, test.Tape.TargetWeight));
            CheckGradients(test, reference, x, initial, Loss, random);
        }

        reference.TakeMasks(null);
    }

    private static void CheckForward(ModelUnderTest test, ReferenceNetwork reference, float[] x, Dictionary<string, float[]> initial)
    {
        CheckForward(test, reference, x, Doubles(initial), () => Set(test.State, initial));
        if (reference.LearnsInitialState)
        {
            CheckForward(test, reference, x, reference.InitialStates(), test.State.Reset);
        }
    }

    private static void CheckForward(ModelUnderTest test, ReferenceNetwork reference, float[] x, Dictionary<string, double[]> initial, Action start)
    {
        Dictionary<string, double[]> states = new(initial);
        double[] expected = reference.Activate(reference.Forward(Doubles(x), states));
        double tolerance = Math.Max(1e-5, 4 * MovedByRounding(reference, x, initial, states));
        var y = new float[expected.Length];
        start();
        test.Forward(x, y);
        Check("in one call");

        if (test.IsStreamed)
        {
            Array.Clear(y);
            start();
            int width = test.Model.GetInputLength(1);
            int steps = x.Length / width;
            var output = new float[test.Model.OutputSize];
            for (int t = 0; t < steps; t++)
            {
                test.Step(x[(t * width)..((t + 1) * width)], output);
                output.CopyTo(y.Length == output.Length ? y : y.AsSpan(t * output.Length));
            }

            Check("step by step");
        }

        Array.Clear(y);
        start();
        Record(test, x, [], y);
        reference.TakeMasks(test.Tape);
        states = new(initial);
        expected = reference.Activate(reference.Forward(Doubles(x), states));
        reference.TakeMasks(null);
        Check("recorded");

        void Check(string how)
        {
            Compare.Absolute(expected, y, tolerance, how);
            foreach (string name in test.State.Names)
            {
                Compare.Absolute(states[name], test.State[name], tolerance, $"{name} {how}");
            }
        }
    }

    /// <summary>
    /// The most that the last states move when every weight is off by half a unit in its last place. Some recurrences amplify that over
    /// the steps of a window; kernels in single precision cannot be asked for less.
    /// </summary>
    private static double MovedByRounding(ReferenceNetwork reference, float[] x, Dictionary<string, double[]> initial, Dictionary<string, double[]> last)
    {
        Dictionary<string, double[]> weights = reference.Weights.ToDictionary(w => w.Key, w => (double[])w.Value.Clone());
        var random = new Random(1);
        double moved = 0;
        for (int trial = 0; trial < 16; trial++)
        {
            foreach ((string name, double[] values) in reference.Weights)
            {
                for (int k = 0; k < values.Length; k++)
                {
                    values[k] = weights[name][k] * (1 + Math.ScaleB(random.Next(2) == 0 ? -1 : 1, -24));
                }
            }

            Dictionary<string, double[]> states = new(initial);
            reference.Forward(Doubles(x), states);
            moved = Math.Max(moved, last.SelectMany(s => s.Value.Zip(states[s.Key], (a, b) => Math.Abs(a - b))).DefaultIfEmpty().Max());
        }

        foreach ((string name, double[] values) in weights)
        {
            values.CopyTo(reference.Weights[name], 0);
        }

        return moved;
    }

    private static void CheckGradients(
        ModelUnderTest test, ReferenceNetwork reference, float[] x, Dictionary<string, float[]> initial, Func<double[], Dictionary<string, double[]>, double> loss, Random random) =>
        CheckGradients(test.Model, test.Tape, test.Tape.InputGradients.ToArray(), test.Tape.InitialStateGradients, reference, x, initial, loss, random);

    /// <summary>Compares all gradients of a tape with finite differences of a loss.</summary>
    public static void CheckGradients(
        IRnnModel model, Tape tape, float[] inputGradients, State stateGradients,
        ReferenceNetwork reference, float[] x, Dictionary<string, float[]> initial, Func<double[], Dictionary<string, double[]>, double> loss, Random random)
    {
        double[] inputs = Doubles(x);
        Dictionary<string, double[]> start = Doubles(initial);
        foreach (Layer layer in model.Layers)
        {
            foreach (Parameter parameter in layer.Parameters)
            {
                var gradient = new float[parameter.Count];
                tape.CopyGradient(parameter, gradient);
                if (layer.Frozen)
                {
                    Assert.All(gradient, g => Assert.Equal(0, g));
                    continue;
                }

                Differences(reference.Weights[$"{layer.Name}.{parameter.Name}"], gradient, $"{layer.Name}.{parameter.Name}");
            }
        }

        if (inputGradients.Length > 0)
        {
            Differences(inputs, inputGradients, "inputs");
        }

        foreach (string name in stateGradients.Names)
        {
            Differences(start[name], stateGradients[name].ToArray(), name);
        }

        void Differences(double[] values, float[] gradient, string what)
        {
            Assert.Equal(values.Length, gradient.Length);
            double tolerance = 1e-4 * Math.Max(1e-2, Math.Sqrt(gradient.Sum(g => (double)g * g)));
            for (int direction = 0; direction < Directions; direction++)
            {
                double[] shifts = [.. values.Select(_ => (0.5 + random.NextDouble()) * (random.Next(2) == 0 ? -1 : 1))];
                double found = shifts.Zip(gradient, (s, g) => s * g).Sum();
                double expected = Slope(values, shifts);
                if (!(Math.Abs(expected - found) <= tolerance))
                {
                    Assert.Fail($"{what}: expected {expected}, found {found} in a direction{Culprit(values, gradient, tolerance)}");
                }
            }
        }

        // The change of the loss per shift of all values.
        double Slope(double[] values, double[] shifts)
        {
            double[] kept = [.. values];
            double above = Shifted(Shift);
            double below = Shifted(-Shift);
            kept.CopyTo(values, 0);
            return (above - below) / (2 * Shift);

            double Shifted(double size)
            {
                for (int k = 0; k < values.Length; k++)
                {
                    values[k] = kept[k] + (size * shifts[k]);
                }

                return loss(inputs, start);
            }
        }

        // The first element that is off, too.
        string Culprit(double[] values, float[] gradient, double tolerance)
        {
            for (int k = 0; k < values.Length; k++)
            {
                double expected = Slope(values, [.. values.Select((_, other) => other == k ? 1.0 : 0)]);
                if (!(Math.Abs(expected - gradient[k]) <= tolerance))
                {
                    return $"; of [{k}]: expected {expected}, found {gradient[k]}";
                }
            }

            return "";
        }
    }

    private static void Record(ModelUnderTest test, float[] x, Dictionary<string, float[]> initial, float[] y)
    {
        Set(test.State, initial);
        test.Tape.Seed(7);
        test.Record(x, y);
    }

    private static void Set(State state, Dictionary<string, float[]> values)
    {
        foreach ((string name, float[] numbers) in values)
        {
            numbers.CopyTo(state[name]);
        }
    }

    private static float[] Numbers(Random random, int count, double width) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * width))];

    private static double[] Doubles(float[] values) => [.. values.Select(v => (double)v)];

    private static Dictionary<string, double[]> Doubles(Dictionary<string, float[]> values) => values.ToDictionary(v => v.Key, v => Doubles(v.Value));
}
