using RnnGen.Formats;
using RnnGen.Formats.Tests;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Onnx;

/// <summary>Networks of others, as they were published.</summary>
public class PublishedNetworkTests
{
    private static readonly Lazy<CompiledClasses> Classes = new(() => new CompiledClasses(new Dictionary<string, ImportedModel> { ["Dtln"] = Import("dtln_model_1") }));

    [Fact]
    public void The_first_half_of_dtln_streams_as_published()
    {
        TensorFile values = TensorFiles.Read(SharedFiles.Find("original", "dtln_model_1.expected.safetensors"));
        ImportedModel imported = Import("dtln_model_1");
        Assert.Equal(["Lstm(128)", "Lstm(128)", "Sigmoid(257)"], imported.Layers.Select(layer => Writing.ClassWriter.Attribute(layer)));
        var model = (IRnnStreamingModel<float>)Classes.Value.Load("Dtln");
        State state = model.CreateState();
        (ReadOnlyMemory<float> magnitudes, float[] masks) = (values.Find("mag")!.Values, values.Find("mask")!.Values.ToArray());
        var mask = new float[257];
        for (int step = 0; step < 200; step++)
        {
            model.Step(state, magnitudes.Span.Slice(step * 257, 257), mask);
            Assert.All(mask.Zip(masks.Skip(step * 257)), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 2e-5));
        }

        // [1, layer, unit, (h, c)]: where the file has them, by the import.
        float[] last = values.Find("states.200")!.Values.ToArray();
        Place[] places = imported.Outputs.Single(output => output.Places[0].IsState).Places;
        double largest = last.Max(Math.Abs);
        Assert.All(places.Zip(last), pair => Assert.True(Math.Abs(state[pair.First.Name][pair.First.Column] - pair.Second) <= 2e-5 * largest));
    }

    [Theory]
    [InlineData("dtln_model_2", "(Mul)", "No layer of a class computes that")]
    [InlineData("silero_vad_half", "/stft/", "expected")]
    [InlineData("silero_vad_16k_op15", "stft/", "expected")]
    public void What_no_class_has_is_named(string name, string node, string problem)
    {
        var refusal = Assert.Throws<ImportException>(() => Import(name));
        Assert.StartsWith("Node ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(node, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    private static ImportedModel Import(string name) =>
        ImportOnnx.Bytes(File.ReadAllBytes(SharedFiles.Find("original", name + ".onnx")), new ImportSettings { ClassName = "Dtln" });
}
