using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

public sealed class ModelRoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_loaded_model_has_the_same_weights_and_streams_the_same_numbers(string name)
    {
        ModelUnderTest saved = ModelsUnderTest.Create(name, seed: 11);
        string path = _folder.File("model.safetensors");
        saved.Model.Save(path);

        ModelUnderTest loaded = saved.Load(path);

        Same.Bits(saved.Model.Parameters, loaded.Model.Parameters, "weights");
        AssertStreamsTheSame(saved, loaded);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void LoadWeights_replaces_all_weights(string name)
    {
        ModelUnderTest saved = ModelsUnderTest.Create(name, seed: 11);
        string path = _folder.File("model.safetensors");
        saved.Model.Save(path);
        ModelUnderTest other = ModelsUnderTest.Create(name, seed: 12);

        other.Model.LoadWeights(path);

        Same.Bits(saved.Model.Parameters, other.Model.Parameters, "weights");
        AssertStreamsTheSame(saved, other);
    }

    // The way back reads transposed copies of the weights; they must follow.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void LoadWeights_into_a_model_in_training_gives_the_gradients_of_a_fresh_one(string name)
    {
        ModelUnderTest saved = ModelsUnderTest.Create(name, seed: 11);
        string path = _folder.File("model.safetensors");
        saved.Model.Save(path);
        ModelUnderTest training = ModelsUnderTest.Create(name, seed: 12);
        Tape tape = training.RunningTape(3);
        Assert.True(new Adam(0.1f).CreateOptimizer(training.Model).Update(tape));

        training.Model.LoadWeights(path);

        AssertGradientsAreTheSame(saved.Load(path), training, tape);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Weights_that_are_copied_in_reach_the_way_back(string name)
    {
        ModelUnderTest source = ModelsUnderTest.Create(name, seed: 11);
        ModelUnderTest training = ModelsUnderTest.Create(name, seed: 12);
        Tape tape = training.RunningTape(3);
        foreach (((_, Parameter from), (_, Parameter to)) in source.Parameters.Zip(training.Parameters))
        {
            to.CopyFrom(TestNumbers.Values(from));
        }

        Same.Bits(source.Model.Parameters, training.Model.Parameters, "weights");
        tape.Clear();
        AssertGradientsAreTheSame(source, training, tape);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_copy_is_equal_and_independent(string name)
    {
        ModelUnderTest original = ModelsUnderTest.Create(name);
        original.RunningTape(2);
        ModelUnderTest copy = original.Clone();
        float[] weights = original.Model.Parameters.ToArray();
        Same.Bits(weights, copy.Model.Parameters, "weights of the copy");
        AssertStreamsTheSame(original, copy);
        AssertGradientsAreTheSame(original, copy, copy.CreateTape());

        Assert.True(new Sgd(0.1f).CreateOptimizer(copy.Model).Update(copy.RunningTape(2)));
        Same.Bits(weights, original.Model.Parameters, "weights");
        Assert.False(weights.AsSpan().SequenceEqual(copy.Model.Parameters));

        float[] changed = copy.Model.Parameters.ToArray();
        Assert.True(new Sgd(0.2f).CreateOptimizer(original.Model).Update(original.RunningTape(2)));
        Same.Bits(changed, copy.Model.Parameters, "weights of the copy");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_file_has_one_tensor_for_each_parameter(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        string path = _folder.File("model.safetensors");

        subject.Model.Save(path);

        SafetensorsFile file = SafetensorsFile.Read(path);
        Assert.Equal(subject.Parameters.Select(p => p.Name).Order(), file.Tensors.Keys.Order());
        Assert.Equal(subject.ParameterCount, file.Tensors.Values.Sum(tensor => tensor.Count));
        foreach ((string key, Parameter parameter) in subject.Parameters)
        {
            var values = new float[parameter.Count];
            file[key].CopyTo(values.AsSpan());
            Assert.Equal(parameter.Shape.Select(size => (long)size), file[key].Shape);
            Same.Bits(TestNumbers.Values(parameter), values, key);
        }
    }

    [Fact]
    public void The_same_weights_give_the_same_file()
    {
        new TokenRnn(seed: 1).Save(_folder.File("a"));
        new TokenRnn(seed: 1).Save(_folder.File("b"));

        Assert.Equal(File.ReadAllBytes(_folder.File("a")), File.ReadAllBytes(_folder.File("b")));
    }

    // A model that diverged is still saved, and loaded as it is on request.
    [Fact]
    public void Numbers_that_are_not_finite_survive()
    {
        var model = new Plain(seed: 1);
        float[] odd = [float.NaN, float.NegativeInfinity];
        model.Value["weight"].CopyFrom(odd);
        model.Value["bias"].CopyFrom([-0f]);
        model.Save(_folder.File("model"));

        Same.Bits(model.Parameters, Plain.Load(_folder.File("model"), new LoadOptions { AllowNonFinite = true }).Parameters, "weights");
    }

    private static void AssertStreamsTheSame(ModelUnderTest expected, ModelUnderTest actual)
    {
        State a = expected.CreateState();
        State b = actual.CreateState();
        for (int step = 0; step < 50; step++)
        {
            Data input = expected.Inputs(1, seed: step);
            float[] x = expected.Outputs(1);
            float[] y = actual.Outputs(1);
            expected.Step(a, input, x);
            actual.Step(b, input, y);
            Same.Bits(x, y, $"outputs of step {step}");
        }

        Same.Bits(a, b);
    }

    private static void AssertGradientsAreTheSame(ModelUnderTest expected, ModelUnderTest actual, Tape tape)
    {
        int steps = expected.SequenceLength;
        Tape reference = expected.CreateTape();
        expected.Forward(expected.CreateState(), expected.Inputs(steps), reference);
        expected.Backward(reference, expected.OutputGradients(steps), null);

        actual.Forward(actual.CreateState(), actual.Inputs(steps), tape);
        actual.Backward(tape, actual.OutputGradients(steps), null);

        Same.Bits(reference.Gradients, tape.Gradients, "gradients");
        Same.Bits(reference.InitialStateGradients, tape.InitialStateGradients);
    }
}
