using RnnGen.Fuzz;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Onnx;

/// <summary>What no class can express is refused by its node; what outputs do not depend on is not.</summary>
public class RefusalTests
{
    private static readonly float[] Weights = [.. Enumerable.Range(0, 64).Select(k => MathF.Cos(k) / 3)];

    [Fact]
    public void Nodes_that_no_output_depends_on_may_be_anything() =>
        Assert.Equal("Rnn", Assert.Single(ImportOnnx.Bytes(Rnn().Node("Einsum", "x", "z", ("equation", "abc->a")).Node("Tanh", "z", "zz").Output("y").ToArray()).Layers).Kind);

    [Fact]
    public void The_first_node_at_fault_is_named() => Refused(
        Rnn().Node("Einsum", "y", "z", ("equation", "abc->a")).Node("Tanh", "z", "zz").Output("zz"), "Node 2, the Einsum node with output 'z'");

    [Theory]
    [InlineData("Mul", "product", "Mul of values")]
    [InlineData("Div", "quotient", "Div of values")]
    public void Products_of_values(string type, string output, string problem) => Refused(Rnn().Node(type, "y y", output).Output(output), problem);

    [Fact]
    public void A_sum_of_values_is_a_dense_layer()
    {
        ImportedLayer sum = ImportOnnx.Bytes(Rnn().Node("Tanh", "y", "t").Node("Add", "y t", "s").Output("s").ToArray()).Layers[^1];
        Assert.Equal("Dense", sum.Kind);
        Assert.Equal([1, 0, 1, 0, 0, 1, 0, 1], sum.Tensors[0].Values);
    }

    [Fact]
    public void Some_steps_but_not_the_last() => Refused(Rnn().Vector("k", 1).Node("Gather", "y k", "z", ("axis", 0)).Output("z"), "expected all steps and rows, or the last step");

    [Fact]
    public void The_last_step_and_every_step() => Refused(
        Rnn().Vector("k", -1).Node("Gather", "y k", "z", ("axis", 0)).Tensor("W2", [2, 1], 1, 2).Node("MatMul", "z W2", "one").Node("MatMul", "y W2", "all").Output("one").Output("all"), "only after the last step");

    [Fact]
    public void A_slice_of_one_axis_twice() => Refused(
        Rnn().Vector("starts", 2, 2).Vector("ends", 4, 4).Vector("twice", 0, 0).Node("Slice", "y starts ends twice", "z").Output("z"), "expected every axis once");

    [Fact]
    public void Steps_that_are_features() => Refused(
        Rnn().Vector("shape", 1, 8).Node("Reshape", "y shape", "flat").Tensor("W2", [8, 1], Weights[..8]).Node("MatMul", "flat W2", "z").Output("z"), "features of one step along the last axis");

    [Fact]
    public void States_that_the_network_computes() => Refused(
        Rnn("y h").Node("RNN", "x W R - - h", "z", ("hidden_size", 2)).Output("z"), "initial states that are numbers");

    [Fact]
    public void A_softmax_between_layers() => Refused(
        Rnn().Node("Softmax", "y", "s", ("axis", -1)).Tensor("W2", [2, 1], 1, 2).Node("MatMul", "s W2", "z").Output("z"), "Only a head of a class has a softmax");

    [Fact]
    public void A_normalization_without_an_epsilon() => Refused(
        Rnn().Tensor("gains", [2], 1, 2).Node("LayerNormalization", "y gains", "z", ("epsilon", 0f)).Output("z"), "expected an epsilon");

    [Theory]
    [InlineData("hidden_size", 3)]
    [InlineData("layout", 2)]
    public void Attributes_that_contradict(string name, int value) => Refused(
        new OnnxWriter().Input("x", isInteger: false, 4, 1, 2).Tensor("W", [1, 2, 2], Weights[..4]).Tensor("R", [1, 2, 2], Weights[..4]).Node("RNN", "x W R", "y", (name, value)).Output("y"), "RNN node");

