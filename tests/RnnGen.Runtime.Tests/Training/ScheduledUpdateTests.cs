using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Updates with the learning rate that the schedule gives for them.</summary>
public class ScheduledUpdateTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void The_first_update_has_the_rate_for_no_update_before(string name) => Run(name, new StepSchedule(2, 0.5f));

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void A_warm_up_starts_with_its_factor(string name) => Run(name, new CosineSchedule(6) { WarmupUpdates = 3, WarmupFactor = 0.1f });

    private static void Run(string name, Schedule schedule)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.2f) { Schedule = schedule });
        var scalar = new ScalarModel(subject);
        for (int update = 0; update < 6; update++)
        {
            trainer.Accumulate(subject.Inputs(3, seed: update), subject.Targets(3, seed: -update));
            double[] gradient = scalar.MeanGradient(trainer.Tape);
            double rate = schedule.Rate(0.2, update);
            for (int k = 0; k < gradient.Length; k++)
            {
                scalar.Weights[k] -= rate * gradient[k];
            }

            Same.About(rate, trainer.Optimizer.LearningRate, 1e-7, $"rate of update {update}");
            trainer.Update();
            scalar.AssertAbout(2e-6);
        }
    }
}
