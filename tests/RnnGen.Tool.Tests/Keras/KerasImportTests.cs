using RnnGen.Formats;
using RnnGen.Formats.Tests;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Keras;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Keras;

/// <summary>Models in the layouts of Keras: the class that the tool writes gives their outputs.</summary>
public class KerasImportTests
{
    private static readonly Lazy<CompiledClasses> Classes = new(() => new CompiledClasses(
        new Dictionary<string, ImportedModel> { ["Net"] = Import("own_keras2.h5", new ImportSettings { ClassName = "Net" }) }));

    [Theory]
    [InlineData("own_keras2.h5")]
    [InlineData("own_keras3.keras")]
    [InlineData("own_keras3_legacy.h5")]
    public void The_class_gives_the_outputs_of_the_model(string file)
    {
        TensorFile values = TensorFiles.Read(SharedFiles.Find("original", "own_keras2.expected.safetensors"));
        float[] ids = values.Find("ids")!.Values.ToArray();
        ImportedModel model = Import(file, new ImportSettings { ClassName = "Net" });
        ImportedModel sized = Import(file, new ImportSettings { ClassName = "Net", Shapes = new Dictionary<string, int[]> { [model.Inputs[0].Name] = [4, 9] } });
        Assert.True(model.HasLayersOf(sized));
        Assert.True(Import("own_keras2.h5", new ImportSettings { ClassName = "Net" }).HasLayersOf(model));
        new ImportedRun(sized, Classes.Value.Load("Net")).Check(_ => ids, _ => values.Find("y.dense.f64")!.Values.ToArray(), 1e-5);
    }

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
