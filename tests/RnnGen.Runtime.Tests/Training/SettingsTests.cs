using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

public class SettingsTests
{
    private static readonly float[] BelowZero = [-float.Epsilon, -1, float.NegativeInfinity, float.NaN];
    private static readonly float[] NoFraction = [.. BelowZero, 1, 2, float.PositiveInfinity];

    [Fact]
    public void A_learning_rate_is_finite_and_at_least_zero()
    {
        AssertRefused([.. BelowZero, float.PositiveInfinity], nameof(Adam.LearningRate), value => new Sgd(value), value => new Adam(value));
        AssertRefused(
            [.. BelowZero, float.PositiveInfinity],
            nameof(Adam.LearningRate),
            value => new Sgd(1) with { LearningRate = value },
            value => new Adam() with { LearningRate = value });
        Assert.Equal(0, new Sgd(0).LearningRate);
    }

    [Fact]
    public void The_learning_rate_of_a_schedule_is_finite_and_at_least_zero()
    {
        Optimizer optimizer = new Sgd(0.5f).CreateOptimizer(new Plain(seed: 1));

        foreach (float value in (float[])[.. BelowZero, float.PositiveInfinity])
        {
            var e = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = value);
            Assert.Equal(value, e.ActualValue);
        }

        Assert.Equal(0.5f, optimizer.LearningRate);
    }

    [Fact]
    public void Limits_are_at_least_zero_and_may_be_infinite()
    {
        AssertRefused(BelowZero, nameof(Adam.ClipNorm), value => new Sgd(1) { ClipNorm = value }, value => new Adam { ClipNorm = value });
        AssertRefused(BelowZero, nameof(Adam.ClipValue), value => new Sgd(1) { ClipValue = value }, value => new Adam { ClipValue = value });
        Assert.Equal(float.PositiveInfinity, new Sgd(1) { ClipNorm = float.PositiveInfinity }.ClipNorm);
        Assert.Equal(float.PositiveInfinity, new Sgd(1).ClipValue);
    }

    [Fact]
    public void A_momentum_is_at_least_zero_and_less_than_one() =>
        AssertRefused(NoFraction, nameof(Sgd.Momentum), value => new Sgd(1) { Momentum = value });

    [Fact]
    public void Betas_are_at_least_zero_and_less_than_one()
    {
        AssertRefused(NoFraction, nameof(Adam.Beta1), value => new Adam { Beta1 = value });
        AssertRefused(NoFraction, nameof(Adam.Beta2), value => new Adam { Beta2 = value });
    }

    [Fact]
    public void An_epsilon_is_more_than_zero() =>
        AssertRefused([.. BelowZero, 0], nameof(Adam.Epsilon), value => new Adam { Epsilon = value });

    [Fact]
    public void An_optimizer_needs_a_model()
    {
        Assert.Throws<ArgumentNullException>(() => new Sgd(1).CreateOptimizer(null!));
        Assert.Throws<ArgumentNullException>(() => new Adam().CreateOptimizer(null!));
    }

    private static void AssertRefused(float[] values, string name, params Func<float, OptimizerSettings>[] creations)
    {
        foreach (float value in values)
        {
            foreach (Func<float, OptimizerSettings> create in creations)
            {
                var e = Assert.Throws<ArgumentOutOfRangeException>(() => create(value));
                Assert.Equal(name, e.ParamName);
                Assert.Equal(value, e.ActualValue);
            }
        }
    }
}
