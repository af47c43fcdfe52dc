using System.Text.Json;
using RnnGen.Checkpoints;
using RnnGen.Formats.Onnx;

namespace RnnGen.Formats.Tests;

/// <summary>ONNX files that exporters wrote.</summary>
public sealed class OnnxFileTests
{
    private static readonly string[] Refused = ["refuse_external_data", "refuse_truncated"];

    [Fact]
    public void Graphs_of_exporters_have_the_nodes_inputs_and_outputs_that_are_listed()
    {
        int count = 0;
        foreach (JsonElement entry in Entries("onnx/").Where(entry => entry.GetProperty("expected").ValueKind == JsonValueKind.String))
        {
            string path = SharedFiles.Find(entry.GetProperty("original").GetString()!.Split('/'));
            OnnxModel model = OnnxModel.Read(path, File.ReadAllBytes(path));
            string[] nodes = entry.GetProperty("nodes").GetString()!.Split(' ');
            Assert.Equal(nodes, model.Graph.Nodes.Select(node => node.OperatorType).Distinct().Order(StringComparer.Ordinal));
            Assert.InRange(model.OperatorSets[""], 9, 20);
            foreach (JsonProperty tensor in entry.GetProperty("tensors").EnumerateObject())
            {
                string name = tensor.Name[(tensor.Name.IndexOf('.') + 1)..];
                OnnxValueInfo value = (tensor.Name.StartsWith("in.", StringComparison.Ordinal) ? model.Graph.Inputs : model.Graph.Outputs).Single(v => v.Name == name);
                string[] listed = tensor.Value.GetString()!.Split(' ', 2);
                Assert.Equal(listed[0], value.ElementType switch { "F32" => "float32", "F16" => "float16", "I64" => "int64", "I32" => "int32", _ => value.ElementType });
                int[] shape = JsonSerializer.Deserialize<int[]>(listed[1])!;
                if (value.Shape is not null)
                {
                    Assert.Equal(shape.Length, value.Shape.Count);
                    Assert.All(shape, (size, d) => Assert.Equal(size, value.Shape[d].Size ?? size));
                }
            }

            TensorFile file = TensorFiles.Read(path);
            Assert.Equal("ONNX file", file.Format);
            Assert.NotEmpty(file.Tensors);
            Assert.All(file.Tensors, tensor => Assert.All(tensor.Values.ToArray(), value => Assert.True(float.IsFinite(value))));
            count++;
        }

        Assert.True(count >= 49);
    }

    [Fact]
    public void Tensors_are_initializers_and_constants_also_those_of_branches()
    {
        string path = SharedFiles.Find("original", "silero_vad_16k_op15.onnx");
        TensorFile file = TensorFiles.Read(path);

        Assert.Equal([512, 128], file.Find("model.decoder.rnn.weight_ih")!.Shape);
        Assert.Equal("F32", file.Find("model.decoder.rnn.weight_ih")!.ElementType);
        Assert.Equal([258, 1, 256], file.Find("model.stft.forward_basis_buffer")!.Shape);
        Assert.Equal([2f], file.Find("/model/stft/Constant_22_output_0")!.Values.ToArray());
        Assert.NotNull(file.Find("/model/decoder/rnn/Constant_53_output_0"));

        TensorFile inIf = TensorFiles.Read(SharedFiles.Find("onnx", "lstm_in_if.onnx"));
        Assert.Equal([24, 4], inIf.Find("w")!.Shape);
        Assert.Equal([7, 1, 2, 6], inIf.Find("Ye")!.Shape);
    }

