using System.Globalization;
using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>Networks of Neural Amp Modeler.</summary>
public sealed class NamTests
{
    [Fact]
    public void The_row_of_weights_is_cut_into_layers()
    {
        // Two layers of two: 4*2*(1+2) + 8 + 2 + 2, then 4*2*(2+2) + 8 + 2 + 2, then 2 + 1.
        TensorFile file = TensorFiles.Read(Encoding.UTF8.GetBytes(Lstm(2, 1, 2, 36 + 44 + 3)));

        Assert.Equal("Neural Amp Modeler file", file.Format);
        Assert.Equal(
            ["layers.0.weight [8, 3] 0", "layers.0.bias [8] 24", "layers.0.h0 [2] 32", "layers.0.c0 [2] 34",
             "layers.1.weight [8, 4] 36", "layers.1.bias [8] 68", "layers.1.h0 [2] 76", "layers.1.c0 [2] 78", "head.weight [1, 2] 80", "head.bias [1] 82"],
            file.Tensors.Select(tensor => string.Create(CultureInfo.InvariantCulture, $"{tensor.Name} [{string.Join(", ", tensor.Shape)}] {tensor.Values.Span[0]}")));
        Assert.Equal("48000", file.Texts["sample_rate"]);
        Assert.Equal("my amp", file.Texts["metadata.name"]);
        Assert.Equal("2", file.Texts["config.hidden_size"]);
    }

    [Fact]
    public void Other_architectures_and_numbers_of_weights_are_refused()
    {
        Refuse(Lstm(1, 1, 2, 10), "expected 39 weights for 1 layers with 1 inputs and 2 hidden units, found 10");
        Refuse(Lstm(1, 1, 1 << 20, 10), "weights");
        Refuse(Lstm(1 << 20, 1 << 20, 1 << 20, 10), "weights");
        Refuse(Lstm(0, 1, 2, 3), "config.num_layers");
        Refuse(Lstm(1, 1, 2, 39).Replace("LSTM", "WaveNet", StringComparison.Ordinal), "'WaveNet'");
        Refuse("{\"architecture\": \"LSTM\", \"config\": {\"num_layers\": 1, \"input_size\": 1, \"hidden_size\": 1.5}, \"weights\": [1]}", "config.hidden_size");
        Refuse("{\"architecture\": \"LSTM\", \"config\": {}, \"weights\": \"none\"}", "weights");
        Refuse("{\"architecture\": \"LSTM\", \"weights\": [1, 2", "JSON");
        Refuse("{\"architecture\": \"LSTM\", \"config\": {\"num_layers\": 1, \"input_size\": 1, \"hidden_size\": 1, \"out_channels\": 2}, \"weights\": [1]}", "output channel");

        static void Refuse(string text, string part) => Assert.Contains(
            part, Assert.Throws<CheckpointException>(() => TensorFiles.Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);
    }

    private static string Lstm(int layers, int inputs, int hidden, int weights) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"version\": \"0.5.2\", \"metadata\": {{\"name\": \"my amp\", \"gain\": null}}, \"architecture\": \"LSTM\", \"config\": {{\"input_size\": {inputs}, \"hidden_size\": {hidden}, \"num_layers\": {layers}}}, \"weights\": [{string.Join(", ", Enumerable.Range(0, weights))}], \"sample_rate\": 48000}}");
}
