using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

public class MiniBatchTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void An_update_takes_the_mean_over_all_targets(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        var scalar = new ScalarModel(subject);
        double[] gradient = new double[scalar.Weights.Length];
        double loss = 0;
        int[] lengths = [subject.SequenceLength, 1, 3];
        long count = lengths.Sum(steps => (long)subject.Rows(steps) * subject.TargetWidth);
        foreach (int steps in lengths)
        {
            Tape tape = subject.CreateTape();
            subject.Forward(subject.CreateState(), subject.Inputs(steps, seed: steps), tape);
            subject.Backward(tape, subject.Targets(steps, seed: steps));
            Assert.Equal(subject.Rows(steps) * subject.TargetWidth, tape.TargetCount);
            loss += tape.LossSum / count;
            double[] mean = scalar.MeanGradient(tape);
            for (int k = 0; k < gradient.Length; k++)
            {
                gradient[k] += mean[k] * tape.TargetCount / count;
            }
        }

        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.5f));
        foreach (int steps in lengths)
        {
            trainer.Accumulate(subject.Inputs(steps, seed: steps), subject.Targets(steps, seed: steps));
        }

        Assert.Equal(count, trainer.Tape.TargetCount);
        Same.About(loss, trainer.Tape.Loss, 1e-6, "loss of the tape");
        Same.About(loss, trainer.Update(), 1e-6, "loss of the update");
        for (int k = 0; k < gradient.Length; k++)
        {
            scalar.Weights[k] -= 0.5 * gradient[k];
        }

        scalar.AssertAbout(1e-6);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Step_is_Accumulate_and_Update(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        ModelUnderTest twin = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Adam(0.01f));
        TestTrainer other = twin.CreateTrainer(new Adam(0.01f));
        for (int update = 0; update < 5; update++)
        {
            float expected = trainer.Accumulate(subject.Inputs(4, update), subject.Targets(4, update));
            trainer.Update();

            Assert.Equal(expected, other.Train(subject.Inputs(4, update), subject.Targets(4, update)));
            Same.Bits(subject.Model.Parameters, twin.Model.Parameters, "weights");
        }
    }

    // The sums grow, whichever way they come.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Backward_adds_to_the_sums(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape tape = subject.CreateTape();
        subject.Forward(subject.CreateState(), subject.Inputs(3), tape);
        subject.Backward(tape, subject.OutputGradients(3), null);
        float[] once = tape.Gradients.ToArray();

        subject.Backward(tape, subject.OutputGradients(3), null);

        Same.Bits([.. once.Select(gradient => 2 * gradient)], tape.Gradients, "gradients");
        Assert.Equal(0, tape.TargetCount);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Two_runs_are_equal_bit_for_bit(string name)
    {
        foreach (OptimizerSettings settings in (OptimizerSettings[])[new Sgd(0.1f) { Momentum = 0.9f }, new Adam(0.01f) { ClipNorm = 1 }])
        {
            (float[] weights, float[] losses) = Run();
            (float[] weightsAgain, float[] lossesAgain) = Run();

            Same.Bits(weights, weightsAgain, "weights");
            Same.Bits(losses, lossesAgain, "losses");

            (float[] Weights, float[] Losses) Run()
            {
                ModelUnderTest subject = ModelsUnderTest.Create(name);
                TestTrainer trainer = subject.CreateTrainer(settings);
                State carried = subject.CreateState();
                var values = new List<float>();
                for (int update = 0; update < 50; update++)
                {
                    int steps = 1 + (update % subject.SequenceLength);
                    values.Add(trainer.Accumulate(subject.Inputs(steps, update), subject.Targets(steps, update)));
                    values.Add(trainer.Accumulate(carried, subject.Inputs(steps, update + 1), subject.Targets(steps, update + 1)));
                    values.Add(trainer.Update());
                }

                return (subject.Model.Parameters.ToArray(), [.. values]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Training_lowers_the_loss(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Adam(0.02f));
        float first = trainer.Train(subject.Inputs(4), subject.Targets(4));
        float last = first;
        for (int update = 0; update < 200; update++)
        {
            last = trainer.Train(subject.Inputs(4), subject.Targets(4));
        }

        Assert.True(last < 0.9 * first, $"from {first} to {last}");
    }
}
