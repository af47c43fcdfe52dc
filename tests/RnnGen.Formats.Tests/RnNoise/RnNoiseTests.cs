using System.Globalization;
using System.Text;
using RnnGen.Checkpoints;

namespace RnnGen.Formats.Tests;

/// <summary>Networks of RNNoise as ffmpeg reads them.</summary>
public sealed class RnNoiseTests
{
    [Theory]
    [InlineData("rnnoise_nu_sh")]
    [InlineData("rnnoise_nu_cb")]
    public void A_published_network_gives_the_expected_gains(string name)
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", name + ".rnnn"));
        Assert.Equal("RNNoise network", file.Format);
        Assert.Equal(15, file.Tensors.Count);
        Assert.Equal([42, 24], file.Find("input_dense.kernel")!.Shape);
        Assert.Equal([90, 144], file.Find("noise_gru.kernel")!.Shape);
        Assert.Equal([96, 288], file.Find("denoise_gru.recurrent_kernel")!.Shape);
        Assert.Equal([1], file.Find("vad_output.bias")!.Shape);
        Assert.Equal(["tanh", "tanh", "relu", "tanh", "sigmoid", "sigmoid"], file.Texts.Values);

        SafetensorsFile expected = SafetensorsFile.Read(SharedFiles.Find("original", name + ".expected.safetensors"));
        double[] gains = new double[200 * 22];
        double[] speech = new double[200];
        expected["gain.f64"].CopyTo(gains.AsSpan());
        expected["vad.f64"].CopyTo(speech.AsSpan());
        double[] vad = new double[24];
        double[] noise = new double[48];
        double[] denoise = new double[96];
        for (int t = 0; t < 200; t++)
        {
            double[] x = SmallNetwork.Widen(expected["x"].Floats().Slice(42 * t, 42));
            double[] dense = [.. SmallNetwork.Dense(file.Find("input_dense.kernel")!, file.Find("input_dense.bias"), x).Select(Math.Tanh)];
            Gru(file, "vad_gru", dense, vad);
            Gru(file, "noise_gru", [.. dense, .. vad, .. x], noise);
            Gru(file, "denoise_gru", [.. vad, .. noise, .. x], denoise);
            double[] gain = SmallNetwork.Dense(file.Find("denoise_output.kernel")!, file.Find("denoise_output.bias"), denoise);
            Assert.All(gain, (value, k) => Assert.Equal(gains[(22 * t) + k], SmallNetwork.Sigmoid(value), 1e-4));
            Assert.Equal(speech[t], SmallNetwork.Sigmoid(SmallNetwork.Dense(file.Find("vad_output.kernel")!, file.Find("vad_output.bias"), vad)[0]), 1e-4);
        }
    }

    [Fact]
    public void Whole_numbers_stand_for_256_times_the_weights()
    {
        TensorFile file = TensorFiles.Read(Encoding.ASCII.GetBytes(Small()));
        Assert.Equal([-1 / 256f, 1f], file.Find("input_dense.kernel")!.Values.ToArray());
        Assert.Equal("relu", file.Texts["vad_gru.activation"]);
    }

    [Fact]
    public void Broken_texts_are_refused()
    {
        string sound = Small();
        Refuse(sound.Replace("version 1", "version 2", StringComparison.Ordinal), "version 1");
        Refuse(sound.Replace("-1 256", "-1 2x6", StringComparison.Ordinal), "element 1 of 2");
        Refuse(sound.Replace("2 1 0", "2 1 3", StringComparison.Ordinal), "found 3");
        Refuse(sound.Replace("2 1 0", "0 1 0", StringComparison.Ordinal), "from 1");
        Refuse(sound.Replace("2 1 0", "60000 60000 0", StringComparison.Ordinal), "room for");
        Refuse(sound.Replace("2 1 0", "99999999999 1 0", StringComparison.Ordinal), "whole number");
        Refuse(sound + "7", "the end of the file");
        for (int length = 32; length < sound.Length - 2; length++)
        {
            Refuse(sound[..length], "expected");
        }

        static void Refuse(string text, string part) => Assert.Contains(
            part, Assert.Throws<CheckpointException>(() => TensorFiles.Read(Encoding.ASCII.GetBytes(text))).Message, StringComparison.Ordinal);
    }

    private static void Gru(TensorFile file, string name, double[] x, double[] h)
    {
        int n = h.Length;
        FileTensor recurrent = file.Find(name + ".recurrent_kernel")!;
        double[] input = SmallNetwork.Dense(file.Find(name + ".kernel")!, file.Find(name + ".bias"), x);
        double[] state = SmallNetwork.Dense(recurrent, null, h);
        double[] reset = [.. h.Select((value, k) => value * SmallNetwork.Sigmoid(input[n + k] + state[n + k]))];
        double[] candidate = SmallNetwork.Dense(recurrent, null, reset);
        for (int k = 0; k < n; k++)
        {
            double z = SmallNetwork.Sigmoid(input[k] + state[k]);
            double sum = input[(2 * n) + k] + candidate[(2 * n) + k];
            h[k] = (z * h[k]) + ((1 - z) * (file.Texts[name + ".activation"] == "relu" ? Math.Max(sum, 0) : Math.Tanh(sum)));
        }
    }

    private static string Small()
    {
        string Row(int count) => string.Join(' ', Enumerable.Range(10, count).Select(k => k.ToString(CultureInfo.InvariantCulture)));
        string gru = $"1 1 2\n{Row(3)}\n{Row(3)}\n{Row(3)}\n";
        return $"rnnoise-nu model file version 1\n2 1 0\n-1 256\n5\n{gru}{gru}{gru}1 1 1\n7\n8\n1 1 1\n7\n8\n";
    }
}
