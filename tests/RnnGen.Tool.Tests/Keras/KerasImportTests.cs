using RnnGen.Formats;
using RnnGen.Formats.Tests;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Keras;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Keras;

/// <summary>Models in the layouts of Keras that no class can express. Published has the others.</summary>
public class KerasImportTests
{
    [Theory]
    [InlineData("own_keras2_options.h5", "of one step")]
    [InlineData("own_keras3_options.h5", "of one step")]
    [InlineData("own_keras2_weights_only.h5", "only weights")]
    [InlineData("own_keras3.weights.h5", "only weights")]
    [InlineData("own_keras_tf213.weights.h5", "only weights")]
    public void Names_what_no_class_can_express(string file, string problem)
    {
        var refusal = Assert.Throws<ImportException>(() => Import(file, new ImportSettings()));
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    private static ImportedModel Import(string name, ImportSettings settings)
    {
        string path = SharedFiles.Find("original", name);
        return KerasImporter.Import(TensorFiles.Read(path), (int)new FileInfo(path).Length, settings);
    }
}
