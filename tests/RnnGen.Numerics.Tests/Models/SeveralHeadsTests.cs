using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Numerics.Tests.Goldens;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Models;

[RnnModel(inputSize: 3, sequenceLength: 5)]
internal sealed partial class TwoHeads
{
    [Lstm(6)]
    public partial Layer Memory { get; }

    [Softmax(4, Weight = 0.5)]
    public partial Layer Speech { get; }

    [Linear(2, Weight = 2, From = [nameof(Memory), Layer.Input])]
    public partial Layer Gains { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 5)]
internal sealed partial class StepsAndWhole
{
    [Gru(5)]
    public partial Layer Low { get; }

    [Rnn(4, ReturnSequences = false)]
    public partial Layer High { get; }

    [Sigmoid(3, From = [nameof(Low)])]
    public partial Layer Each { get; }

    [Softmax(5)]
    public partial Layer Whole { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 5)]
internal sealed partial class BothWaysTwoHeads
{
    [Gru(5, Direction = Direction.Bidirectional)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Value { get; }

    [Sigmoid(2, Weight = 3)]
    public partial Layer Answers { get; }
}

/// <summary>Models with several heads: outputs, the weighted loss and its gradients, heads that are left out, training.</summary>
public class SeveralHeadsTests
{
    private const int Steps = 5;

    private static readonly Random Random = new(5);

    private static readonly float[] X = [.. Enumerable.Range(0, Steps * 3).Select(_ => (float)Random.NextDouble() - 0.5f)];

    private static readonly int[] Classes = [0, 3, -1, 2, 1];

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(k => 0.1f + (0.8f * (k * 7 % 10) / 10))];

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Heads_at_every_step(bool speech, bool gains)
    {
        var model = new TwoHeads(seed: 2);
        TwoHeads.Tape tape = model.CreateTape();
        TwoHeads.State state = model.CreateState();
        Start(state, out Dictionary<string, float[]> initial);
        var spoken = new float[Steps * TwoHeads.SpeechSize];
        var gained = new float[Steps * TwoHeads.GainsSize];
        model.Forward(state, X, spoken, gained, tape);
        int[] speechTargets = speech ? Classes : [];
        float[] gainsTargets = gains ? Numbers(Steps * 2) : [];
        float loss = model.Backward(tape, speechTargets, gainsTargets);

        ReferenceNetwork reference = Reference(model, 3, Layer("Memory", new Lstm(), 3, 6), Head("Speech", new Softmax(), 6, 4), Head("Gains", new Linear(), 9, 2, 0, -1));
        double Loss(double[] x, Dictionary<string, double[]> start)
        {
            double[][][] outputs = reference.Outputs(x, new(start));
            return (speech ? 0.5 * ReferenceNetwork.Loss(outputs[1], new Targets(Classes, []), new Softmax()) / 4 : 0)
                + (gains ? 2 * ReferenceNetwork.Loss(outputs[2], new Targets([], gainsTargets), new Linear()) / (Steps * 2) : 0);
        }

        Check(model, tape, tape.InputGradients.ToArray(), tape.InitialStateGradients, reference, initial, Loss, loss);
        Assert.Equal(1, tape.TargetCount);

        // Whole windows, steps and scores agree.
        var again = (Speech: new float[spoken.Length], Gains: new float[gained.Length]);
        Set(state, initial);
        model.Forward(state, X, again.Speech, again.Gains);
        Compare.Absolute([.. spoken.Select(v => (double)v)], again.Speech, 1e-6, "speech");
        Compare.Absolute([.. gained.Select(v => (double)v)], again.Gains, 1e-6, "gains");
        Set(state, initial);
        for (int step = 0; step < Steps; step++)
        {
            model.Step(state, X.AsSpan(step * 3, 3), again.Speech.AsSpan(step * 4, 4), again.Gains.AsSpan(step * 2, 2));
        }

        Compare.Absolute([.. spoken.Select(v => (double)v)], again.Speech, 1e-6, "speech, step by step");
        Set(state, initial);
        (Score Speech, Score Gains) score = model.Evaluate(state, X, speechTargets, gainsTargets);
        Assert.Equal(loss, (speech ? 0.5 * score.Speech.Loss : 0) + (gains ? 2 * score.Gains.Loss : 0), 1e-5);
    }

