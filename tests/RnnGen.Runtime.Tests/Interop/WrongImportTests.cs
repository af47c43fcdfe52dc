namespace RnnGen.Tests.Interop;

/// <summary>A wrong import says what was expected and what was found, and changes nothing.</summary>
public class WrongImportTests
{
    private static readonly WeightTensor Input = Zeros(20, 3);
    private static readonly WeightTensor State = Zeros(20, 5);

    [Fact]
    public void Shapes() => Refused(
        new ImportedLstm(seed: 1),
        new() { InputWeights = [Zeros(3, 20)], StateWeights = [State] },
        "InputWeights of layer 'Lstm'", "expected [20, 3] or 4 arrays [5, 3], found [3, 20]", "Transposed = true");

    [Fact]
    public void A_missing_matrix() => Refused(
        new ImportedLstm(seed: 1), new() { InputWeights = [Input] }, "StateWeights of layer 'Lstm'", "expected [20, 5] or 4 arrays [5, 5], found none");

    [Fact]
    public void A_gate_of_another_size() => Refused(
        new ImportedLstm(seed: 1), new() { InputWeights = [Zeros(5, 3), Zeros(5, 3), Zeros(4, 3), Zeros(6, 3)], StateWeights = [State] }, "found [5, 3], [5, 3], [4, 3], [6, 3]");

    [Fact]
    public void A_bias_of_another_size() => Refused(
        new ImportedLstm(seed: 1), new() { InputWeights = [Input], StateWeights = [State], InputBias = [Zeros(15)] }, "InputBias", "expected [20] or 4 arrays [5], found [15]");

    [Fact]
    public void The_gates_of_another_cell() => Refused(
        new ImportedLstm(seed: 1), new() { GateOrder = "z r h", InputWeights = [Input], StateWeights = [State] }, "gates i, f, g, o, such as \"i f g o\"", "found \"z r h\"");

    [Fact]
    public void A_gate_twice() => Refused(
        new ImportedLstm(seed: 1), new() { GateOrder = "i f c g", InputWeights = [Input], StateWeights = [State] }, "found \"i f c g\"");

    [Fact]
    public void The_other_form_of_the_reset_gate()
    {
        var weights = new RecurrentWeights { Layout = WeightLayout.Onnx, InputWeights = [Zeros(15, 3)], StateWeights = [Zeros(15, 5)] };

        Refused(new ImportedGru(seed: 1), weights, "after the recurrent product, the layout before it", "[Gru(5, LinearBeforeReset = false)]", "ResetAfter = true");
        new ImportedResetBefore(seed: 1).Layers[0].Import(weights);
    }

    [Fact]
    public void One_bias_of_keras_for_a_reset_after_the_product() => Refused(
        new ImportedGru(seed: 1),
        new() { Layout = WeightLayout.Keras, InputWeights = [Zeros(3, 15)], StateWeights = [Zeros(5, 15)], InputBias = [Zeros(15)] },
        "expected [2, 15]", "found [15]", "ResetAfter = false");

    [Fact]
    public void A_bias_for_a_layer_without() => Refused(
        new ImportedOne(seed: 1), new() { InputWeights = [Zeros(4)], StateWeights = [Zeros(4)], InputBias = [(float[])[0, 0, 1, 0]] }, "Bias = false");

    [Fact]
    public void Peepholes_projection_and_initial_states_for_a_layer_without()
    {
        float[] ones = [1, 1, 1, 1, 1];
        Refused(new ImportedLstm(seed: 1), new() { InputWeights = [Input], StateWeights = [State], Peepholes = [ones, ones, ones] }, "Peepholes = true");
        Refused(new ImportedLstm(seed: 1), new() { InputWeights = [Input], StateWeights = [State], Projection = Zeros(5, 5) }, "ProjectionSize");
        Refused(new ImportedLstm(seed: 1), new() { InputWeights = [Input], StateWeights = [State], InitialC = ones }, "LearnInitialState = true");
        Refused(
            new ImportedProjection(seed: 1), new() { InputWeights = [Zeros(24, 7)], StateWeights = [Zeros(24, 2)], Projection = Zeros(2, 6), InitialH = ones },
            "InitialH", "expected [2], found [5]");
    }

    [Fact]
    public void An_inverted_gate_that_is_not_there() => Refused(
        new ImportedLstm(seed: 1), new() { Layout = new() { InvertedUpdate = true }, InputWeights = [Input], StateWeights = [State] }, "update gate");

    [Fact]
    public void Levels_and_directions()
    {
        var model = new ImportedStack(seed: 1);
        Layer layer = model.Layers[0];

        Assert.Throws<ArgumentException>("direction", () => layer.Export(WeightLayout.PyTorch));
        Assert.Throws<ArgumentException>("direction", () => layer.Export(WeightLayout.PyTorch, 1, Direction.Bidirectional));
        var e = Assert.Throws<ArgumentException>("level", () => layer.Export(WeightLayout.PyTorch, 2));
        Assert.Contains("it has level 0 Forward, level 0 Reverse, level 1 Forward, level 1 Reverse", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("layer", () => new FoldedModel(seed: 1).Answer.Export(WeightLayout.PyTorch));
        Assert.Throws<ArgumentException>("level", () => layer.Export(WeightLayout.CuDnn, 1));
        e = Assert.Throws<ArgumentException>("weights", () => layer.Import(new RecurrentWeights { Layout = WeightLayout.CuDnn, Buffer = Zeros(7) }));
        Assert.Contains("expected 1080 elements, or 920 without biases, found 7", e.Message, StringComparison.Ordinal);
    }

    private static WeightTensor Zeros(params int[] shape) => new(new float[shape.Aggregate(1, (product, size) => product * size)], shape);

    private static void Refused(IRnnModel model, RecurrentWeights weights, params string[] texts)
    {
        float[] before = model.Parameters.ToArray();
        var e = Assert.ThrowsAny<ArgumentException>(() => model.Layers[0].Import(weights));
        Assert.All(texts, text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
        Assert.True(model.Parameters.SequenceEqual(before));
    }
}
