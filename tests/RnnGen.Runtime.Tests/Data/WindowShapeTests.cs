namespace RnnGen.Tests.Datasets;

/// <summary>Windows of other steps than a model reads are refused, also if their lengths fit.</summary>
public class WindowShapeTests
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 240).Select(k => MathF.Sin(k))];

    // 5 steps of 6 inputs, as long as 10 steps of 3.
    [Fact]
    public void Inputs_per_step()
    {
        var data = new SeriesWindows(new Series(Values, columns: 6), new SeriesOptions { Steps = 5, Targets = [0, 1] });
        const string Message = "The data have 6 inputs per step, the model reads 3.";
        var model = new LastThree(seed: 1);
        using LastThree.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));

        Refused(Message, () => trainer.Fit(data, null, new FitOptions { Updates = 1 }));
        Refused(Message, () => trainer.Fit(data, null, new FitOptions { Updates = 1, CheckData = DataCheck.None }));
        Refused(Message, () => trainer.Evaluate(data));
        Refused(Message, () => model.Evaluate(data));
        Refused(Message, () => model.EvaluateHeads(data));
        Refused(Message, () => model.MeasureRegression(data));
        Refused(Message, () => model.Predict(data));
        Assert.Equal(0, trainer.Optimizer.Updates);
    }

    [Fact]
    public void Targets_per_step()
    {
        var series = new Series(Values, columns: 3);
        var last = new LastThree(seed: 1);
        var every = new EveryThree(seed: 1);

        // 2 steps with 1 target each, or 1 step with 2 after it; 4 rows of 1 column, or 2 steps with 2 targets.
        Refused("The data have 1 target at every step, the model 2 targets after the last step.", () => last.Evaluate(Of(series, 2, 1, everyStep: true)));
        Refused("The data have 4 targets after the last step, the model 2 targets at every step.", () => every.Evaluate(Of(series, 2, 4, everyStep: false)));
        Refused("The data have 2 targets after the last step, the model 2 targets at every step.", () => every.Evaluate(Of(series, 1, 2, everyStep: false)));

        Assert.Equal(77, last.Predict(Of(series, 2, 2, everyStep: false)).Length);
        Assert.True(every.Evaluate(Of(series, 2, 2, everyStep: true)).Count > 0);
        Assert.True(last.Evaluate(Of(series, 2, 2, everyStep: false)).Count > 0);
    }

    private static SeriesWindows Of(Series series, int steps, int horizon, bool everyStep) =>
        new(series, new SeriesOptions { Steps = steps, Horizon = horizon, EveryStep = everyStep, Targets = [0] });

    private static void Refused(string message, Action call) => Assert.Contains(message, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}

[RnnModel(inputSize: 3, sequenceLength: 10)]
[Gru(4, ReturnSequences = false), Linear(2)]
internal sealed partial class LastThree;

[RnnModel(inputSize: 3, sequenceLength: 10)]
[Gru(4), Linear(2)]
internal sealed partial class EveryThree;
