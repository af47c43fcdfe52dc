using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A negative class has no share in loss, gradient and count.</summary>
public class IgnoredTargetsTests
{
    private readonly Subject _subject = Subjects.Create(nameof(TokenRnn));

    [Theory]
    [InlineData(-1)]
    [InlineData(-100)]
    [InlineData(int.MinValue)]
    public void A_window_of_ignored_targets_has_no_loss_and_no_gradient(int ignored)
    {
        TestTrainer trainer = _subject.CreateTrainer!(new Sgd(0.1f));
        float[] weights = _subject.Model.Parameters.ToArray();

        Assert.Equal(0, trainer.Accumulate(_subject.Inputs(3), (int[])[ignored, ignored, ignored]));

        Assert.Equal(0, trainer.Tape.LossSum);
        Assert.Equal(0, trainer.Tape.TargetCount);
        Assert.True(float.IsNaN(trainer.Tape.Loss));
        Assert.All(trainer.Tape.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
        Assert.Equal(0, trainer.Update());
        Same.Bits(weights, _subject.Model.Parameters, "weights");
        Assert.Equal(0, trainer.SkippedUpdates());
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
            TestNumbers.Values(_subject.InitialStateGradients(expected)), TestNumbers.Values(_subject.InitialStateGradients(tape)), 1e-6, "state gradients");
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
        _subject.Record(_subject.CreateState(), inputs, tape);
        loss = _subject.Learn!(tape, targets);
        return tape;
    }
}
