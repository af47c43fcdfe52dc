using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A softmax whose weights are an embedding's: one parameter, wherever it is read or written.</summary>
[Collection(nameof(AllocationTests))]
public sealed class TiedWeightsTests : IDisposable
{
    private static readonly int[] Inputs = [0, 5, 3, 2, 6];
    private static readonly int[] Targets = [5, 3, 2, 6, 1];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<OptimizerSettings> Settings =>
    [
        new Sgd(0.1f) { Momentum = 0.9f }, new Adam(0.05f), new AdamW(0.05f) { WeightDecay = 0.5f }, new RmsProp(0.01f) { Momentum = 0.5f }, new AdaGrad(0.05f),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void There_is_one_parameter()
    {
        var model = new TiedWords(seed: 1);

        Assert.Equal(["Words.weight"], model.Words.Parameters.Select(p => p.FullName));
        Assert.Equal(["Next.bias"], model.Next.Parameters.Select(p => p.FullName));
        Assert.Equal((7 * 3) + (2 * 3 * 3 * 3) + (2 * 3 * 3) + 7, TiedWords.ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Logits_are_products_with_the_vectors_after_every_kind_of_change(OptimizerSettings settings)
    {
        var model = new TiedWords(seed: 1);
        AssertTied(model);

        TiedWords.Trainer trainer = model.CreateTrainer(settings);
        for (int update = 0; update < 3; update++)
        {
            trainer.Train(Inputs, Targets);
            AssertTied(model);
        }

        model.Words.Frozen = true;
        float[] vectors = TestNumbers.Values(model.Words["weight"]);
        trainer.Train(Inputs, Targets);
        Assert.Equal(vectors, TestNumbers.Values(model.Words["weight"]));
        AssertTied(model);

        AssertTied(model.Clone());
        model.Words["weight"].CopyFrom([.. Enumerable.Range(0, 21).Select(k => k * 0.03f)]);
        AssertTied(model);
        model.Initialize(WeightInitialization.Keras, seed: 3);
        AssertTied(model);
    }

    [Fact]
    public void Clipping_and_norm_see_the_sum_of_both_gradients()
    {
        var model = new TiedWords(seed: 1);
        TiedWords.Trainer trainer = model.CreateTrainer(new Sgd(0));
        trainer.Accumulate(Inputs, Targets);
        double squares = model.Layers.SelectMany(l => l.Parameters).SelectMany(p => TestNumbers.Gradient(trainer.Tape, p)).Sum(g => (double)g * g);
        double mean = Math.Sqrt(squares) / trainer.Tape.TargetWeight;
        trainer.Update();

        Same.About(mean, trainer.Optimizer.GradientNorm, 1e-5 * mean, "norm");
    }

    [Fact]
    public void The_file_has_it_once()
    {
        var model = new TiedWords(seed: 1);
        string path = _folder.File("tied");
        model.Save(path);

        TiedWords loaded = TiedWords.Load(path);

        Same.Bits(model.Parameters, loaded.Parameters, "weights");
        string header = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(path));
        Assert.Contains("\"Words.weight\"", header, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Next.weight\"", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_is_resumed_bit_for_bit()
    {
        TiedWords.Trainer whole = new TiedWords(seed: 1).CreateTrainer(new AdamW(0.05f));
        Train(whole, 3);
        whole.Save(_folder.File("training"));
        TiedWords.Trainer resumed = new TiedWords(seed: 9).CreateTrainer(new AdamW(0.05f));
        resumed.Resume(_folder.File("training"));
        Train(whole, 3);
        Train(resumed, 3);

        Same.Bits(whole.Model.Parameters, resumed.Model.Parameters, "weights");

        static void Train(TiedWords.Trainer trainer, int updates)
        {
            for (int update = 0; update < updates; update++)
            {
                trainer.Train(Inputs, Targets);
            }
        }
    }

    [Fact]
    public void Allocates_nothing()
    {
        var model = new TiedWords(seed: 1);
        TiedWords.Trainer trainer = model.CreateTrainer(new Adam(1e-3f));
        TiedWords.State state = model.CreateState();

        Allocations.None(
            () =>
            {
                trainer.Accumulate(Inputs, Targets);
                _ = trainer.Tape.Gradients[0];
                trainer.Update();
                model.Evaluate(state, Inputs, Targets);
            },
            200);
    }

    private static void AssertTied(TiedWords model)
    {
        float[] vectors = TestNumbers.Values(model.Words["weight"]);
        float[] bias = TestNumbers.Values(model.Next["bias"]);
        TiedWords.State state = model.CreateState();
        var probabilities = new float[7];
        model.Step(state, 4, probabilities);
        float[] h = state["Memory.h"].ToArray();
        double[] powers = [.. Enumerable.Range(0, 7).Select(k => Math.Exp(bias[k] + Enumerable.Range(0, 3).Sum(n => (double)vectors[(k * 3) + n] * h[n])))];

        Same.About([.. powers.Select(p => (float)(p / powers.Sum()))], probabilities, 1e-5, "probabilities");
    }
}
