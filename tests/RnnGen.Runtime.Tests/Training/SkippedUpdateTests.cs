using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A loss or gradient that is not finite is reported and skipped, and the training continues.</summary>
public class SkippedUpdateTests
{
    private static readonly OptimizerSettings[] Optimizers =
    [
        new Sgd(0.1f),
        new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true },
        new Sgd(0.1f) { Momentum = 0.9f, ClipNorm = 0.1f },
        new Adam(0.01f),
        new Adam(0.01f) { ClipValue = 0.1f, ClipNorm = 0.1f },
    ];

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Bad_inputs(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        if (subject.Tokens)
        {
            return;
        }

        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            Data inputs = subject.Inputs(3);
            inputs.Numbers[subject.InputSize] = bad;
            Run(name, inputs, subject.Targets(3));
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Bad_targets(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        if (subject.Classes)
        {
            return;
        }

        foreach (float bad in (float[])[float.PositiveInfinity, float.NegativeInfinity])
        {
            Data targets = subject.Targets(3);
            targets.Numbers[^1] = bad;
            Run(name, subject.Inputs(3), targets);
        }
    }

    // Its squared error is a double and finite, but twice the error is no float.
    [Theory]
    [InlineData(nameof(ShortLstm))]
    [InlineData(nameof(EmbeddingMix))]
    [InlineData(nameof(Plain))]
    public void Targets_so_far_off_that_the_gradient_overflows(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Data targets = subject.Targets(1);
        targets.Numbers.Fill(float.MaxValue);

        Run(name, subject.Inputs(1), targets);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Bad_gradients_of_ones_own(string name)
    {
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (OptimizerSettings settings in Optimizers)
            {
                ModelUnderTest subject = ModelsUnderTest.Create(name);
                Optimizer optimizer = settings.CreateOptimizer(subject.Model);
                Tape tape = subject.RunningTape(1);
                float[] gradients = subject.OutputGradients(1);
                Array.Fill(gradients, bad);
                subject.Backward(tape, gradients, null);
                float[] weights = subject.Model.Parameters.ToArray();

                Assert.False(optimizer.Update(tape), settings.ToString());

                Same.Bits(weights, subject.Model.Parameters, "weights");
                AssertCleared(tape);
                Assert.Equal(0, optimizer.Updates);
                Assert.False(float.IsFinite(optimizer.GradientNorm));
            }
        }
    }

    // The right class is impossible, so the loss is infinite; the gradient is p - 1 all the same.
    [Fact]
    public void A_bad_loss_with_a_good_gradient()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(TokenRnn));
        subject.Model.Layers[^1]["bias"].CopyFrom([0, float.NegativeInfinity, 0, 0]);
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f));
        float[] weights = subject.Model.Parameters.ToArray();

        Assert.Equal(float.PositiveInfinity, trainer.Accumulate(subject.Inputs(2), (int[])[0, 1]));
        Assert.All(trainer.Tape.Gradients.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
        Assert.True(float.IsNaN(trainer.Update()));

        Assert.Equal(1, trainer.SkippedUpdates);
        Assert.False(float.IsFinite(trainer.Optimizer.GradientNorm));
        Same.Bits(weights, subject.Model.Parameters, "weights");
        AssertCleared(trainer.Tape);
    }

    // One bad window spoils the mini-batch that it is in.
    [Fact]
    public void A_bad_window_among_good_ones()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(ShortLstm));
        TestTrainer trainer = subject.CreateTrainer(new Adam(0.01f));
        Data bad = subject.Inputs(3);
        bad.Numbers[0] = float.NaN;
        float[] weights = subject.Model.Parameters.ToArray();

        Assert.True(float.IsFinite(trainer.Accumulate(subject.Inputs(3), subject.Targets(3))));
        Assert.True(float.IsNaN(trainer.Accumulate(bad, subject.Targets(3))));
        Assert.True(float.IsFinite(trainer.Accumulate(subject.Inputs(3), subject.Targets(3))));
        Assert.True(float.IsNaN(trainer.Update()));

        Same.Bits(weights, subject.Model.Parameters, "weights");
        AssertCleared(trainer.Tape);
        Assert.Equal(1, trainer.SkippedUpdates);
    }

    /// <summary>A model with a bad step and its twin without.</summary>
    private static void Run(string name, Data badInputs, Data badTargets)
    {
        foreach (OptimizerSettings settings in Optimizers)
        {
            ModelUnderTest subject = ModelsUnderTest.Create(name);
            ModelUnderTest twin = ModelsUnderTest.Create(name);
            TestTrainer trainer = subject.CreateTrainer(settings);
            TestTrainer other = twin.CreateTrainer(settings);
            Train(subject, trainer, 0);
            Train(twin, other, 0);
            float[] weights = subject.Model.Parameters.ToArray();

            for (int bad = 1; bad <= 2; bad++)
            {
                float loss = trainer.Train(badInputs, badTargets);

                Assert.True(float.IsNaN(loss), $"{settings}: the loss was {loss}.");
                Assert.Equal(bad, trainer.SkippedUpdates);
                Assert.Equal(3, trainer.Optimizer.Updates);
                Assert.False(float.IsFinite(trainer.Optimizer.GradientNorm));
                Same.Bits(weights, subject.Model.Parameters, "weights");
                AssertCleared(trainer.Tape);
            }

            Train(subject, trainer, 3);
            Train(twin, other, 3);
            Same.Bits(twin.Model.Parameters, subject.Model.Parameters, "weights after the next updates");
            Assert.Equal(2, trainer.SkippedUpdates);
            Assert.Equal(0, other.SkippedUpdates);
        }
    }

    private static void Train(ModelUnderTest subject, TestTrainer trainer, int first)
    {
        for (int update = first; update < first + 3; update++)
        {
            Assert.True(float.IsFinite(trainer.Train(subject.Inputs(4, seed: update), subject.Targets(4, seed: update))));
        }
    }

    private static void AssertCleared(Tape tape)
    {
        Same.Bits(new float[tape.Gradients.Length], tape.Gradients, "gradients");
        Assert.Equal(0, tape.LossSum);
        Assert.Equal(0, tape.TargetCount);
    }
}
