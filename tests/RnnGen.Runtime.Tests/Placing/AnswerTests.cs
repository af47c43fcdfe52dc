using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

/// <summary>Answers that travel with the weights.</summary>
public sealed class AnswerTests : IDisposable
{
    private static readonly LoadOptions Checked = new() { CheckAnswers = true };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> All => [.. ModelsUnderTest.All.Select(row => row.Data), nameof(TwoHeads)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void They_are_saved_ignored_and_checked(string name)
    {
        IRnnModel model = Create(name, seed: 1);
        model.Save(_folder.File("plain"));

        model.Save(_folder.File("model"), new SaveOptions { Answers = Window(model, model.SequenceLength - 1) });

        // Other readers do not see them.
        IRnnModel loaded = Create(name, seed: 2);
        loaded.LoadWeights(_folder.File("model"));
        Same.Bits(model.Parameters, loaded.Parameters, "weights");
        loaded = Create(name, seed: 3);
        Assert.Empty(loaded.LoadWeights(_folder.File("model"), new LoadOptions()).Ignored);
        Same.Bits(model.Parameters, loaded.Parameters, "weights");

        loaded = Create(name, seed: 4);
        loaded.LoadWeights(_folder.File("model"), Checked);
        Same.Bits(model.Parameters, loaded.Parameters, "weights");
        loaded.Save(_folder.File("again"));
        Assert.Equal(File.ReadAllBytes(_folder.File("plain")), File.ReadAllBytes(_folder.File("again")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Other_weights_are_found_and_change_nothing(string name)
    {
        IRnnModel model = Create(name, seed: 1);
        model.Save(_folder.File("model"), new SaveOptions { Answers = Window(model, 3) });
        TensorFile file = SafetensorsFileOf("model");
        TensorFile other = Foreign.File([.. Foreign.Tensors(Create(name, seed: 2)), .. file.Tensors.Where(tensor => tensor.Name.StartsWith("answers:", StringComparison.Ordinal))]);
        IRnnModel loaded = Create(name, seed: 3);
        float[] weights = loaded.Parameters.ToArray();

        CheckpointException e = Assert.Throws<CheckpointException>(() => loaded.LoadWeights(other, Checked));

        Assert.Equal(CheckpointReason.Answers, e.Reason);
        Assert.Contains("more than the tolerance of 0.0001", e.Message, StringComparison.Ordinal);
        Same.Bits(weights, loaded.Parameters, "weights");
        loaded.LoadWeights(other);
    }

    [Fact]
    public void The_step_and_the_difference_are_said()
    {
        var model = new Sensor(seed: 1);
        var window = new float[3 * 5];
        var outputs = new float[2 * 5];
        model.Forward(model.CreateState(), window, outputs);
        outputs[7] += 0.25f;

        ArgumentException e = Assert.Throws<ArgumentException>("options", () => model.Save(_folder.File("model"), new SaveOptions { Answers = new(window) { Outputs = outputs } }));

        Assert.Contains("at step 3, output 1, found", e.Message, StringComparison.Ordinal);
        Assert.Contains("The largest difference is 0.25", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("model")));

        // What the caller thinks is the same is.
        model.Save(_folder.File("model"), new SaveOptions { Answers = new(window) { Outputs = outputs, Tolerance = 0.26f } });
        Sensor.Load(_folder.File("model"), Checked);
        CheckpointException refused = Assert.Throws<CheckpointException>(() => Sensor.Load(Edited("answers:tolerance", [0.1f]), Checked));
        Assert.Equal((CheckpointReason.Answers, "answers:outputs"), (refused.Reason, refused.Tensor));
        Assert.Contains("at step 3, output 1, found", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_the_last_step_answers_it_is_that_step()
    {
        var model = new GruStack(seed: 1);
        var answers = new KnownAnswers(new float[4 * 6]) { Outputs = [9, 9, 9] };

        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Save(_folder.File("model"), new SaveOptions { Answers = answers }));

        Assert.Contains("at step 5, output 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_that_the_model_cannot_read_are_refused()
    {
        var numbers = new Sensor(seed: 1);
        var tokens = new TokenRnn(seed: 1);
        foreach ((IRnnModel model, KnownAnswers answers, string says) in ((IRnnModel, KnownAnswers, string)[])[
            (numbers, new([1, 2, 3]), "Expected numbers"),
            (numbers, new(new float[4]), "1 to 8 steps of 3"),
            (numbers, new(new float[27]), "1 to 8 steps of 3"),
            (numbers, new(Array.Empty<float>()), "1 to 8 steps of 3"),
            (numbers, new(new float[6]) { Outputs = new float[3] }, "Expected 4 outputs"),
            (numbers, new([float.NaN, 0, 0]), "Expected finite outputs"),
            (tokens, new(new float[2]), "Expected tokens"),
            (tokens, new([1, 5]), "Expected tokens from 0 to 4"),
            (tokens, new([1, -1]), "Expected tokens from 0 to 4"),
            (tokens, new([1, 2, 3, 4, 0, 0, 0]), "1 to 6 steps of 1")])
        {
            ArgumentException e = Assert.Throws<ArgumentException>("options", () => model.Save(new MemoryStream(), new SaveOptions { Answers = answers }));
            Assert.Contains(says, e.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new KnownAnswers(new float[3]) { Tolerance = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KnownAnswers(new float[3]) { Tolerance = float.NaN });
        Assert.Throws<ArgumentNullException>(() => new KnownAnswers((float[])null!));
        Assert.Throws<ArgumentNullException>("options", () => numbers.Save("x", null!));
    }

    [Fact]
    public void No_answers_are_refused_where_they_are_asked_for()
    {
        new Sensor(seed: 1).Save(_folder.File("model"));

        CheckpointException e = Assert.Throws<CheckpointException>(() => Sensor.Load(_folder.File("model"), Checked));

        Assert.Equal((CheckpointReason.Answers, "answers:inputs"), (e.Reason, e.Tensor));
        Assert.Contains("found none", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("answers:inputs", new float[0])]
    [InlineData("answers:inputs", new float[] { 0, 0 })]
    [InlineData("answers:inputs", new[] { float.NaN, 0, 0 })]
    [InlineData("answers:outputs", new float[] { 0 })]
    [InlineData("answers:outputs", new[] { float.NaN, 0 })]
    [InlineData("answers:outputs", new[] { float.PositiveInfinity, 0 })]
    [InlineData("answers:tolerance", new float[] { -1 })]
    [InlineData("answers:tolerance", new[] { float.NaN })]
    [InlineData("answers:tolerance", new[] { float.PositiveInfinity })]
    [InlineData("answers:tolerance", new float[0])]
    public void Damaged_answers_are_refused(string name, float[] values)
    {
        new Sensor(seed: 1).Save(_folder.File("model"), new SaveOptions { Answers = new(new float[3]) });

        Assert.Equal(CheckpointReason.Answers, Assert.Throws<CheckpointException>(() => Sensor.Load(Edited(name, values), Checked)).Reason);
        Sensor.Load(Edited(name, values));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(0.5f)]
    [InlineData(-1f)]
    [InlineData(5f)]
    [InlineData(1e30f)]
    public void Tokens_that_are_none_are_refused(float token)
    {
        new TokenRnn(seed: 1).Save(_folder.File("model"), new SaveOptions { Answers = new([1, 2]) });

        CheckpointException e = Assert.Throws<CheckpointException>(() => TokenRnn.Load(Edited("answers:inputs", [1, token]), Checked));

        Assert.Contains("Expected tokens", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_takes_a_file_with_answers_for_none_of_its_own()
    {
        var model = new Sensor(seed: 1);
        var stream = new MemoryStream();
        model.Save(stream, new SaveOptions { Answers = new(new float[3]) });

        Assert.Equal(CheckpointReason.TrainingState, Assert.Throws<CheckpointException>(() => model.CreateTrainer(new Adam()).Resume(stream.ToArray())).Reason);
    }

    private static IRnnModel Create(string name, int seed) => name == nameof(TwoHeads) ? new TwoHeads(seed) : ModelsUnderTest.Create(name, seed).Model;

    private static KnownAnswers Window(IRnnModel model, int steps)
    {
        var random = new Random(5);
        return model is IRnnModel<int>
            ? new KnownAnswers([.. Enumerable.Range(0, steps).Select(_ => random.Next(model.InputSize))])
            : new KnownAnswers(TestNumbers.Random(random, steps * model.InputSize));
    }

    private TensorFile SafetensorsFileOf(string name) => RnnGen.Checkpoints.SafetensorsFile.Read(_folder.File(name)).ToTensorFile();

    /// <summary>The saved file with other values of a tensor.</summary>
    private TensorFile Edited(string name, float[] values) =>
        Foreign.File(SafetensorsFileOf("model").Tensors.Select(tensor => tensor.Name == name ? new FileTensor(name, "F32", [values.Length], values) : tensor));
}
