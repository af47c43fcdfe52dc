namespace RnnGen.Formats.Tests;

/// <summary>Configurations, with tensors that are made here.</summary>
public class KerasModelTests
{
    private const string Dense = """{"class_name": "Dense", "config": {"name": "NAME", "units": 2}}""";

    [Fact]
    public void Tf_keras_counts_layers_twice()
    {
        KerasModel model = Read(
            Sequential("LSTM a", "LSTM b", "Dense c"), "_layer_checkpoint_dependencies/dense/vars/0", "_layer_checkpoint_dependencies/lstm/cell/vars/0",
            "_layer_checkpoint_dependencies/lstm_2/cell/vars/0");
        Assert.Equal(
            ["_layer_checkpoint_dependencies/lstm/cell/vars/0", "_layer_checkpoint_dependencies/lstm_2/cell/vars/0", "_layer_checkpoint_dependencies/dense/vars/0"],
            model.Layers.Select(layer => Assert.Single(layer.Weights).Name));
    }

    [Fact]
    public void Groups_of_windows_have_other_names()
    {
        const string Name = @"_layer_checkpoint_dependencies\lstm\cell/vars/0";
        Assert.Equal(Name, Read(Sequential("LSTM a"), Name).Layers[0].Weights[0].Name);
    }

    [Fact]
    public void Weights_are_ordered_by_their_numbers()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(k => $"layers/dense/vars/{k}")];
        Assert.Equal(names, Read(Sequential("Dense a"), [.. names.Order(StringComparer.Ordinal)]).Layers[0].Weights.Select(weight => weight.Name));
        string[] layers = [.. Enumerable.Range(0, 12).Select(k => k == 0 ? "layers/dense/vars/0" : $"layers/dense_{k}/vars/0")];
        Assert.Equal(
            layers,
            Read(Sequential([.. Enumerable.Range(0, 12).Select(k => $"Dense x{k}")]), [.. layers.Order(StringComparer.Ordinal)]).Layers.Select(layer => layer.Weights[0].Name));
    }

    [Fact]
    public void A_number_tells_which_layer_has_weights() => Assert.Equal(
        [0, 1], Read(Sequential("LayerNormalization a", "LayerNormalization b"), "layers/layer_normalization_1/vars/0").Layers.Select(layer => layer.Weights.Count));

    [Theory]
    [InlineData("SimpleRNN", "simple_rnn")]
    [InlineData("Conv1D", "conv1d")]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("TimeDistributed", "time_distributed")]
    [InlineData("GRU", "gru")]
    public void Classes_in_the_spelling_of_groups(string type, string group) =>
        Assert.Single(Read(Sequential($"{type} a"), $"layers/{group}/vars/0").Layers[0].Weights);

    [Fact]
    public void State_of_random_numbers_is_no_weight() => Assert.Single(
        Read(Sequential("LSTM a"), "layers/lstm/cell/seed_generator/vars/0", "layers/lstm/cell/vars/0", "layers/lstm/seed_generator/vars/0").Layers[0].Weights);

    [Theory]
    [InlineData("layers/dense_1/vars/0", "of another model")]
    [InlineData("layers/gru/vars/0", "of another model")]
    [InlineData("layers/dense_0/vars/0 layers/dense/vars/0", "of another model")]
    [InlineData("x", "Save a Sequential")]
    public void Refuses_weights_of_other_models(string name, string problem) =>
        Assert.Contains(problem, Assert.Throws<CheckpointException>(() => Read(Sequential("Dense a"), name.Split(' '))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("""{"class_name": "MyModel"}""", "found class 'MyModel'")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense"}]}}""", "without")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "Sequential", "config": {"name": "a", "layers": [{}]}}]}}""", "another model")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [{"class_name": "Bidirectional", "config": {"name": "a"}}]}}""", "bidirectional")]
    [InlineData("""{"class_name": "Sequential", "config": {"layers": [5, [], null, "x"]}}""", "without")]
    [InlineData("""{"\ud800": "\ud800"}""", "JSON")]
    public void Refuses_other_configurations(string text, string problem)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => Read(text, "layers/dense/vars/0"));
        Assert.True(e.Message.Contains(problem, StringComparison.Ordinal) || e.Reason == CheckpointReason.SurplusTensor, e.Message);
    }

    [Fact]
    public void Refuses_deep_configurations() => Assert.Contains(
        "JSON", Assert.Throws<CheckpointException>(() => Read(new string('[', 100_000), "layers/dense/vars/0")).Message, StringComparison.Ordinal);

    [Fact]
    public void Keras_1_has_the_layers_in_a_list()
    {
        KerasLayer layer = Read(
            """{"class_name": "Sequential", "config": [{"class_name": "GRU", "config": {"name": "a", "output_dim": 3, "inner_activation": "hard_sigmoid"}}]}""",
            "layers/gru/vars/0").Layers[0];
        Assert.Equal(("GRU", 3, "hard_sigmoid", null), (layer.ClassName, layer.Units, layer.RecurrentActivation, layer.ResetAfter));
    }

    [Fact]
    public void Connections_of_both_versions()
    {
        const string Keras3 =
            """
            {"class_name": "Functional", "config": {"layers": [
              {"class_name": "Dense", "name": "d", "config": {"name": "d", "activation": {"class_name": "function", "config": "relu"}}, "inbound_nodes": [
                {"args": [[{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}, {"class_name": "__keras_tensor__", "config": {"keras_history": ["y", 1, 2]}}]],
                 "kwargs": {"mask": null, "initial_state": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["z", 0, 1]}}]}}]}],
              "input_layers": ["x", 0, 0], "output_layers": [["d", 0, 0]]}}
            """;
        const string Keras2 =
            """
            {"class_name": "Model", "config": {"layers": [
              {"class_name": "Dense", "name": "d", "config": {"name": "d", "activation": "relu"}, "inbound_nodes": [[["x", 0, 0, {}], ["y", 1, 2, {"initial_state": ["z", 0, 1]}]]]}],
              "input_layers": [["x", 0, 0]], "output_layers": [["d", 0, 0]]}}
            """;
        foreach (string text in (string[])[Keras2, Keras3])
        {
            KerasModel model = Read(text, "layers/dense/vars/0");
            Assert.Equal(
                [new KerasInput("x", 0, 0), new KerasInput("y", 1, 2), new KerasInput("z", 0, 1, "initial_state")], Assert.Single(model.Layers[0].Calls));
            Assert.Equal([new KerasInput("x", 0, 0)], model.Inputs);
            Assert.Equal([new KerasInput("d", 0, 0)], model.Outputs);
            Assert.Equal("relu", model.Layers[0].Activation);
        }
    }

    private static string Sequential(params string[] layers) =>
        """{"class_name": "Sequential", "config": {"layers": [""" + string.Join(", ", layers.Select(Layer)) + "]}}";

    private static string Layer(string layer) => Dense.Replace("Dense", layer.Split(' ')[0], StringComparison.Ordinal).Replace("NAME", layer.Split(' ')[1], StringComparison.Ordinal);

    private static KerasModel Read(string configuration, params string[] names) => KerasModel.Read(new TensorFile(
        "Keras archive", "model.keras", names.Select(name => new FileTensor(name, "F32", [1], new float[1])), new Dictionary<string, string> { ["model_config"] = configuration }));
}