    [Fact]
    public void Three_files_with_the_same_filters_agree_in_every_bit()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "silero_vad_16k_op15.onnx"));
        TensorFile half = TensorFiles.Read(SharedFiles.Find("original", "silero_vad_half.onnx"));
        SafetensorsFile published = SafetensorsFile.Read(SharedFiles.Find("silero_vad_16k.original.safetensors"));
        SameBits.Check(published["stft_conv.weight"], file.Find("model.stft.forward_basis_buffer")!);
        SameBits.Check(published["stft_conv.weight"], half.Find("stft.forward_basis_buffer")!);
    }

    [Theory]
    [InlineData("lstm_float_data", "")]
    [InlineData("lstm_float16_weights_cast", "h")]
    [InlineData("lstm_no_bias_constants", "")]
    public void Weights_give_the_expected_output(string name, string ending)
    {
        const int Hidden = 6;
        TensorFile file = TensorFiles.Read(SharedFiles.Find("onnx", name + ".onnx"));
        SafetensorsFile expected = SafetensorsFile.Read(SharedFiles.Find("onnx", name + ".safetensors"));
        FileTensor? bias = file.Find("B" + ending);
        double[] biases = bias is null ? new double[8 * Hidden] : SmallNetwork.Widen(bias.Values.Span);
        for (int sequence = 0; sequence < 2; sequence++)
        {
            double[] h = new double[Hidden];
            double[] c = new double[Hidden];
            for (int t = 0; t < 7; t++)
            {
                int row = (2 * t) + sequence;
                double[] x = SmallNetwork.Widen(expected["in.X"].Floats().Slice(4 * row, 4));
                double[] sums = SmallNetwork.Add(SmallNetwork.Linear(Matrix("W", 4), null, x), SmallNetwork.Linear(Matrix("R", Hidden), null, h));
                sums = [.. sums.Select((sum, k) => sum + biases[k] + biases[(4 * Hidden) + k])];

                // ONNX has i, o, f, c.
                SmallNetwork.Lstm([.. sums[..6], .. sums[12..18], .. sums[18..], .. sums[6..12]], h, c);
                float[] y = expected["out.Y"].Floats().Slice(Hidden * row, Hidden).ToArray();
                Assert.All(h, (value, k) => Assert.Equal(y[k], value, 1e-5));
            }
        }

        FileTensor Matrix(string tensor, int columns)
        {
            FileTensor found = file.Find(tensor + ending)!;
            Assert.Equal([1, 4 * Hidden, columns], found.Shape);
            return new FileTensor(tensor, found.ElementType, [4 * Hidden, columns], found.Values);
        }
    }

    [Fact]
    public void Published_networks_have_their_layers()
    {
        TensorFile first = TensorFiles.Read(SharedFiles.Find("original", "dtln_model_1.onnx"));
        Assert.Contains(first.Tensors, tensor => tensor.Shape.SequenceEqual([1, 512, 257]));
        Assert.Equal(3, first.Tensors.Count(tensor => tensor.Shape.SequenceEqual([1, 512, 128])));
        TensorFile second = TensorFiles.Read(SharedFiles.Find("original", "dtln_model_2.onnx"));
        Assert.Contains(second.Tensors, tensor => tensor.Shape.SequenceEqual([256, 512]));
    }

    [Fact]
    public void Elements_as_floats_and_as_halves_are_those_of_the_other_files()
    {
        TensorFile floats = TensorFiles.Read(SharedFiles.Find("onnx", "lstm_float_data.onnx"));
        Assert.All(floats.Tensors, tensor => Assert.Contains(tensor.ElementType, new[] { "F32", "I64" }));
        TensorFile halves = TensorFiles.Read(SharedFiles.Find("onnx", "lstm_float16_weights_cast.onnx"));
        Assert.Contains(halves.Tensors, tensor => tensor.ElementType == "F16" && tensor.Shape.Count == 3);
        Assert.All(
            halves.Tensors.Where(tensor => tensor.ElementType == "F16"),
            tensor => Assert.All(tensor.Values.ToArray(), value => Assert.Equal(value, (float)(Half)value)));
    }

    [Fact]
    public void Weights_in_another_file_and_half_a_file_are_refused()
    {
        foreach (string name in Refused)
        {
            string path = SharedFiles.Find("onnx", name + ".onnx");
            CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(path));
            Assert.Equal(path, e.Path);
            Assert.NotNull(e.Offset);
        }

        CheckpointException external = Assert.Throws<CheckpointException>(() => TensorFiles.Read(SharedFiles.Find("onnx", Refused[0] + ".onnx")));
        Assert.Contains("'weights.bin'", external.Message, StringComparison.Ordinal);
        Assert.NotNull(external.Tensor);
    }

    private static IEnumerable<JsonElement> Entries(string folder)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(SharedFiles.Find("index.json")));
        return [.. index.RootElement.Clone().EnumerateArray().Where(
            entry => entry.TryGetProperty("original", out JsonElement path) && path.GetString()!.StartsWith(folder, StringComparison.Ordinal))];
    }
}
