using RnnGen.Checkpoints;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_state_dict_has_the_names_of_the_module_and_nothing_of_ours()
    {
        var model = new Sensor(seed: 1) { Metadata = { ["mine"] = "1" } };

        model.ExportPyTorch(_folder.File("a"), new() { ["Memory"] = "net.rnn", ["Answer.bias"] = "b" });

        SafetensorsFile file = SafetensorsFile.Read(_folder.File("a"));
        Assert.Equal(
            ["Answer.weight", "b", "net.rnn.bias_hh_l0", "net.rnn.bias_ih_l0", "net.rnn.weight_hh_l0", "net.rnn.weight_ih_l0"], file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new Dictionary<string, string> { ["format"] = "pt" }, file.Metadata);
        Assert.DoesNotContain("rnngen", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_folder.File("a"))), StringComparison.Ordinal);
        Assert.Equal([16, 3], file["net.rnn.weight_ih_l0"].Shape);
        Same.Bits(TestNumbers.Values(model.Memory["weight_ih_l0"]), file["net.rnn.weight_ih_l0"].Floats(), "weights");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void It_comes_back_bit_for_bit(string name)
    {
        IRnnModel model = ModelsUnderTest.Create(name, seed: 1).Model;
        Parameter first = model.Layers[0].Parameters[0];
        float[] values = TestNumbers.Values(first);
        values[0] = BitConverter.UInt32BitsToSingle(0x7FC0_1234);
        values[1] = -0f;
        first.CopyFrom(values);
        Dictionary<string, string> rename = model.Layers.ToDictionary(layer => layer.Name, layer => "net." + layer.Name.ToLowerInvariant());
        var stream = new MemoryStream();

        model.ExportPyTorch(stream, rename);

        IRnnModel loaded = ModelsUnderTest.Create(name, seed: 2).Model;
        loaded.LoadWeights(stream.ToArray(), new LoadOptions { Rename = rename, AllowNonFinite = true });
        Same.Bits(model.Parameters, loaded.Parameters, "weights");
        stream.SetLength(0);
        model.ExportPyTorch(stream);
        loaded = ModelsUnderTest.Create(name, seed: 3).Model;
        loaded.LoadWeights(stream.ToArray(), new LoadOptions { AllowNonFinite = true });
        Same.Bits(model.Parameters, loaded.Parameters, "weights");
    }

    [Fact]
    public void Wrong_names_are_refused_and_nothing_is_written()
    {
        var model = new Sensor(seed: 1);
        string path = _folder.File("b");

        Assert.Contains("'rnn'", Assert.Throws<ArgumentException>(() => model.ExportPyTorch(path, new() { ["rnn"] = "Memory" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.ExportPyTorch(path, new() { ["Answer.bias"] = "Answer.weight" }));
        Assert.Throws<ArgumentException>(() => model.ExportPyTorch(path, new() { ["Answer.bias"] = "__metadata__" }));
        Assert.Throws<ArgumentNullException>("path", () => model.ExportPyTorch((string)null!));
        Assert.Throws<ArgumentNullException>("stream", () => model.ExportPyTorch((Stream)null!));
        Assert.False(File.Exists(path));
        Assert.Equal(CheckpointReason.File, Assert.Throws<CheckpointException>(() => model.ExportPyTorch(_folder.File("absent/b"))).Reason);
    }
}
