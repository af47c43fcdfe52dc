using System.Text.Json;

namespace RnnGen.Formats.Tests.Placing;

/// <summary>Networks with PyTorch's conventions are loaded by one line, as published, and give the outputs that were published with them.</summary>
public class PublishedWeightsTests
{
    private static readonly LoadOptions BiGruNames = new() { Rename = { ["Memory"] = "rnn", ["Norm"] = "norm", ["Head"] = "head" } };

    [Theory]
    [InlineData("own_torch_bigru.pt")]
    [InlineData("own_torch_bigru_parameters.pt")]
    [InlineData("own_torch_bigru_views.pt")]
    [InlineData("own_torch_bigru_legacy.pth")]
    [InlineData("own_torch_bigru_script.pt")]
    [InlineData("own_torch_bigru_f64.pt")]
    [InlineData("own_bigru.npz")]
    [InlineData("own_bigru_mixed.npz", "step")]
    public void BiGruInEveryFormat(string file, params string[] ignored)
    {
        var model = BiGru.Load(TensorFiles.Read(Original(file)), BiGruNames with { Ignore = "step" }, out LoadResult result);

        Assert.Equal(ignored, result.Ignored);
        AssertAnswers(model, "own_torch_bigru.expected.safetensors", Tolerance("own_torch_bigru", "y"));
    }

    [Theory]
    [InlineData("own_torch_bigru_f16", "widened from F16")]
    [InlineData("own_torch_bigru_bf16", "widened from BF16")]
    public void BiGruOf16Bits(string name, string conversion)
    {
        var model = BiGru.Load(TensorFiles.Read(Original($"{name}.pt")), BiGruNames, out LoadResult result);

        Assert.All(result.Tensors, tensor => Assert.Contains(conversion, tensor.Conversion, StringComparison.Ordinal));
        AssertAnswers(model, $"{name}.expected.safetensors", Tolerance(name, "y"));
    }