    [Fact]
    public void A_network_that_depends_on_open_sizes() => Refused(
        new OnnxWriter().Input("x", isInteger: false, 0, 1, 2).Tensor("W", [1, 2, 2], Weights[..4]).Tensor("R", [1, 2, 2], Weights[..4])
            .Node("RNN", "x W R", "y", ("hidden_size", 2)).Node("Shape", "x", "shape").Vector("k", 0).Node("Gather", "shape k", "n").Node("Cast", "n", "f", ("to", 1))
            .Node("Div", "y f", "z").Output("z"),
        "does not depend on sizes");

    [Fact]
    public void More_numbers_than_a_network_needs() => Refused(
        Rnn().Vector("shape", 100000, 100000).Node("ConstantOfShape", "shape", "big").Node("ReduceMean", "big", "z").Output("z"), "at most");

    [Fact]
    public void A_branch_by_an_input_needs_its_value()
    {
        byte[] file = Branches();
        Assert.Contains("--set", Assert.Throws<ImportException>(() => ImportOnnx.Bytes(file)).Message, StringComparison.Ordinal);
        var settings = new ImportSettings { Fixed = new Dictionary<string, double> { ["which"] = 1 } };
        ImportedModel model = ImportOnnx.Bytes(file, settings);
        Assert.Equal(Activation.Relu, model.Layers[^1].Argument);
        Assert.Equal(InputRole.Fixed, model.Inputs.Single(input => input.Name == "which").Role);
        Assert.Equal(Activation.Tanh, ImportOnnx.Bytes(file, settings with { Fixed = new Dictionary<string, double> { ["which"] = 0 } }).Layers[^1].Argument);
    }

    [Fact]
    public void Unknown_inputs_are_named() => Assert.Contains(
        "'nothing'", Assert.Throws<ImportException>(() => ImportOnnx.Bytes(Rnn().Output("y").ToArray(), new ImportSettings { Fixed = new Dictionary<string, double> { ["nothing"] = 1 } })).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_of_layers_are_made_for_csharp()
    {
        OnnxWriter writer = Rnn();
        foreach ((string output, string name) in new[] { ("a", "/1st class/Tanh"), ("b", "/Step/Tanh"), ("c", "/\u202e\u0000;}//x/Tanh"), ("d", "/class/Tanh"), ("e", "/class/Tanh") })
        {
            writer.Named("Tanh", output == "a" ? "y" : ((char)(output[0] - 1)).ToString(), output, name);
        }

        ImportedModel model = ImportOnnx.Bytes(writer.Output("e").ToArray());
        Assert.Equal(["Rnn", "StClass", "Step2", "X", "Class", "Class2"], model.Layers.Select(layer => layer.Name));
        Assert.NotNull(new CompiledClasses(new Dictionary<string, ImportedModel> { ["Odd"] = model }).Load("Odd"));
    }

    private static OnnxWriter Rnn(string outputs = "y") => new OnnxWriter().Input("x", isInteger: false, 4, 1, 2).Vector("axis", 1)
        .Tensor("W", [1, 2, 2], Weights[..4]).Tensor("R", [1, 2, 2], Weights[..4])
        .Node("RNN", "x W R", outputs.Replace("y", "y4"), ("hidden_size", 2)).Node("Squeeze", "y4 axis", "y");

    private static byte[] Branches() => Rnn().Input("which", isInteger: true, 1).Vector("zero", 0).Node("Equal", "which zero", "isZero")
        .If("isZero", "z", new OnnxWriter().Node("Tanh", "y", "t").Output("t"), new OnnxWriter().Node("Relu", "y", "r").Output("r")).Output("z").ToArray();

    private static void Refused(OnnxWriter writer, string problem) =>
        Assert.Contains(problem, Assert.Throws<ImportException>(() => ImportOnnx.Bytes(writer.ToArray())).Message, StringComparison.Ordinal);
}