    [Fact]
    public void A_head_for_every_step_and_one_for_the_window()
    {
        var model = new StepsAndWhole(seed: 2);
        StepsAndWhole.Tape tape = model.CreateTape();
        StepsAndWhole.State state = model.CreateState();
        Start(state, out Dictionary<string, float[]> initial);
        float[] targets = Numbers(Steps * 3);
        model.Forward(state, X, tape);
        float loss = model.Backward(tape, targets, [3]);

        ReferenceNetwork reference = Reference(
            model, 3, Layer("Low", new Gru(), 3, 5), Layer("High", new Rnn(), 5, 4) with { ReturnSequences = false },
            Head("Each", new Sigmoid(), 5, 3, 0), Head("Whole", new Softmax(), 4, 5, 1));
        double Loss(double[] x, Dictionary<string, double[]> start)
        {
            double[][][] outputs = reference.Outputs(x, new(start));
            return (ReferenceNetwork.Loss(outputs[2], new Targets([], targets), new Sigmoid()) / (Steps * 3))
                + ReferenceNetwork.Loss(outputs[3], new Targets([3], []), new Softmax());
        }

        Check(model, tape, tape.InputGradients.ToArray(), tape.InitialStateGradients, reference, initial, Loss, loss);
    }

    [Fact]
    public void Both_ways()
    {
        var model = new BothWaysTwoHeads(seed: 2);
        BothWaysTwoHeads.Tape tape = model.CreateTape();
        BothWaysTwoHeads.State state = model.CreateState();
        Start(state, out Dictionary<string, float[]> initial);
        float[] values = Numbers(Steps);
        float[] answers = Numbers(Steps * 2);
        model.Forward(state, X, tape);
        float loss = model.Backward(tape, values, answers);

        ReferenceNetwork reference = Reference(
            model, 3, Layer("Memory", new Gru(), 3, 5) with { Direction = DirectionKind.Bidirectional },
            Head("Value", new Linear(), 10, 1), Head("Answers", new Sigmoid(), 10, 2));
        double Loss(double[] x, Dictionary<string, double[]> start)
        {
            double[][][] outputs = reference.Outputs(x, new(start));
            return (ReferenceNetwork.Loss(outputs[1], new Targets([], values), new Linear()) / Steps)
                + (3 * ReferenceNetwork.Loss(outputs[2], new Targets([], answers), new Sigmoid()) / (Steps * 2));
        }

        Check(model, tape, tape.InputGradients.ToArray(), tape.InitialStateGradients, reference, initial, Loss, loss);
    }

    [Fact]
    public void Training_lowers_the_loss_of_both()
    {
        var model = new TwoHeads(seed: 2);
        TwoHeads.Trainer trainer = model.CreateTrainer(new Adam(0.02f));
        float[] gains = Numbers(Steps * 2);
        (Score Speech, Score Gains) before = model.Evaluate(model.CreateState(), X, Classes, gains);
        for (int update = 0; update < 200; update++)
        {
            trainer.Train(X, Classes, gains);
        }

        (Score Speech, Score Gains) after = model.Evaluate(model.CreateState(), X, Classes, gains);
        Assert.True(after.Speech.Loss < 0.2 * before.Speech.Loss);
        Assert.True(after.Gains.Loss < 0.2 * before.Gains.Loss);
    }

    private static void Check(
        IRnnModel model, Tape tape, float[] inputGradients, State stateGradients, ReferenceNetwork reference,
        Dictionary<string, float[]> initial, Func<double[], Dictionary<string, double[]>, double> loss, float found)
    {
        double expected = loss([.. X.Select(v => (double)v)], initial.ToDictionary(s => s.Key, s => s.Value.Select(v => (double)v).ToArray()));
        Compare.Relative(expected, found, 1e-5, "loss");
        ModelCheck.CheckGradients(model, tape, inputGradients, stateGradients, reference, X, initial, loss, new Random(1));
    }

    private static void Start(State state, out Dictionary<string, float[]> initial)
    {
        initial = state.Names.ToDictionary(n => n, n => Numbers(state[n].Length));
        Set(state, initial);
    }

    private static void Set(State state, Dictionary<string, float[]> values)
    {
        foreach ((string name, float[] numbers) in values)
        {
            numbers.CopyTo(state[name]);
        }
    }

    private static ReferenceNetwork Reference(IRnnModel model, int inputSize, params LayerSpec[] layers) => new(
        model, new ModelSpec(new TypeTarget("", default, "M", "public", "M"), inputSize, Steps, false, new EquatableArray<LayerSpec>(layers), false));

    private static LayerSpec Layer(string name, LayerKind kind, int inputSize, int size) => new(name, kind, inputSize, size, Property: null);

    private static LayerSpec Head(string name, LayerKind kind, int inputSize, int size, params int[] sources) =>
        Layer(name, kind, inputSize, size) with { Sources = new EquatableArray<int>(sources) };
}
