using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

[RnnModel(inputSize: 3, sequenceLength: 8), Rnn(8), Linear(1)]
internal sealed partial class SmallRnn;

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class WideDense
{
    [Dense(100)]
    public partial Layer Hidden { get; }

    [Linear(1)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 4)]
internal sealed partial class ThreeLayers
{
    [Dense(5)]
    public partial Layer Low { get; }

    [Dense(17)]
    public partial Layer Middle { get; }

    [Linear(2)]
    public partial Layer High { get; }
}

/// <summary>An update leaves all weights and moments finite, or changes none of them.</summary>
public sealed class FiniteUpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The loss is finite, its gradient too, and the square of this is not.
    [Fact]
    public void A_target_that_is_far_off_is_left_out()
    {
        SmallRnn.Trainer trainer = new SmallRnn(seed: 1).CreateTrainer(new Adam(0.01f));
        SmallRnn.Trainer control = new SmallRnn(seed: 1).CreateTrainer(new Adam(0.01f));
        var random = new Random(1);
        float loss = float.NaN;
        for (int update = 0; update < 600; update++)
        {
            float[] x = TestNumbers.Random(random, 8 * 3);
            float[] y = [.. Enumerable.Range(0, 8).Select(step => x[step * 3] / 2)];
            if (update == 100)
            {
                float[] far = [.. y];
                far[3] = 1e20f;
                Assert.True(float.IsNaN(trainer.Train(x, far)));
            }

            control.Train(x, y);
            loss = trainer.Train(x, y);
        }

        Assert.Equal(1, trainer.SkippedUpdates);
        Assert.Equal(600, trainer.Optimizer.Updates);
        Assert.InRange(loss, 0, 1e-3);
        Same.Bits(control.Model.Parameters, trainer.Model.Parameters, "weights");
    }

    [Fact]
    public void A_rate_that_is_far_too_high_leaves_finite_weights()
    {
        WideDense.Trainer trainer = new WideDense(seed: 1).CreateTrainer(new Sgd(1000));
        var random = new Random(1);
        for (int update = 0; update < 50; update++)
        {
            float loss = trainer.Train(TestNumbers.Random(random, 24), TestNumbers.Random(random, 8));

            Assert.All(trainer.Model.Parameters.ToArray(), weight => Assert.True(float.IsFinite(weight)));
            Assert.Equal(float.IsNaN(loss), float.IsNaN(trainer.Optimizer.GradientNorm));
        }

        Assert.InRange(trainer.SkippedUpdates, 1, 49);
    }

    [Fact]
    public void Whatever_comes_all_is_finite_and_done_or_nothing_is()
    {
        var random = new Random(7);
        int done = 0;
        int leftOut = 0;
        for (int round = 0; round < 1500; round++)
        {
            OptimizerSettings settings = Settings(random);
            var model = new ThreeLayers(seed: round);
            Scale(model, Sometimes(random, 0.3, () => Power(random, -38, 38)) ?? 1, random);
            model.Low.Frozen = random.Next(4) == 0;
            model.Middle.Frozen = random.Next(4) == 0;
            Optimizer optimizer = settings.CreateOptimizer(model);
            ThreeLayers.Tape tape = model.CreateTape();
            float gradientSize = Power(random, -38, 38.4);
            for (int update = 0; update < 6; update++)
            {
                if (random.Next(6) == 0)
                {
                    gradientSize = Power(random, -38, 38.4);
                }

                FillGradients(model, tape, gradientSize, random);
                float targets = Sometimes(random, 0.2, () => Power(random, -5, 5)) ?? 1;
                float[] weights = model.Parameters.ToArray();
                float[][] moments = Moments(optimizer);
                var expected = new PlainUpdate(settings, model, optimizer, tape, targets);

                bool isDone = optimizer.Update(tape, targets);

                string what = $"{settings}, round {round}, update {update}, gradients {gradientSize}, targets {targets}";
                Assert.True(expected.IsFinite == isDone, $"{what}: finite {expected.IsFinite}, done {isDone}");
                Same.Bits(isDone ? expected.Weights : weights, model.Parameters, what);
                Assert.All(Moments(optimizer).Zip(isDone ? expected.Moments : moments), pair => Same.Bits(pair.Second, pair.First, what));
                Assert.All(tape.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
                (done, leftOut) = isDone ? (done + 1, leftOut) : (done, leftOut + 1);
            }
        }

        Assert.InRange(done, 2000, int.MaxValue);
        Assert.InRange(leftOut, 1000, int.MaxValue);
    }

    // Looking at all numbers takes as long as the update: it is for what cannot be proved.
    [Fact]
    public void Ordinary_updates_are_proved()
    {
        OptimizerSettings[] ordinary =
        [
            new Sgd(0.1f), new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true }, new Adam(), new AdamW(), new RmsProp(), new RmsProp { Momentum = 0.9f }, new AdaGrad(),
        ];
        foreach (OptimizerSettings settings in ordinary)
        {
            var random = new Random(1);
            SmallRnn.Trainer trainer = new SmallRnn(seed: 1).CreateTrainer(settings);
            for (int update = 0; update < 300; update++)
            {
                trainer.Train(TestNumbers.Random(random, 24), TestNumbers.Random(random, 8));
                Assert.True(((IRnnModel)trainer.Model).Weights.Bound.IsKnown, settings.ToString());
            }
        }
    }

    // What is known of the weights and moments before does not hold for those of a file, of a user, or of another optimizer.
    [Fact]
    public void Moments_of_a_file_are_looked_at()
    {
        var settings = new Sgd(1) { Momentum = 0.9f };
        SmallRnn.Trainer writer = new SmallRnn(seed: 1).CreateTrainer(settings);
        writer.Optimizer.Moments[0].Values.Span[..16].Fill(3e38f);
        writer.Save(_folder.File("training"));
        SmallRnn.Trainer trainer = new SmallRnn(seed: 1).CreateTrainer(settings);
        trainer.Train(new float[24], new float[8]);

        trainer.Resume(_folder.File("training"));

        // An average looks at the weights, and then these are known, while the moments are not.
        _ = new ExponentialMovingAverage(trainer.Model);
        for (int update = 0; update < 3; update++)
        {
            trainer.Train(new float[24], new float[8]);
            Assert.All(trainer.Model.Parameters.ToArray(), weight => Assert.True(float.IsFinite(weight)));
        }

        Assert.InRange(trainer.SkippedUpdates, 1, 3);
    }

    [Fact]
    public void Weights_that_others_wrote_are_looked_at()
    {
        var model = new ThreeLayers(seed: 1);
        Optimizer optimizer = new Sgd(1e38f).CreateOptimizer(model);
        ThreeLayers.Tape tape = model.CreateTape();
        tape.MutableGradients.Fill(1e-30f);
        Assert.True(optimizer.Update(tape));
        model.Low["bias"].CopyFrom([-3.4e38f, 0, 0, 0, 0]);
        float[] weights = model.Parameters.ToArray();

        tape.MutableGradients.Fill(0.1f);
        Assert.False(optimizer.Update(tape));

        Same.Bits(weights, model.Parameters, "weights");
        Assert.Equal(1, optimizer.Updates);
    }

    [Fact]
    public void A_weight_that_is_not_finite_already_stops_updates_unless_it_is_frozen()
    {
        var model = new ThreeLayers(seed: 1);
        model.Low["bias"].CopyFrom([float.NegativeInfinity, 0, 0, 0, 0]);
        Optimizer optimizer = new Adam(0.1f).CreateOptimizer(model);
        ThreeLayers.Tape tape = model.CreateTape();

        Assert.False(optimizer.Update(tape));
        model.Low.Frozen = true;
        Assert.True(optimizer.Update(tape));
    }

    [Fact]
    public void The_sum_of_workers_may_overflow()
    {
        using SharedPlain.Trainer trainer = new SharedPlain(seed: 1).CreateTrainer(new Sgd(1e-30f));
        trainer.Workers = 2;
        var random = new Random(1);
        float[][] inputs = [.. Enumerable.Range(0, 8).Select(_ => TestNumbers.Random(random, 200))];
        var data = new Sequences<float, float>(inputs, inputs.Select(_ => Enumerable.Repeat(-5e35f, 50).ToArray()));
        float[] weights = trainer.Model.Parameters.ToArray();

        Assert.True(float.IsNaN(trainer.Train(data, 0, 1, 2, 3, 4, 5, 6, 7)));

        Same.Bits(weights, trainer.Model.Parameters, "weights");
        Assert.Equal(1, trainer.SkippedUpdates);
    }

    [Fact]
    public void An_average_stays_finite()
    {
        var model = new SmallRnn(seed: 1);
        var average = new ExponentialMovingAverage(model, decay: 0.5f);
        SmallRnn before = model.Clone();
        Parameter bias = model.Layers[^1]["bias"];
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue])
        {
            bias.CopyFrom([bad]);
            average.Update();
            Assert.Throws<ArgumentException>("model", () => new ExponentialMovingAverage(model));
        }

        SmallRnn averaged = model.Clone();
        average.CopyTo(averaged);
        Same.Bits(before.Parameters, averaged.Parameters, "average");

        // It goes on when the weights are finite again.
        float old = TestNumbers.Values(before.Layers[^1]["bias"])[0];
        bias.CopyFrom([1]);
        average.Update();
        average.CopyTo(averaged);
        Assert.Equal((0.5f * old) + 0.5f, TestNumbers.Values(averaged.Layers[^1]["bias"])[0]);
    }

    private static OptimizerSettings Settings(Random random)
    {
        float rate = Sometimes(random, 0.5, () => Power(random, -38, 38.5)) ?? 0.01f;
        float epsilon = Sometimes(random, 0.5, () => Power(random, -45, 38.5)) ?? 1e-8f;
        float fraction = Sometimes(random, 0.5, () => random.NextSingle()) ?? 0.9f;
        OptimizerSettings settings = random.Next(8) switch
        {
            0 => new Sgd(rate),
            1 => new Sgd(rate) { Momentum = fraction },
            2 => new Sgd(rate) { Momentum = fraction, Nesterov = true },
            3 => new Adam(rate) { Epsilon = epsilon, Beta1 = fraction },
            4 => new AdamW(rate) { Epsilon = epsilon, WeightDecay = Power(random, -3, 38.5) },
            5 => new RmsProp(rate) { Epsilon = epsilon, Alpha = fraction },
            6 => new RmsProp(rate) { Epsilon = epsilon, Momentum = fraction },
            _ => new AdaGrad(rate) { Epsilon = epsilon },
        };
        return settings with
        {
            ClipNorm = Sometimes(random, 0.2, () => Power(random, -3, 3)) ?? float.PositiveInfinity,
            ClipValue = Sometimes(random, 0.2, () => Power(random, -3, 38.5)) ?? float.PositiveInfinity,
        };
    }

    private static float? Sometimes(Random random, double probability, Func<float> value) => random.NextDouble() < probability ? value() : null;

    private static float Power(Random random, double from, double to) =>
        (float)Math.Min(float.MaxValue, Math.Max(float.Epsilon, Math.Pow(10, from + (random.NextDouble() * (to - from)))));

    private static void Scale(ThreeLayers model, float size, Random random)
    {
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            parameter.CopyFrom([.. TestNumbers.Values(parameter).Select(value => Math.Clamp(value * size * random.NextSingle(), -float.MaxValue, float.MaxValue))]);
        }
    }

    private static void FillGradients(ThreeLayers model, Tape tape, float size, Random random)
    {
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            parameter.Write([.. TestNumbers.Random(random, parameter.Count).Select(value => value * size)], tape.MutableGradients);
        }
    }

    private static float[][] Moments(Optimizer optimizer) => [.. optimizer.Moments.Select(moment => moment.Values.Span.ToArray())];

    /// <summary>The update of each optimizer as plain as can be, number by number.</summary>
    private sealed class PlainUpdate
    {
        private const float LeastNormal = 1.17549435e-38f;

        private readonly OptimizerSettings _settings;
        private readonly long _update;

        public PlainUpdate(OptimizerSettings settings, IRnnModel model, Optimizer optimizer, Tape tape, float targets)
        {
            _settings = settings;
            _update = optimizer.Updates + 1;
            Weights = model.Parameters.ToArray();
            Moments = FiniteUpdateTests.Moments(optimizer);
            float[] gradients = tape.Gradients.ToArray();
            bool[] isTrained = [.. Enumerable.Repeat(true, gradients.Length)];
            foreach (Layer layer in model.Layers.Where(layer => layer.Frozen))
            {
                isTrained.AsSpan()[layer.Range.Start..layer.Range.End].Clear();
                gradients.AsSpan()[layer.Range.Start..layer.Range.End].Clear();
            }

            Clip(gradients, targets);
            for (int k = 0; k < gradients.Length; k++)
            {
                if (isTrained[k])
                {
                    Next(k, gradients[k]);
                }
            }

            IsFinite = Weights.All(float.IsFinite) && Moments.All(moment => moment.All(float.IsFinite));
        }

        public float[] Weights { get; }

        public float[][] Moments { get; }

        public bool IsFinite { get; }

        private void Clip(float[] gradients, float targets)
        {
            float scale = 1 / targets;
            double norm = Norm(gradients) * scale;
            if (_settings.ClipValue < float.PositiveInfinity)
            {
                for (int k = 0; k < gradients.Length; k++)
                {
                    gradients[k] = Math.Clamp(gradients[k] * scale, -_settings.ClipValue, _settings.ClipValue);
                }

                scale = 1;
                norm = Norm(gradients);
            }

            if (norm > _settings.ClipNorm)
            {
                scale *= (float)(_settings.ClipNorm / (norm + 1e-6));
            }

            for (int k = 0; k < gradients.Length; k++)
            {
                gradients[k] *= scale;
            }
        }

        // As the optimizer sums up, in single precision, so that both clip by the same factor.
        private static double Norm(float[] gradients) => Math.Sqrt(Optimizer.SumOfSquares(gradients));

        private void Next(int k, float gradient)
        {
            ref float weight = ref Weights[k];
            ref float first = ref Moments[0][k];
            ref float second = ref Moments[^1][k];
            float rate = _settings.LearningRate;
            switch (_settings)
            {
                case Sgd sgd:
                    first = Flush((first * sgd.Momentum) + gradient);
                    weight -= rate * (sgd.Nesterov ? gradient + (sgd.Momentum * first) : first);
                    break;
                case Adam adam:
                    double beta1 = (double)(decimal)adam.Beta1;
                    double beta2 = (double)(decimal)adam.Beta2;
                    first = Flush((first * (float)beta1) + (gradient * (float)(1 - beta1)));
                    second = Flush((second * (float)beta2) + (gradient * gradient * (float)(1 - beta2)));
                    float root = (MathF.Sqrt(second) * (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, _update)))) + adam.Epsilon;
                    float keep = (float)(1 - ((double)rate * ((adam as AdamW)?.WeightDecay ?? 0)));
                    weight = (weight * keep) - ((float)(rate / (1 - Math.Pow(beta1, _update))) * first / root);
                    break;
                case RmsProp rms:
                    double alpha = (double)(decimal)rms.Alpha;
                    first = Flush((first * (float)alpha) + (gradient * gradient * (float)(1 - alpha)));
                    second = Flush((second * rms.Momentum) + (gradient / (MathF.Sqrt(first) + rms.Epsilon)));
                    weight -= rate * second;
                    break;
                case AdaGrad ada:
                    first += Flush(gradient * gradient);
                    weight -= rate * gradient / (MathF.Sqrt(first) + ada.Epsilon);
                    break;
            }
        }

        private static float Flush(float value) => Math.Abs(value) < LeastNormal ? 0 : value;
    }
}
