using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Numerics.Tests.Goldens;
using RnnGen.Numerics.Tests.Models;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Ctc;

[RnnModel(inputSize: 3, sequenceLength: 5)]
internal sealed partial class LabelsBothWays
{
    [Gru(4, Direction = Direction.Bidirectional)]
    public partial Layer Memory { get; }

    [Ctc(3, Weight = 2)]
    public partial Layer Labels { get; }

    [Linear(1)]
    public partial Layer Value { get; }
}

/// <summary>The gradients of a model with labels that are not aligned, against finite differences of a reference that adds all paths up.</summary>
public sealed class CtcModelTests
{
    private const int Steps = 5;

    private const int Outputs = 4;

    private static readonly float[] X = [.. Enumerable.Range(0, Steps * 3).Select(k => (float)Math.Sin(k * k))];

    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(2)]
    [InlineData(-1)]
    public void Finite_differences(params int[] target)
    {
        var model = new LabelsBothWays(seed: 2);
        LabelsBothWays.Tape tape = model.CreateTape();
        LabelsBothWays.State state = model.CreateState();
        float[] values = [0.5f, -1, 0.25f, 2, -0.5f];
        int[] labels = [.. target.Where(label => label >= 0)];
        model.Forward(state, X, tape);
        float loss = model.Backward(tape, target, values);

        LayerSpec[] layers =
        [
            new LayerSpec("Memory", new Gru(), 3, 4, Property: null) { Direction = DirectionKind.Bidirectional },
            new LayerSpec("Labels", new Generator.Layers.Ctc(), 8, Outputs - 1, Property: null),
            new LayerSpec("Value", new Linear(), 8, 1, Property: null),
        ];
        var reference = new ReferenceNetwork(
            model, new ModelSpec(new TypeTarget("", default, "M", "public", "M"), 3, Steps, false, new EquatableArray<LayerSpec>(layers), false));
        Dictionary<string, float[]> initial = state.Names.ToDictionary(n => n, n => new float[state[n].Length]);
        double Loss(double[] x, Dictionary<string, double[]> start)
        {
            double[][][] outputs = reference.Outputs(x, new(start));
            return (2 * Nats(outputs[1], labels) / Math.Max(1, labels.Length)) + (ReferenceNetwork.Loss(outputs[2], new Targets([], values), new Linear()) / Steps);
        }

        double expected = Loss([.. X.Select(v => (double)v)], initial.ToDictionary(s => s.Key, s => s.Value.Select(v => (double)v).ToArray()));
        Compare.Relative(expected, loss, 1e-5, "loss");
        ModelCheck.CheckGradients(model, tape, tape.InputGradients.ToArray(), tape.InitialStateGradients, reference, X, initial, Loss, new Random(1));
        (Score Labels, Score Value) score = model.Evaluate(model.CreateState(), X, target, values);
        Compare.Relative(loss, (2 * score.Labels.Loss) + score.Value.Loss, 1e-5, "score");
    }

    /// <summary>-log of the sum over all paths that give the labels.</summary>
    private static double Nats(double[][] logits, int[] labels)
    {
        double[][] y = [.. logits.Select(row => row.Select(z => Math.Exp(z) / row.Sum(Math.Exp)).ToArray())];
        return -Math.Log(Sum(0, 0, 0));

        // The probability of the rest of all paths that have given some labels, the last one at the step before or 0.
        double Sum(int step, int count, int last)
        {
            if (step == Steps)
            {
                return count == labels.Length ? 1 : 0;
            }

            double sum = y[step][0] * Sum(step + 1, count, 0);
            for (int output = 1; output < Outputs; output++)
            {
                bool isNew = output != last;
                if (!isNew || (count < labels.Length && labels[count] == output))
                {
                    sum += y[step][output] * Sum(step + 1, count + (isNew ? 1 : 0), output);
                }
            }

            return sum;
        }
    }
}
