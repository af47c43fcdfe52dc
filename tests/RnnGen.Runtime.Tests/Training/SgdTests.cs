using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>SGD against PyTorch's equations in double precision, number by number.</summary>
public class SgdTests
{
    private const double Tolerance = 2e-6;

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Plain_descent(string name) => Run(name, new Sgd(0.1f));

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Momentum(string name) => Run(name, new Sgd(0.1f) { Momentum = 0.9f });

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Nesterov(string name) => Run(name, new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true });

    [Fact]
    public void A_schedule_changes_the_rate_of_the_next_update()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(ShortLstm));
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f));
        Assert.Equal(0.1f, trainer.Optimizer.LearningRate);
        trainer.Optimizer.LearningRate = 0;
        float[] weights = subject.Model.Parameters.ToArray();

        trainer.Train(subject.Inputs(3), subject.Targets(3));

        Same.Bits(weights, subject.Model.Parameters, "weights");
        Assert.Equal(0.1f, trainer.Optimizer.Settings.LearningRate);
    }

    private static void Run(string name, Sgd settings)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        var scalar = new ScalarModel(subject);
        double[] velocity = new double[scalar.Weights.Length];
        TestTrainer trainer = subject.CreateTrainer(settings);
        for (int update = 1; update <= 20; update++)
        {
            int steps = 1 + (update % subject.SequenceLength);
            float loss = trainer.Accumulate(subject.Inputs(steps, seed: update), subject.Targets(steps, seed: -update));
            double[] gradient = scalar.MeanGradient(trainer.Tape);
            for (int k = 0; k < velocity.Length; k++)
            {
                velocity[k] = (settings.Momentum * velocity[k]) + gradient[k];
                double step = settings.Nesterov ? gradient[k] + (settings.Momentum * velocity[k]) : velocity[k];
                scalar.Weights[k] -= settings.LearningRate * step;
            }

            Assert.Equal(loss, trainer.Update());
            Assert.Equal(update, trainer.Optimizer.Updates);
            Same.About(ScalarModel.Norm(gradient), trainer.Optimizer.GradientNorm, 1e-5, "norm of the gradient");
            scalar.AssertAbout(Tolerance);
        }
    }
}
