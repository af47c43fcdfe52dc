using System.Globalization;
using RnnGen.Formats;
using RnnGen.Formats.Tests;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Onnx;

/// <summary>Graphs as exporters write them: the class that the tool writes gives their outputs.</summary>
public class PublishedGraphTests
{
    // What no class can express, and the node that does it.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["torch_conv_bn_lstm_op13"] = "Node 0, node '/conv/Conv' (Conv)",
        ["torch_gru_graph_mask_op13"] = "Node 23, node '/Mul' (Mul)",
        ["refuse_einsum"] = "Node 1, node 'attention/scores' (Einsum)",
        ["refuse_shapes"] = "Node 0, the LSTM node with output 'Y'",
        ["refuse_external_data"] = "weights.bin",
        ["refuse_truncated"] = "test.onnx",
    };

    private static readonly Lazy<CompiledClasses> Classes = new(() => new CompiledClasses(
        Names().Where(name => !Refused.ContainsKey(name)).Select(name => (name, Model: Try(name))).Where(pair => pair.Model is not null).ToDictionary(pair => ClassName(pair.name), pair => pair.Model!)));

    public static TheoryData<string> Files => new(Names());

    [Theory]
    [MemberData(nameof(Files))]
    public void The_class_gives_the_outputs_or_the_node_is_named(string name)
    {
        Assert.SkipUnless(name.Length > 0, "Published networks are not here.");
        if (Refused.TryGetValue(name, out string? node))
        {
            Exception refusal = Assert.ThrowsAny<Exception>(() => Import(name));
            Assert.True(refusal is ImportException or CheckpointException, refusal.ToString());
            Assert.Contains(node, refusal.Message);
            return;
        }

        TensorFile values = TensorFiles.Read(SharedFiles.Find("onnx", name + ".safetensors"));
        ImportedModel model = Import(name);
        ImportedModel sized = Import(name, new ImportSettings
        {
            ClassName = ClassName(name),
            Shapes = values.Tensors.Where(tensor => tensor.Name.StartsWith("in.")).ToDictionary(tensor => tensor.Name[3..], tensor => tensor.Shape.ToArray()),
        });
        Assert.True(model.HasLayersOf(sized));
        Assert.Equal(values.Tensors.Count(tensor => tensor.Name.StartsWith("out.")), sized.Outputs.Count);
        new ImportedRun(sized, Classes.Value.Load(ClassName(name))).Check(
            input => values.Find("in." + input)!.Values.ToArray(), output => values.Find("out." + output)!.Values.ToArray(), 1e-5);
    }

    private static IEnumerable<string> Names()
    {
        string folder = Path.GetDirectoryName(SharedFiles.PathOf("onnx", "x"))!;
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.onnx").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal) : [""];
    }

    private static ImportedModel Import(string name, ImportSettings? settings = null) =>
        ImportOnnx.Bytes(File.ReadAllBytes(SharedFiles.Find("onnx", name + ".onnx")), settings ?? new ImportSettings { ClassName = ClassName(name) });

    /// <summary>What fails here fails again in the test of the file.</summary>
    private static ImportedModel? Try(string name)
    {
        try
        {
            return Import(name);
        }
        catch (ImportException)
        {
            return null;
        }
    }

    private static string ClassName(string name) =>
        string.Concat(name.Split('_').Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part[1..]));
}
