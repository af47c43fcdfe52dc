using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Weights of classes and of positive targets, and the denominators of the means.</summary>
[Collection(nameof(AllocationTests))]
public class TargetWeightTests
{
    private static readonly float[] X = [.. Enumerable.Range(0, 15).Select(k => MathF.Sin(k))];

    [Fact]
    public void The_mean_is_over_the_weights_of_the_classes()
    {
        // The weights are 0, 1, 1, 2, 1, 1, 0.5.
        var model = new TiedWords(seed: 1);
        TiedWords.Tape tape = model.CreateTape();
        var probabilities = new float[5 * 7];
        model.Forward(model.CreateState(), [1, 2, 3, 4, 5], probabilities, tape);
        float loss = model.Backward(tape, [3, 0, -1, 6, 2]);

        double expected = -(2 * Math.Log(probabilities[3])) - (0.5 * Math.Log(probabilities[(3 * 7) + 6])) - Math.Log(probabilities[(4 * 7) + 2]);
        Assert.Equal(expected / 3.5, loss, 1e-5);
        Assert.Equal((4, 3.5), (tape.TargetCount, tape.TargetWeight));

        Score score = model.Evaluate(model.CreateState(), [1, 2, 3, 4, 5], [3, 0, -1, 6, 2]);
        Assert.Equal((4, 3.5), (score.Count, score.TargetWeight));
        Assert.Equal(loss, score.Loss, 1e-5);
        Assert.Equal(7, (score + score).TargetWeight);
        Assert.Equal(score.Loss, (score + score).Loss, 1e-12);
    }

    [Fact]
    public void Classes_without_weight_alone_change_nothing()
    {
        var model = new TiedWords(seed: 1);
        TiedWords.Trainer trainer = model.CreateTrainer(new Adam(0.1f));
        float[] weights = model.Parameters.ToArray();

        Assert.True(float.IsNaN(trainer.Train([1, 2], [0, 0])));

        Same.Bits(weights, model.Parameters, "weights");
        Assert.Equal(0, trainer.SkippedUpdates);
    }

    [Fact]
    public void The_mean_is_over_all_answers_whatever_their_weights()
    {
        var model = new Alarms(seed: 1);
        Alarms.Tape tape = model.CreateTape();
        var p = new float[4];
        model.Forward(model.CreateState(), X.AsSpan(0, 6), p, tape);
        float loss = model.Backward(tape, [1, 0.25f, float.NaN, 1]);

        double expected = -(10 * Math.Log(p[0])) - (0.5 * 0.25 * Math.Log(p[1])) - (0.75 * Math.Log(1 - p[1])) - (0.5 * Math.Log(p[3]));
        Assert.Equal(expected / 3, loss, 1e-5);
        Assert.Equal((3, 3.0), (tape.TargetCount, tape.TargetWeight));
    }

    // Far outside single precision's logistic function: small losses keep their digits.
    [Theory]
    [InlineData(-30)]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    public void Losses_of_answers_keep_their_digits(float z)
    {
        foreach (float t in (float[])[0, 0.25f, 1])
        {
            float[] logits = [.. Enumerable.Repeat(z, 19)];
            float[] targets = [.. Enumerable.Repeat(t, 19)];
            var gradients = new float[19];
            Score score = new CompilerServices.SigmoidHead().Loss(logits, gradients, targets);

            double power = Math.Exp(-Math.Abs((double)z));
            double small = power < 1e-8 ? power : Math.Log(1 + power);
            double loss = ((1 - t) * (Math.Max(z, 0) + small)) + (t * (Math.Max(-z, 0) + small));
            double p = z < 0 ? power / (1 + power) : 1 / (1 + power);
            double gradient = ((1 - t) * p) - (t * (z < 0 ? 1 / (1 + power) : power / (1 + power)));
            Same.About(19 * loss, score.LossSum, 19e-6 * loss, "loss");
            Assert.All(gradients, g => Same.About(gradient, g, 1e-6 * Math.Abs(gradient), "gradient"));
        }
    }

    [Fact]
    public void Allocates_nothing()
    {
        Alarms.Trainer trainer = new Alarms(seed: 1).CreateTrainer(new Adam(1e-3f));
        float[] targets = [0, 1, 1, float.NaN, 0, 1];
        Alarms.State state = trainer.Model.CreateState();

        Allocations.None(
            () =>
            {
                trainer.Train(X.AsSpan(0, 9), targets);
                trainer.Model.Evaluate(state, X.AsSpan(0, 9), targets);
            },
            200);
    }
}
