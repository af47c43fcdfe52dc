using System.IO.Compression;
using System.Text.Json;
using PureHDF;
using RnnGen.Checkpoints;

namespace RnnGen.Formats.Tests;

/// <summary>Published files, and one model in every layout of Keras.</summary>
public class KerasPublishedFileTests
{
    private const string Original = "original";

    public static TheoryData<string> Hdf5 =>
    [
        "own_keras2.h5", "own_keras2_weights_only.h5", "own_keras3_legacy.h5", "own_keras3.weights.h5", "own_keras_tf213.weights.h5", "own_keras2_options.h5",
        "own_keras3_options.h5", "dtln.h5",
    ];

    public static TheoryData<string> Layouts =>
    [
        "own_keras2.h5", "own_keras2_weights_only.h5", "own_keras3_legacy.h5", "own_keras3.weights.h5", "own_keras_tf213.weights.h5", "own_keras3.keras",
    ];

    /// <summary>Another reader finds the same tensors in the same files.</summary>
    [Theory]
    [MemberData(nameof(Hdf5))]
    public void Has_the_tensors_of_PureHDF(string name)
    {
        string path = SharedFiles.Find(Original, name);
        TensorFile file = TensorFiles.Read(path);
        int count = 0;
        using var other = H5File.OpenRead(path);
        Visit(other, "");
        Assert.Equal(count, file.Tensors.Count);

        void Visit(IH5Group group, string prefix)
        {
            foreach (IH5Object child in group.Children())
            {
                if (child is IH5Group inner)
                {
                    Visit(inner, $"{prefix}{child.Name}/");
                }
                else if (child is IH5Dataset dataset)
                {
                    FileTensor? tensor = file.Find(prefix + child.Name);
                    Assert.NotNull(tensor);
                    Assert.Equal(dataset.Space.Dimensions, tensor.Shape.Select(size => (ulong)size));
                    if (tensor.ElementType == "F32")
                    {
                        Hdf5Files.AssertSameBits(tensor.Shape.Count == 0 ? [dataset.Read<float>()] : dataset.Read<float[]>(), tensor.Values.Span);
                    }

                    count++;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Layers_have_the_same_weights_in_every_layout(string name)
    {
        SafetensorsFile expected = SafetensorsFile.Read(SharedFiles.Find(Original, "own_keras2.expected.safetensors"));
        KerasModel model = KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, name)));
        KerasLayer[] layers = [.. model.Layers.Where(layer => layer.Weights.Count > 0)];
        (string Layer, string[] Weights)[] known =
        [
            ("embedding", ["embeddings"]),
            ("lstm", ["kernel", "recurrent_kernel", "bias"]),
            ("gru", ["kernel", "recurrent_kernel", "bias"]),
            ("gru_1", ["kernel", "recurrent_kernel", "bias"]),
            ("batch_normalization", ["gamma", "beta", "moving_mean", "moving_variance"]),
            (
                "bidirectional",
                [
                    "forward_layer.kernel", "forward_layer.recurrent_kernel", "forward_layer.bias", "backward_layer.kernel", "backward_layer.recurrent_kernel",
                    "backward_layer.bias",
                ]),
            ("simple_rnn", ["kernel", "recurrent_kernel", "bias"]),
            ("dense", ["kernel", "bias"]),
        ];
        bool isOrdered = !name.EndsWith(".weights.h5", StringComparison.Ordinal);
        Assert.Equal(
            isOrdered ? known.Select(layer => layer.Layer) : known.Select(layer => layer.Layer).Order(StringComparer.Ordinal), layers.Select(layer => layer.Name));
        foreach ((string layer, string[] weights) in known)
        {
            IReadOnlyList<FileTensor> found = Array.Find(layers, candidate => candidate.Name == layer)!.Weights;
            Assert.Equal(weights.Length, found.Count);
            for (int k = 0; k < weights.Length; k++)
            {
                Hdf5Files.AssertSame(expected[$"weights.{layer}.{weights[k]}"], found[k]);
            }
        }
    }

    [Theory]
    [InlineData("own_keras2.h5", 2)]
    [InlineData("own_keras3_legacy.h5", 3)]
    [InlineData("own_keras3.keras", 3)]
    public void Sequential_models_have_their_settings(string name, int version)
    {
        KerasModel model = KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, name)));
        Assert.Equal("Sequential", model.ClassName);
        Assert.Equal(version, model.MajorVersion);
        Assert.Equal(
            ["InputLayer", "Embedding", "LSTM", "GRU", "GRU", "BatchNormalization", "Bidirectional", "SimpleRNN", "Dense"], model.Layers.Select(layer => layer.ClassName));
        Assert.Equal([null, 9], model.Layers[0].InputShape!);
        KerasLayer lstm = model.Layers[2];
        Assert.Equal((7, "tanh", "sigmoid", true, false, true), (lstm.Units, lstm.Activation, lstm.RecurrentActivation, lstm.UseBias, lstm.GoBackwards, lstm.ReturnSequences));
        Assert.Equal([true, false], model.Layers.Where(layer => layer.ClassName == "GRU").Select(layer => layer.ResetAfter));
        Assert.Equal(0.001, model.Layers[5].Epsilon);
        KerasLayer bidirectional = model.Layers[6];
        Assert.Equal("concat", bidirectional.MergeMode);
        Assert.Equal([false, true], bidirectional.Wrapped.Select(layer => layer.GoBackwards));
        Assert.Equal(["LSTM", "LSTM"], bidirectional.Wrapped.Select(layer => layer.ClassName));
        Assert.Equal(bidirectional.Weights, bidirectional.Wrapped.SelectMany(layer => layer.Weights));
        Assert.Equal("softmax", model.Layers[8].Activation);
        Assert.Equal([new KerasInput("simple_rnn", 0, 0)], Assert.Single(model.Layers[8].Calls));
    }

    [Theory]
    [InlineData("own_keras2_options.h5", 2)]
    [InlineData("own_keras3_options.h5", 3)]
    public void Functional_models_have_their_connections(string name, int version)
    {
        KerasModel model = KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, name)));
        Assert.Equal(("Functional", version), (model.ClassName, model.MajorVersion));
        Assert.Equal([new KerasInput("x", 0, 0)], model.Inputs);
        Assert.Equal([new KerasInput("head", 0, 0)], model.Outputs);
        Assert.Equal(["x", "forward", "backward", "both", "gru", "head"], model.Layers.Select(layer => layer.Name));
        Assert.Equal([0, 2, 2, 0, 3, 2], model.Layers.Select(layer => layer.Weights.Count));
        Assert.Equal([null, 8, 4], model.Layers[0].InputShape!);
        Assert.Empty(model.Layers[0].Calls);
        Assert.Equal([new KerasInput("forward", 0, 0), new KerasInput("backward", 0, 0)], Assert.Single(model.Layers[3].Calls));
        Assert.Equal((false, true), (model.Layers[2].UseBias, model.Layers[2].GoBackwards));
        Assert.Equal(("hard_sigmoid", false), (model.Layers[4].RecurrentActivation, model.Layers[4].ResetAfter));
        Assert.Equal(("Dense", 2), (model.Layers[5].Wrapped[0].ClassName, model.Layers[5].Wrapped[0].Units));
        Assert.Equal(model.Layers[5].Weights, model.Layers[5].Wrapped[0].Weights);
    }

    [Fact]
    public void Weights_of_dtln()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find(Original, "dtln.h5"));
        KerasModel model = KerasModel.Read(file);
        Assert.Equal(
            ["lstm", "lstm_1", "dense", "conv1d", "layer_normalization", "lstm_2", "lstm_3", "dense_1", "conv1d_1"], model.Layers.Select(layer => layer.Name));
        Assert.Equal([3, 3, 2, 1, 2, 3, 3, 2, 1], model.Layers.Select(layer => layer.Weights.Count));
        Assert.Equal("lstm/lstm/recurrent_kernel:0", model.Layers[0].Weights[1].Name);
        Assert.Equal([128, 512], model.Layers[0].Weights[1].Shape);
        Assert.Equal("2.2.4-tf", file.Texts["keras_version"]);
        Assert.Equal(2, model.MajorVersion);
        Assert.Null(model.ClassName);
    }

    /// <summary>What <c>get_weights()</c> returned is what we find, in the same order.</summary>
    [Fact]
    public void Weights_are_those_of_get_weights()
    {
        using ZipArchive archive = ZipFile.OpenRead(SharedFiles.Find(Original, "own_keras_get_weights.npz"));
        FileTensor[] weights = [.. KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, "own_keras3.keras"))).Layers.SelectMany(layer => layer.Weights)];
        Assert.Equal(archive.Entries.Count, weights.Length);
        for (int k = 0; k < weights.Length; k++)
        {
            var content = new MemoryStream();
            using (Stream entry = archive.GetEntry($"arr_{k}.npy")!.Open())
            {
                entry.CopyTo(content);
            }

            byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights[k].Values.Span).ToArray();
            Assert.Equal(bytes, content.ToArray()[^bytes.Length..]);
        }
    }

    [Fact]
    public void The_index_has_the_same_shapes()
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(SharedFiles.Find("index.json")));
        JsonElement tensors = index.RootElement.EnumerateArray()
            .First(entry => entry.TryGetProperty("name", out JsonElement name) && name.GetString() == "own_keras2").GetProperty("tensors");
        string[] expected = [.. tensors.EnumerateObject().Where(tensor => tensor.Name.StartsWith("weights.", StringComparison.Ordinal)).Select(tensor => tensor.Value.GetString()!)];
        KerasModel model = KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, "own_keras2.h5")));
        Assert.Equal(expected, model.Layers.SelectMany(layer => layer.Weights).Select(weight => $"float32 [{string.Join(", ", weight.Shape)}]"));
    }
}
