namespace RnnGen.Everywhere;

/// <summary>Every head: its loss, its score, and the gradients of its loss.</summary>
internal static class Heads
{
    public static IEnumerable<Case> Cases =>
    [
        Loss<SoftmaxSteps, int>((random, length) => Made.Tokens(random, length, 6)),
        Loss<SigmoidLabels, float>((random, length) => [.. Made.Tokens(random, length, 2).Select(bit => (float)bit)]),
        Loss<LinearHuber, float>(Made.Numbers),
        Loss<LinearAbsolute, float>(Made.Numbers),
        Loss<Quantiles, float>(Made.Numbers),
        Loss<MixtureOfPoints, float>((random, length) => [.. Made.Numbers(random, length).Select((number, k) => k % 3 == 2 ? random.Next(2) : number)]),
        Loss<CtcLabels, int>((random, _) => Made.Tokens(random, 4, 5).Select(label => label + 1).ToArray()),
        new Case("TwoHeads/loss", TwoLosses),
    ];

    private static Case Loss<TModel, TTarget>(Func<Random, int, TTarget[]> targets)
        where TModel : class, IRnnModel<float, TTarget>, IRnnModelFactory<TModel> => new(Passes.Name<TModel>("loss"), values =>
    {
        var random = new Random(4);
        TModel model = TModel.Create(seed: 2);
        int steps = model.SequenceLength;
        float[] window = Made.Numbers(random, model.GetInputLength(steps));
        TTarget[] answers = targets(random, model.GetTargetLength(steps));
        var outputs = new float[model.GetOutputLength(steps)];
        Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), window, outputs, tape);
        values.Add(outputs);
        values.Add(model.Backward(tape, answers));
        Passes.AddGradients(model, tape, values);
        values.Add((float)model.Evaluate(model.CreateState(), window, answers).Loss);
    });

    private static void TwoLosses(Values values)
    {
        var random = new Random(4);
        var model = new TwoHeads(seed: 2);
        TwoHeads.Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), Made.Numbers(random, 8 * TwoHeads.InputSize), tape);
        values.Add(model.Backward(tape, Made.Tokens(random, 8, 4), Made.Numbers(random, 8 * 2)));
        Passes.AddGradients(model, tape, values);
    }
}

[RnnModel(4, 8), Gru(12), Softmax(6)]
internal sealed partial class SoftmaxSteps;

[RnnModel(4, 8), Gru(12), Sigmoid(3)]
internal sealed partial class SigmoidLabels;

[RnnModel(4, 8), Gru(12), Linear(3, Loss = RnnGen.Loss.Huber, Delta = 0.3)]
internal sealed partial class LinearHuber;

[RnnModel(4, 8), Gru(12), Linear(3, Loss = RnnGen.Loss.AbsoluteError)]
internal sealed partial class LinearAbsolute;

[RnnModel(4, 8), Gru(12), Quantile(0.1, 0.5, 0.9, Targets = 2)]
internal sealed partial class Quantiles;

[RnnModel(4, 8), Gru(12), Mixture(3, 2, Covariance = Covariance.Full, Binary = 1)]
internal sealed partial class MixtureOfPoints;

[RnnModel(4, 12), Gru(12), Ctc(5)]
internal sealed partial class CtcLabels;

[RnnModel(4, 8)]
internal sealed partial class TwoHeads
{
    [Lstm(12)] public partial Layer Memory { get; }

    [Softmax(4)] public partial Layer Kind { get; }

    [Linear(2, Weight = 0.5, From = [nameof(Memory)])] public partial Layer Place { get; }
}
