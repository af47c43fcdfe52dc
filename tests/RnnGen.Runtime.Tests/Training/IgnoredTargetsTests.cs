using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A negative class has no share in loss, gradient and count.</summary>
public class IgnoredTargetsTests
{
    private readonly ModelUnderTest _subject = ModelsUnderTest.Create(nameof(TokenRnn));

    [Theory]
    [InlineData(-1)]
    [InlineData(-100)]
    [InlineData(int.MinValue)]
    public void A_window_of_ignored_targets_has_no_loss_and_no_gradient(int ignored)
    {
        TestTrainer trainer = _subject.CreateTrainer(new Sgd(0.1f));
        float[] weights = _subject.Model.Parameters.ToArray();

        Assert.True(float.IsNaN(trainer.Accumulate(_subject.Inputs(3), (int[])[ignored, ignored, ignored])));

        Assert.Equal(0, trainer.Tape.LossSum);
        Assert.Equal(0, trainer.Tape.TargetCount);
        Assert.True(float.IsNaN(trainer.Tape.Loss));
        Assert.All(trainer.Tape.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
        Assert.True(float.IsNaN(trainer.Update()));
        Same.Bits(weights, _subject.Model.Parameters, "weights");
        Assert.Equal(0, trainer.SkippedUpdates);
    }

    [Fact]
    public void Ignored_last_targets_are_as_good_as_a_shorter_window()
    {
        Data inputs = _subject.Inputs(5);
        Data targets = _subject.Targets(5);
        Tape expected = Learn(inputs.Slice(0, 3), targets.Slice(0, 3), out float loss);
        targets.Integers[3] = -1;
        targets.Integers[4] = -7;

        Tape tape = Learn(inputs, targets, out float lossOfAll);

        Assert.Equal(loss, lossOfAll);
        Assert.Equal(3, tape.TargetCount);
        Assert.Equal(expected.LossSum, tape.LossSum);
        Same.About(expected.Gradients, tape.Gradients, 1e-6, "gradients");
        Same.About(
            TestNumbers.Values(expected.InitialStateGradients), TestNumbers.Values(tape.InitialStateGradients), 1e-6, "state gradients");
    }

    [Fact]
    public void Targets_in_the_middle_share_loss_and_gradient()
    {
        Data inputs = _subject.Inputs(4);
        int[] targets = [1, 0, 3, 2];
        Tape odd = Learn(inputs, (int[])[1, -1, 3, -1], out float oddLoss);
        Tape even = Learn(inputs, (int[])[-1, 0, -1, 2], out float evenLoss);

        Tape all = Learn(inputs, targets, out float loss);

        Same.About(loss, (oddLoss + evenLoss) / 2, 1e-6, "loss");
        Assert.Equal(4, odd.TargetCount + even.TargetCount);
        Same.About(all.Gradients, odd.Gradients.ToArray().Zip(even.Gradients.ToArray(), (a, b) => a + b).ToArray(), 1e-5, "gradients");
    }

    private Tape Learn(Data inputs, Data targets, out float loss)
    {
        Tape tape = _subject.CreateTape();
        _subject.Forward(_subject.CreateState(), inputs, tape);
        loss = _subject.Backward(tape, targets);
        return tape;
    }

    /// <summary>Heads with numbers as targets: NaN is ignored.</summary>
    [Theory]
    [InlineData(nameof(ShortLstm))]
    [InlineData(nameof(Plain))]
    [InlineData(nameof(EmbeddingMix))]
    [InlineData(nameof(GruStack))]
    public void Numbers_that_are_not_there_share_loss_and_gradient(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Data inputs = subject.Inputs(4);
        float[] targets = subject.Targets(4).Numbers.ToArray();
        float[] odd = [.. targets.Select((t, k) => k % 2 == 1 ? t : float.NaN)];
        float[] even = [.. targets.Select((t, k) => k % 2 == 0 ? t : float.NaN)];
        (Tape some, Tape others, Tape all) = (Learn(subject, inputs, odd), Learn(subject, inputs, even), Learn(subject, inputs, targets));

        Assert.Equal((targets.Length + 1) / 2, others.TargetCount);
        Assert.Equal(all.TargetCount, some.TargetCount + others.TargetCount);
        Assert.Equal(all.TargetWeight, some.TargetWeight + others.TargetWeight);
        Same.About(all.LossSum, some.LossSum + others.LossSum, 1e-6 * all.LossSum, "loss");
        Same.About(all.Gradients, some.Gradients.ToArray().Zip(others.Gradients.ToArray(), (a, b) => a + b).ToArray(), 1e-5, "gradients");
    }

    [Theory]
    [InlineData(nameof(ShortLstm))]
    [InlineData(nameof(GruStack))]
    public void Numbers_that_are_all_not_there_change_nothing(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Adam(0.1f));
        float[] weights = subject.Model.Parameters.ToArray();

        Assert.True(float.IsNaN(trainer.Train(subject.Inputs(3), subject.Targets(3).Numbers.ToArray().Select(_ => float.NaN).ToArray())));
        Assert.Equal(1, trainer.Optimizer.Updates);

        Same.Bits(weights, subject.Model.Parameters, "weights");
        Assert.Equal(0, trainer.SkippedUpdates);
    }

    // The output is bad, not the target: nothing may hide it.
    [Fact]
    public void An_output_that_is_no_number_is_seen()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(Plain));
        float[] inputs = subject.Inputs(3).Numbers.ToArray();
        inputs[0] = float.NaN;

        Assert.True(double.IsNaN(Learn(subject, inputs, subject.Targets(3)).LossSum));
        Assert.False(double.IsNaN(Learn(subject, inputs, (float[])[float.NaN, .. subject.Targets(3).Numbers[1..]]).LossSum));
    }

    [Fact]
    public void Scores_leave_them_out()
    {
        var model = new Plain(seed: 1);
        float[] inputs = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f];
        var part = new float[1];
        model.Step(model.CreateState(), inputs.AsSpan(2, 2), part);

        Score score = model.Evaluate(model.CreateState(), inputs, [float.NaN, part[0] + 3, float.NaN]);

        Assert.Equal((1, 0, 1.0), (score.Count, score.Correct, score.TargetWeight));
        Assert.Equal(9, score.Loss, 1e-5);
    }

    private static Tape Learn(ModelUnderTest subject, Data inputs, Data targets)
    {
        Tape tape = subject.CreateTape();
        subject.Forward(subject.CreateState(), inputs, tape);
        subject.Backward(tape, targets);
        return tape;
    }
}