    [Fact]
    public void BiGruInACheckpointOfATraining()
    {
        TensorFile file = TensorFiles.Read(Original("own_torch_bigru_checkpoint.pt"));

        var model = BiGru.Load(file, BiGruNames with { Prefix = "model_state_dict." }, out LoadResult result);

        Assert.All(result.Tensors, tensor => Assert.StartsWith("prefix model_state_dict.module. taken off", tensor.Conversion, StringComparison.Ordinal));
        AssertAnswers(model, "own_torch_bigru.expected.safetensors", Tolerance("own_torch_bigru", "y"));

        // Who does not know that is told.
        CheckpointException e = Assert.Throws<CheckpointException>(() => BiGru.Load(file));
        Assert.Contains(
            "new LoadOptions { Prefix = \"model_state_dict.module.\", Rename = { [\"Memory\"] = \"rnn\", [\"Norm\"] = \"norm\", [\"Head\"] = \"head\" } }", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BiGruOfASequential()
    {
        TensorFile file = TensorFiles.Read(Original("own_torch_bigru_sequential.pt"));

        CheckpointException e = Assert.Throws<CheckpointException>(() => BiGru.Load(file));
        Assert.Contains("Rename = { [\"Memory\"] = \"0\", [\"Norm\"] = \"1\", [\"Head\"] = \"3\" }", e.Message, StringComparison.Ordinal);
        AssertAnswers(
            BiGru.Load(file, new LoadOptions { Rename = { ["Memory"] = "0", ["Norm"] = "1", ["Head"] = "3" } }),
            "own_torch_bigru.expected.safetensors", Tolerance("own_torch_bigru", "y"));
    }

    [Fact]
    public void ACellAndWhatIsNoWeight()
    {
        var names = new LoadOptions { Rename = { ["Words"] = "encoder", ["Memory"] = "decoder.cell", ["Next"] = "decoder.out" }, Ignore = "decoder.steps" };

        var model = LanguageModel.Load(TensorFiles.Read(Original("own_torch_lstmcell.pt")), names);

        TensorFile expected = TensorFiles.Read(Original("own_torch_lstmcell.expected.safetensors"));
        int[] ids = [.. expected.Find("ids")!.Values.ToArray().Select(id => (int)id)];
        float[] logarithms = expected.Find("log_prob.f64")!.Values.ToArray();
        var found = new float[15 * 12];
        for (int k = 0; k < 2; k++)
        {
            model.Forward(model.CreateState(), ids.AsSpan(15 * k, 15), found);
            AssertNear(logarithms.AsSpan(180 * k, 180), [.. found.Select(value => float.Log(value))], Tolerance("own_torch_lstmcell", "log_prob"));
        }
    }

    [Fact]
    public void TheRecurrentPartOfAFileWithMore()
    {
        string path = SharedFiles.Find("silero_vad_16k.original.safetensors");

        var model = SpeechDetector.Load(path, new LoadOptions { Rename = { ["Memory"] = "lstm_cell", ["Speech"] = "final_conv" }, Ignore = "*" }, out LoadResult result);

        Assert.Equal("renamed, dimensions of 1 dropped for [1, 128]", result.Tensors.Single(tensor => tensor.Name == "Speech.weight").Conversion);
        Assert.Equal("renamed, named as in a cell", result.Tensors.Single(tensor => tensor.Name == "Memory.weight_hh_l0").Conversion);
        Assert.Equal(9, result.Ignored.Count);
        TensorFile expected = TensorFiles.Read(SharedFiles.Find("silero_vad_16k_expected.safetensors"));
        AssertNear(expected.Find("prob.f64")!.Values.Span, Run(model, expected.Find("x")!.Values.Span), 2e-5);
    }

    [Fact]
    public void AnswersOfTheProgramThatTrainedItTravelWithIt()
    {
        var model = BiGru.Load(TensorFiles.Read(Original("own_torch_bigru.pt")), BiGruNames);
        TensorFile expected = TensorFiles.Read(Original("own_torch_bigru.expected.safetensors"));
        var answers = new KnownAnswers(expected.Find("x")!.Values[..66].ToArray()) { Outputs = expected.Find("y.torch")!.Values[..44].ToArray(), Tolerance = 1e-5f };
        var stream = new MemoryStream();

        model.Save(stream, new SaveOptions { Answers = answers });

        BiGru.Load(stream.ToArray(), new LoadOptions { CheckAnswers = true });
        TensorFile read = TensorFiles.Read(stream.ToArray());
        BiGru.Load(read, new LoadOptions { CheckAnswers = true });
    }

    private static string Original(string name) => SharedFiles.Find("original", name);

    /// <summary>What the index says.</summary>
    private static double Tolerance(string name, string output)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(SharedFiles.Find("index.json")));
        return index.RootElement.EnumerateArray()
            .Single(entry => entry.TryGetProperty("name", out JsonElement found) && found.GetString() == name)
            .GetProperty("tolerance").GetProperty(output).GetDouble();
    }

    private static float[] Run(IRnnModel<float> model, ReadOnlySpan<float> inputs)
    {
        var outputs = new float[model.GetOutputLength(inputs.Length / model.InputSize)];
        model.Forward(model.CreateState(), inputs, outputs);
        return outputs;
    }

    private static void AssertAnswers(BiGru model, string answers, double tolerance)
    {
        ReadOnlySpan<float> inputs = TensorFiles.Read(Original("own_torch_bigru.expected.safetensors")).Find("x")!.Values.Span;
        ReadOnlySpan<float> outputs = TensorFiles.Read(Original(answers)).Find("y.f64")!.Values.Span;
        for (int k = 0; k < 3; k++)
        {
            AssertNear(outputs.Slice(44 * k, 44), Run(model, inputs.Slice(66 * k, 66)), tolerance);
        }
    }

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.True(Math.Abs(expected[k] - found[k]) <= tolerance, $"Expected {expected[k]} at {k}, found {found[k]}.");
        }
    }
}
