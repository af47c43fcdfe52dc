using System.Text;
using RnnGen.Tool.Commands;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Tests.Keras;

/// <summary>The JSON of RTNeural and AIDA-X. Published has whole networks.</summary>
public class RtNeuralImportTests
{
    private const string Dense = """{"type": "dense", "activation": "softmax", "shape": [null, null, 2], "weights": [[[1, 2]], [3, 4]]}""";

    [Fact]
    public void Layers_have_their_activations_and_biases()
    {
        ImportedModel model = Import($$"""{"in_shape": [null, null, 1], "layers": [{"type": "lstm", "activation": "", "shape": [null, null, 1], "weights": [[[1, 2, 3, 4]], [[5, 6, 7, 8]], [0, 1, 0, 0]]}, {{Dense}}]}""");

        Assert.Equal(["Lstm(1)", "Softmax(2)"], model.Layers.Select(layer => ClassWriter.Attribute(layer)));
        Assert.Equal([1, 2, 3, 4], model.Layers[0].Tensors[0].Values);
        Assert.Equal([3, 4], model.Layers[1].Tensors[1].Values);
        Assert.Equal(["Dense(2, Bias = false)", "Activation(Activation.Relu)"], Import(
            """{"layers": [{"type": "dense", "activation": "relu", "weights": [[[1, 2]]]}]}""").Layers.Select(layer => ClassWriter.Attribute(layer)));
    }

    [Theory]
    [InlineData("""{"layers": [{"type": "gru", "shape": [null, null, 1], "weights": [[[1, 2, 3]], [[1, 2, 3]], [[1, 2, 3], [4, 5, 6]]]}]}""", "'gru_0' (gru of which the file does not tell the activation)")]
    [InlineData("""{"layers": [DENSE], "in_gain": -3.5}""", "found in_gain")]
    [InlineData("""{"layers": [DENSE], "out_gain": "loud"}""", "found out_gain")]
    [InlineData("""{"layers": [DENSE], "in_skip": 2}""", "found in_skip")]
    [InlineData("""{"layers": [DENSE], "in_skip": 1}""", "softmax")]
    [InlineData("""{"in_shape": [null, null, 3], "layers": [DENSE]}""", "expected weight 0 of shape [3,")]
    public void What_no_class_can_express_is_named(string json, string problem) => Assert.Contains(problem, Assert.Throws<ImportException>(() => Import(json.Replace("DENSE", Dense))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"in_shape": "[1", "layers": [DENSE]}""", "expected JSON in 'in_shape'")]
    [InlineData("""{"layers": [{"type": "dense", "activation": "", "shape": "{", "weights": [[[1, 2]], [3, 4]]}]}""", "expected JSON in 'layers.0.shape'")]
    [InlineData("""{"layers": [{"type": "dense", "activation": "", "shape": [null, 3], "weights": [[[1, 2]], [3, 4]]}]}""", "expected weights of 3 units for layer 0 (dense), as its shape says, found some of 2")]
    public void Files_that_contradict_themselves_are_refused(string json, string problem) => Assert.Contains(problem, Assert.Throws<CheckpointException>(() => Import(json.Replace("DENSE", Dense))).Message, StringComparison.Ordinal);

    private static ImportedModel Import(string json)
    {
        byte[] file = Encoding.UTF8.GetBytes(json);
        return NetworkFile.Import("test.json", file, new ImportSettings());
    }
}
