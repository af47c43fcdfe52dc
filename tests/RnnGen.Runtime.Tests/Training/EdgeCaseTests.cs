using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Edge cases that work, or that are refused without any change.</summary>
public sealed class EdgeCaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_tile_may_be_as_long_as_one_likes()
    {
        TokenWindows windows = TokenWindows.Tiled(new int[10], int.MaxValue);

        Assert.Equal(1, windows.Count);
        Assert.Equal(9, windows.Inputs(0).Length);
    }

    [Fact]
    public void A_scheme_that_does_not_fit_changes_nothing()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(ShortLstm));
        float[] weights = subject.Model.Parameters.ToArray();

        Assert.Throws<ArgumentException>(() => subject.Model.Initialize(new WeightInitialization { Bias = Initializer.Orthogonal() }, seed: 9));

        Same.Bits(weights, subject.Model.Parameters, "weights");
    }

    [Fact]
    public void A_schedule_is_not_null() =>
        Assert.ThrowsAny<ArgumentException>(() => _ = new Sgd(1) { Schedule = null! }.CreateOptimizer(new Plain(seed: 1)).LearningRate);

    [Fact]
    public void A_text_that_is_null_is_refused()
    {
        var model = new Plain(seed: 1);
        model.Metadata["a"] = null!;

        Assert.Throws<CheckpointException>(() => model.Save(_folder.File("m")));
    }

    [Fact]
    public void Half_characters_are_refused()
    {
        var model = new Plain(seed: 1);
        model.Metadata["a"] = "x\uD800";

        Assert.Throws<CheckpointException>(() => model.Save(_folder.File("m")));
    }

    [Fact]
    public void Keys_of_half_characters_are_refused()
    {
        var model = new Plain(seed: 1);
        model.Metadata["\uD800"] = "1";
        model.Metadata["\uD801"] = "2";

        Assert.Throws<CheckpointException>(() => model.Save(_folder.File("m")));
    }

    [Fact]
    public void A_bad_probability_is_one_of_the_probabilities()
    {
        var e = Assert.Throws<ArgumentException>(() => Sampler.MostLikely([float.NaN]));
        Assert.Equal("probabilities", e.ParamName);
    }

    [Fact]
    public void An_alphabet_is_what_tokens_decode_to()
    {
        var vocabulary = new Vocabulary("a\uD800");

        Assert.Equal(vocabulary.Alphabet, vocabulary.Decode([0, 1]));
    }

    [Fact]
    public void A_rate_that_is_none_leaves_the_optimizer_as_it_was()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(Plain));
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f) { Schedule = new Bad() });

        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Train(subject.Inputs(2), subject.Targets(2)));

        Assert.Equal(0, trainer.Optimizer.Updates);
    }

    [Fact]
    public void Window_that_there_is_not()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sequences<int, int>([], []).Inputs(0).Length);
    }

    [Fact]
    public void An_array_that_is_null_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => new Sequences<int, int>([null!], [null!]));

    private sealed record Bad : Schedule
    {
        public override double Rate(double initial, long updates) => double.NaN;
    }
}
