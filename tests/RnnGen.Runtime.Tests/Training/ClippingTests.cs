using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Clipping, computed by hand: one update of SGD shows the gradient that was used.</summary>
public class ClippingTests
{
    private const float Rate = 0.5f;

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void A_long_gradient_is_scaled_down_to_the_norm(string name)
    {
        Run(name, new Sgd(Rate) { ClipNorm = 0.05f }, gradient =>
        {
            double norm = ScalarModel.Norm(gradient);
            Assert.True(norm > 0.05);
            return [.. gradient.Select(g => g * 0.05 / (norm + 1e-6))];
        });
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void A_short_gradient_stays_as_it_is(string name)
    {
        Run(name, new Sgd(Rate) { ClipNorm = 1000, ClipValue = 1000 }, gradient => gradient);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Large_values_are_cut(string name)
    {
        Run(name, new Sgd(Rate) { ClipValue = 0.02f }, gradient =>
        {
            Assert.Contains(gradient, g => Math.Abs(g) > 0.02);
            return [.. gradient.Select(g => Math.Clamp(g, -0.02, 0.02))];
        });
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Values_are_cut_before_the_norm_is_looked_at(string name)
    {
        Run(name, new Sgd(Rate) { ClipValue = 0.02f, ClipNorm = 0.01f }, gradient =>
        {
            double[] cut = [.. gradient.Select(g => Math.Clamp(g, -0.02, 0.02))];
            double norm = ScalarModel.Norm(cut);
            Assert.True(norm > 0.01);
            return [.. cut.Select(g => g * 0.01 / (norm + 1e-6))];
        });
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void A_limit_of_zero_leaves_nothing(string name)
    {
        Run(name, new Sgd(Rate) { ClipNorm = 0 }, gradient => new double[gradient.Length]);
        Run(name, new Sgd(Rate) { ClipValue = 0 }, gradient => new double[gradient.Length]);
    }

    // The square of such a number is no float.
    [Fact]
    public void A_gradient_whose_square_overflows_is_scaled_down_too()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(Plain));
        Optimizer optimizer = new Sgd(1) { ClipNorm = 1 }.CreateOptimizer(subject.Model);
        Tape tape = subject.CreateTape();
        var scalar = new ScalarModel(subject);
        subject.Forward(subject.CreateState(), subject.Inputs(1), tape);
        subject.Backward(tape, [1e30f], null);
        double[] gradient = scalar.MeanGradient(tape);
        double norm = ScalarModel.Norm(gradient);

        Assert.True(optimizer.Update(tape));

        Assert.InRange(optimizer.GradientNorm / norm, 0.99999, 1.00001);
        for (int k = 0; k < gradient.Length; k++)
        {
            scalar.Weights[k] -= gradient[k] / norm;
        }

        scalar.AssertAbout(1e-6);
    }

    private static void Run(string name, Sgd settings, Func<double[], double[]> clip)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(settings);
        var scalar = new ScalarModel(subject);
        trainer.Accumulate(subject.Inputs(3), subject.Targets(3));
        double[] gradient = scalar.MeanGradient(trainer.Tape);
        double[] clipped = clip(gradient);
        for (int k = 0; k < clipped.Length; k++)
        {
            scalar.Weights[k] -= Rate * clipped[k];
        }

        trainer.Update();

        scalar.AssertAbout(1e-6);
        Same.About(ScalarModel.Norm(gradient), trainer.Optimizer.GradientNorm, 1e-5, "norm of the gradient");
    }
}
