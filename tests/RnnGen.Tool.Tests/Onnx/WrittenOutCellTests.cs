using RnnGen.Fuzz;
using RnnGen.Tool.Description;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Tests.Onnx;

/// <summary>Cells and normalizations that are written out in other ways than those of the published graphs.</summary>
public class WrittenOutCellTests
{
    private static readonly float[] Matrix = [.. Enumerable.Range(0, 5 * 6).Select(k => MathF.Sin(k) / 2)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gru_with_the_reset_gate_on_the_state(bool isRestFirst)
    {
        ImportedModel model = ImportOnnx.Bytes(Gru(isRestFirst));
        ImportedLayer layer = model.Layers[0];
        Assert.Equal("Gru", layer.Kind);
        Assert.False(layer.Get("LinearBeforeReset", true));
        Assert.Equal(3, layer.Width);

        // r, z, n of W: the first two columns of each matrix are those of x.
        float[] weights = layer.Tensors.Single(tensor => tensor.Name == "weight_ih_l0").Values;
        Assert.Equal(Matrix[3], weights[1]);
        Assert.Equal(2 * Matrix[0], weights[6]);
        Assert.Equal(3 * Matrix[0], weights[12]);
        Assert.Equal(InputRole.State, model.Inputs.Single(input => input.Name == "h").Role);
        Assert.True(model.Outputs.Single(output => output.Name == "y").Places.All(place => !place.IsState));
    }

    [Fact]
    public void Of_two_inputs_as_large_as_the_state_the_later_one_is_the_state()
    {
        ImportedModel model = ImportOnnx.Bytes(Gru(isRestFirst: true, inputs: 3));
        Assert.Equal(InputRole.Data, model.Inputs[0].Role);
        Assert.Equal(InputRole.State, model.Inputs[1].Role);
    }

    [Fact]
    public void Layer_normalization_with_the_reciprocal_of_a_root()
    {
        var writer = new OnnxWriter().Input("x", isInteger: false, 1, 4, 3).Output("y")
            .Tensor("epsilon", [1], 1e-3f).Tensor("gamma", [3], 1, 2, 3).Tensor("beta", [3], 4, 5, 6).Tensor("two", [], 2)
            .Tensor("W", [1, 3, 3], [.. Matrix.Take(9)]).Tensor("R", [1, 3, 3], [.. Matrix.Take(9)])
            .Node("Transpose", "x", "xt", ("perm", new[] { 1, 0, 2 }))
            .Node("RNN", "xt W R", "r", ("hidden_size", 3))
            .Node("Squeeze", "r one", "s").Vector("one", 1)
            .Node("ReduceMean", "s", "m", ("axes", new[] { -1 }))
            .Node("Sub", "s m", "d")
            .Node("Pow", "d two", "q")
            .Node("ReduceMean", "q", "v", ("axes", new[] { -1 }))
            .Node("Add", "v epsilon", "e")
            .Node("Sqrt", "e", "root")
            .Node("Reciprocal", "root", "k")
            .Node("Mul", "d k", "n")
            .Node("Mul", "n gamma", "g")
            .Node("Add", "g beta", "y");
        ImportedModel model = ImportOnnx.Bytes(writer.ToArray());
        Assert.Equal(["Rnn(3, Bias = false)", "LayerNorm(Epsilon = 0.001f)"], model.Layers.Select(layer => ClassWriter.Attribute(layer)));
        Assert.Equal([1, 2, 3], model.Layers[1].Tensors[0].Values);
        Assert.Equal([4, 5, 6], model.Layers[1].Tensors[1].Values);
    }

    /// <summary>h' = (1 - z) n + z h, n = tanh(W x + U (r h)); matrices [inputs, 3] are multiples of one.</summary>
    private static byte[] Gru(bool isRestFirst, int inputs = 2)
    {
        var writer = new OnnxWriter().Input("x", isInteger: false, 1, inputs).Input("h", isInteger: false, 1, 3).Output("y");
        for (int gate = 1; gate <= 3; gate++)
        {
            int factor = gate;
            writer.Tensor($"W{gate}", [inputs, 3], [.. Matrix.Take(inputs * 3).Select(weight => factor * weight)]);
            writer.Tensor($"U{gate}", [3, 3], [.. Matrix.Skip(10).Take(9).Select(weight => factor * weight)]);
            writer.Node("MatMul", $"x W{gate}", $"x{gate}");
        }

        writer.Tensor("one", [], 1);
        foreach (int gate in new[] { 1, 2 })
        {
            writer.Node("MatMul", $"h U{gate}", $"h{gate}").Node("Add", $"h{gate} x{gate}", $"s{gate}").Node("Sigmoid", $"s{gate}", gate == 1 ? "r" : "z");
        }

        writer.Node("Mul", "r h", "rh").Node("MatMul", "rh U3", "h3").Node("Add", "x3 h3", "s3").Node("Tanh", "s3", "n")
            .Node("Sub", "one z", "rest").Node("Mul", "rest n", "a").Node("Mul", "z h", "b");
        return (isRestFirst ? writer.Node("Add", "a b", "y") : writer.Node("Add", "b a", "y")).ToArray();
    }
}
