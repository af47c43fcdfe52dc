using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Frozen layers, parameters without weight decay, averaged weights.</summary>
public class FrozenTests
{
    private static readonly OptimizerSettings[] Settings =
    [
        new Sgd(0.1f) { Momentum = 0.9f }, new Adam(0.1f), new AdamW(0.1f) { WeightDecay = 0.5f }, new RmsProp(0.1f) { Momentum = 0.5f }, new AdaGrad(0.1f),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_frozen_layer_stays_and_the_others_move(int frozen)
    {
        foreach (OptimizerSettings settings in Settings)
        {
            ModelUnderTest subject = ModelsUnderTest.Create(nameof(GruStack));
            TestTrainer trainer = subject.CreateTrainer(settings);
            trainer.Train(subject.Inputs(7), subject.Targets(7));
            subject.Model.Layers[frozen].Frozen = true;
            float[][] before = [.. subject.Model.Layers.Select(Values)];
            for (int update = 0; update < 3; update++)
            {
                trainer.Train(subject.Inputs(7), subject.Targets(7));
            }

            for (int layer = 0; layer < before.Length; layer++)
            {
                Assert.Equal(layer == frozen, Values(subject.Model.Layers[layer]).AsSpan().SequenceEqual(before[layer]));
            }
        }
    }

    [Fact]
    public void A_frozen_layer_without_parameters_changes_nothing()
    {
        ModelUnderTest frozen = ModelsUnderTest.Create(nameof(EmbeddingMix));
        ModelUnderTest other = ModelsUnderTest.Create(nameof(EmbeddingMix));
        frozen.Model.Layers[2].Frozen = true;
        Assert.Empty(frozen.Model.Layers[2].Parameters);
        frozen.CreateTrainer(new Sgd(0.1f)).Train(frozen.Inputs(5), frozen.Targets(5));
        other.CreateTrainer(new Sgd(0.1f)).Train(other.Inputs(5), other.Targets(5));

        Assert.True(frozen.Model.Parameters.SequenceEqual(other.Model.Parameters));
    }

    [Fact]
    public void Its_gradients_do_not_count_for_the_norm()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(ShortLstm));
        TestTrainer all = subject.CreateTrainer(new Sgd(0));
        all.Train(subject.Inputs(8), subject.Targets(8));
        subject.Model.Layers[0].Frozen = true;
        TestTrainer some = subject.CreateTrainer(new Sgd(0));
        some.Train(subject.Inputs(8), subject.Targets(8));

        Assert.True(some.Optimizer.GradientNorm < all.Optimizer.GradientNorm);
        Assert.True(some.Optimizer.GradientNorm > 0);
    }

    [Fact]
    public void Parameters_that_are_left_out_do_not_decay()
    {
        ModelUnderTest decaying = ModelsUnderTest.Create(nameof(ShortLstm));
        ModelUnderTest plain = ModelsUnderTest.Create(nameof(ShortLstm));
        var settings = new AdamW(0.1f) { WeightDecay = 0.5f, Decays = parameter => parameter.Shape.Count > 1 };
        decaying.CreateTrainer(settings).Train(decaying.Inputs(8), decaying.Targets(8));
        float[][] start = [.. plain.Model.Layers.SelectMany(l => l.Parameters).Select(Values)];
        plain.CreateTrainer(new Adam(0.1f)).Train(plain.Inputs(8), plain.Targets(8));

        Parameter[] found = [.. decaying.Model.Layers.SelectMany(l => l.Parameters)];
        Parameter[] undecayed = [.. plain.Model.Layers.SelectMany(l => l.Parameters)];
        for (int k = 0; k < found.Length; k++)
        {
            float[] expected = Values(undecayed[k]);
            for (int element = 0; element < expected.Length; element++)
            {
                float decay = found[k].Shape.Count > 1 ? 0.1f * 0.5f * start[k][element] : 0;
                Assert.Equal(expected[element] - decay, Values(found[k])[element], 1e-6f);
            }
        }
    }

    [Fact]
    public void Averaged_weights()
    {
        var model = new ShortLstm(seed: 1);
        ShortLstm average = model.Clone();
        var mean = new ExponentialMovingAverage(model, decay: 0.75f);
        float[] expected = model.Parameters.ToArray();
        ShortLstm.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        for (int update = 0; update < 5; update++)
        {
            trainer.Train(new float[3 * 8], new float[2 * 8]);
            mean.Update();
            for (int k = 0; k < expected.Length; k++)
            {
                expected[k] = (0.75f * expected[k]) + (0.25f * model.Parameters[k]);
            }
        }

        mean.CopyTo(average);

        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], average.Parameters[k], 1e-6f);
        }

        Assert.False(average.Parameters.SequenceEqual(model.Parameters));
        Assert.Throws<ArgumentException>(() => mean.CopyTo(new Plain(seed: 1)));
    }

    private static float[] Values(Layer layer) => [.. layer.Parameters.SelectMany(Values)];

    private static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }
}
