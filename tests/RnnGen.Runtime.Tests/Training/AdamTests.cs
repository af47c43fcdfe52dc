using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Adam against PyTorch's equations in double precision, number by number.</summary>
public class AdamTests
{
    private const double Tolerance = 5e-6;

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Default_settings(string name) => Run(name, new Adam(), 0.9, 0.999);

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Other_settings(string name) =>
        Run(name, new Adam(0.02f) { Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-4f }, 0.8, 0.99);

    // The means are corrected for their start at zero; without betas nothing is left to correct.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void No_memory(string name) => Run(name, new Adam(0.01f) { Beta1 = 0, Beta2 = 0, Epsilon = 1e-3f }, 0, 0);

    /// <summary>Moments that decay without end go through the range in which a core computes a hundred times slower.</summary>
    [Fact]
    public void Moments_do_not_become_subnormal()
    {
        OptimizerSettings[] all = [new Adam { Beta2 = 0.95f }, new RmsProp { Alpha = 0.9f, Momentum = 0.9f }, new Sgd(0.1f) { Momentum = 0.9f }];
        foreach (OptimizerSettings settings in all)
        {
            ModelUnderTest subject = ModelsUnderTest.Create(nameof(ShortLstm));
            Optimizer optimizer = settings.CreateOptimizer(subject.Model);
            Tape tape = subject.RunningTape(4);
            for (int update = 0; update < 2500; update++)
            {
                optimizer.Update(tape);
                foreach (MomentBuffer moment in optimizer.Moments)
                {
                    Assert.DoesNotContain(moment.Values.Span.ToArray(), float.IsSubnormal);
                }
            }

            Assert.All(optimizer.Moments, moment => Assert.Equal(-1, moment.Values.Span.IndexOfAnyExcept(0)));
        }
    }

    private static void Run(string name, Adam settings, double beta1, double beta2)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        var scalar = new ScalarModel(subject);
        double[] means = new double[scalar.Weights.Length];
        double[] squares = new double[scalar.Weights.Length];
        TestTrainer trainer = subject.CreateTrainer(settings);
        for (int update = 1; update <= 20; update++)
        {
            int steps = 1 + (update % subject.SequenceLength);
            trainer.Accumulate(subject.Inputs(steps, seed: update), subject.Targets(steps, seed: -update));
            double[] gradient = scalar.MeanGradient(trainer.Tape);
            for (int k = 0; k < means.Length; k++)
            {
                means[k] = (beta1 * means[k]) + ((1 - beta1) * gradient[k]);
                squares[k] = (beta2 * squares[k]) + ((1 - beta2) * gradient[k] * gradient[k]);
                double mean = means[k] / (1 - Math.Pow(beta1, update));
                double root = Math.Sqrt(squares[k] / (1 - Math.Pow(beta2, update)));
                scalar.Weights[k] -= settings.LearningRate * mean / (root + settings.Epsilon);
            }

            trainer.Update();
            scalar.AssertAbout(Tolerance);
        }
    }
}
