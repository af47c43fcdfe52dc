using System.CommandLine;
using System.Globalization;
using RnnGen.Formats;
using RnnGen.Fuzz;
using RnnGen.Tool.Commands;
using RnnGen.Tool.Tests.Onnx;
using RnnGen.Tool.Verify;

namespace RnnGen.Tool.Tests.Commands;

/// <summary>The command line: what is written and printed, and what an error is.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnngen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Import_writes_the_class_and_its_weights()
    {
        string file = Write("net.onnx", SoundGraphs.All[0].Bytes);
        (int code, string output, string error) = Run("import", file, "--class", "Amp", "--namespace", "Audio.Models", "--sequence-length", "32", "--output", At("made"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Lstm(2, Direction = Direction.Bidirectional)", output, StringComparison.Ordinal);
        string text = File.ReadAllText(At("made/Amp.cs"));
        Assert.Contains("namespace Audio.Models;", text, StringComparison.Ordinal);
        Assert.Contains("[RnnModel(inputSize: 4, sequenceLength: 32)]", text, StringComparison.Ordinal);
        Assert.Equal(
            ["Lstm.weight_ih_l0", "Lstm.weight_hh_l0", "Lstm.bias_ih_l0", "Lstm.bias_hh_l0", "Lstm.weight_ih_l0_reverse", "Lstm.weight_hh_l0_reverse", "Lstm.bias_ih_l0_reverse", "Lstm.bias_hh_l0_reverse"],
            TensorFiles.Read(At("made/Amp.safetensors")).Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_network_that_no_class_can_express_writes_nothing()
    {
        string file = Write("net.onnx", new OnnxWriter().Input("x", isInteger: false, 1, 2).Node("Einsum", "x", "y").Output("y").ToArray());
        (int code, string output, string error) = Run("import", file, "--class", "Amp", "--output", At("made"));
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("Node 0, the Einsum node with output 'y': ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(At("made")));
    }

    [Fact]
    public void Weights_that_cannot_be_written_leave_the_old_class()
    {
        string file = Write("net.onnx", SoundGraphs.All[0].Bytes);
        Directory.CreateDirectory(At("made/Amp.safetensors"));
        Assert.Equal(1, Run("import", file, "--class", "Amp", "--output", At("made")).Code);
        Assert.False(File.Exists(At("made/Amp.cs")));
        File.WriteAllText(At("made/Amp.cs"), "old");
        Assert.Equal(1, Run("import", file, "--class", "Amp", "--output", At("made")).Code);
        Assert.Equal("old", File.ReadAllText(At("made/Amp.cs")));
    }

    [Theory]
    [InlineData("class", null, "--class")]
    [InlineData("Layers", null, "--class")]
    [InlineData("Amp;}", null, "--class")]
    [InlineData("Amp", "Audio..Models", "--namespace")]
    [InlineData("Amp", "int", "--namespace")]
    public void Wrong_names_are_refused(string name, string? space, string option)
    {
        string file = Write("net.onnx", SoundGraphs.All[0].Bytes);
        (int code, _, string error) = Run(["import", file, "--class", name, "--output", At("made"), .. space is null ? (string[])[] : ["--namespace", space]]);
        Assert.Equal(1, code);
        Assert.StartsWith(option, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set", "x=one")]
    [InlineData("--set", "=1")]
    [InlineData("--shape", "x=1,0")]
    [InlineData("--shape", "x=5,2,4")]
    public void Wrong_options_are_refused(string option, string value)
    {
        (int code, _, string error) = Run("import", Write("net.onnx", SoundGraphs.All[0].Bytes), "--class", "Amp", "--output", At("made"), option, value);
        Assert.Equal(1, code);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(At("made")));
    }

    [Theory]
    [InlineData("net.txt", "no network", "known format")]
    [InlineData("missing", null, "cannot be read")]
    public void Files_without_a_network_are_refused(string name, string? content, string problem)
    {
        string file = content is null ? At(name) : Write(name, System.Text.Encoding.UTF8.GetBytes(content));
        foreach (string command in new[] { "import", "inspect" })
        {
            (int code, _, string error) = Run([command, file, .. command == "import" ? (string[])["--class", "Amp"] : []]);
            Assert.Equal(1, code);
            Assert.Contains(problem, error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Inspect_shows_tensors_nodes_and_layers()
    {
        (int code, string output, string error) = Run("inspect", Write("net.onnx", SoundGraphs.All[0].Bytes));
        Assert.Equal((0, ""), (code, error));
        Assert.All(new[] { "[2, 8, 4]", "LSTM", "Lstm(2, Direction", "outputs 0 to 3", "state[\"Lstm.h\"]" }, part => Assert.Contains(part, output, StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_says_what_cannot_be_imported()
    {
        (int code, string output, _) = Run("inspect", Write("net.onnx", new OnnxWriter().Input("x", isInteger: false, 1, 2).Node("Einsum", "x", "y").Output("y").ToArray()));
        Assert.Equal(0, code);
        Assert.Contains("No class can express this network. Node 0, the Einsum node", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_compares_with_known_answers()
    {
        // h' = 0.5 x + h, without a function.
        string file = Write("net.onnx", new OnnxWriter().Input("x", isInteger: false, 0, 1, 1).Tensor("W", [1, 1, 1], 0.5f).Tensor("R", [1, 1, 1], 1)
            .Node("RNN", "x W R", "y", ("hidden_size", 1), ("activations", new[] { "Affine" })).Output("y").ToArray());
        string right = Answers("right", [2, 4], [1, 3]);
        Assert.Equal((0, ""), Run("verify", file, right) is var (code, _, error) ? (code, error) : default);
        Assert.Contains("agrees", Run("verify", file, right).Output, StringComparison.Ordinal);

        (int wrongCode, string wrongOutput, string wrongError) = Run("verify", file, Answers("wrong", [2, 4], [1, 3.1f]));
        Assert.Equal(1, wrongCode);
        Assert.Contains("differs", wrongOutput, StringComparison.Ordinal);
        Assert.Contains("at most 1E-05", wrongError, StringComparison.Ordinal);
        Assert.Contains("No other convention", wrongOutput, StringComparison.Ordinal);
        Assert.Equal(0, Run("verify", file, At("wrong.safetensors"), "--tolerance", "0.11").Code);
        Assert.Contains("'out.y'", Run("verify", file, Answers("shape", [2, 4], [1, 2, 3])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "Gru: the reset gate acts before the recurrent product: declare LinearBeforeReset = false")]
    [InlineData(0, "Gru: the reset gate acts after the recurrent product: declare LinearBeforeReset = true")]
    public void Verify_names_the_convention_that_would_be_right(int declared, string finding)
    {
        float[] x = [.. Enumerable.Range(0, 2 * 6 * 3).Select(k => MathF.Sin(k))];
        var run = new ReferenceRun(ImportOnnx.Bytes(Gru(1 - declared)));
        float[] y = new float[6 * 2 * 2];
        for (int row = 0; row < 2; row++)
        {
            double[] sequence = [.. Enumerable.Range(0, 6).SelectMany(step => x.AsSpan(((step * 2) + row) * 3, 3).ToArray().Select(value => (double)value))];
            double[] outputs = run.Run(sequence, 6, []).Values.Single();
            for (int k = 0; k < outputs.Length; k++)
            {
                y[(((k / 2 * 2) + row) * 2) + (k % 2)] = (float)outputs[k];
            }
        }

        string answers = Answers("gru", [6, 2, 3], x, [6, 1, 2, 2], y);
        Assert.Equal(0, Run("verify", Write("right.onnx", Gru(1 - declared)), answers).Code);
        (int code, string output, _) = Run("verify", Write("wrong.onnx", Gru(declared)), answers);
        Assert.Equal(1, code);
        Assert.EndsWith($"The outputs are right if:{Environment.NewLine}  {finding}", output.TrimEnd(), StringComparison.Ordinal);

        static byte[] Gru(int linearBeforeReset) => new OnnxWriter().Input("x", isInteger: false, 6, 2, 3).Tensor("W", [1, 6, 3], Weights(18)).Tensor("R", [1, 6, 2], Weights(12))
            .Tensor("B", [1, 12], Weights(12)).Node("GRU", "x W R B", "y", ("hidden_size", 2), ("linear_before_reset", linearBeforeReset)).Output("y").ToArray();

        static float[] Weights(int count) => [.. Enumerable.Range(1, count).Select(k => MathF.Cos(3 * k))];
    }

    [Theory]
    [InlineData("npz", "NumPy archive")]
    [InlineData("safetensors", "safetensors file")]
    public void Export_writes_the_tensors_of_any_file(string format, string written)
    {
        string file = Write("a.npy", NpyBuilder.Build("<f2", "(2,)", [0x00, 0x80, 0x01, 0x7E]));

        (int code, string output, string error) = Run("export", file, "--format", format, "--output", At("b"), "--rename", "arr_0=x.y");

        Assert.Equal((0, $"Written: {At("b")}, 1 tensors{Environment.NewLine}", ""), (code, output, error));
        TensorFile read = TensorFiles.Read(At("b"));
        Assert.Equal(written, read.Format);
        Assert.Equal(("x.y", "F32"), (read.Tensors.Single().Name, read.Tensors.Single().ElementType));
        Assert.Equal(TensorFiles.Read(file).Tensors.Single().Values.ToArray().Select(BitConverter.SingleToUInt32Bits), read.Tensors.Single().Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Export_writes_the_weights_of_a_network_with_the_names_of_a_module()
    {
        string file = Write("net.onnx", SoundGraphs.All[0].Bytes);
        Assert.Equal(0, Run("import", file, "--class", "Amp", "--output", At("made")).Code);

        Assert.Equal(
            (0, ""), Run("export", file, "--format", "pytorch", "--output", At("state"), "--rename", "Lstm=net.rnn", "--rename", "Lstm.bias_hh_l0=b") is var (code, _, error) ? (code, error) : default);

        TensorFile state = TensorFiles.Read(At("state"));
        Assert.Equal("pt", state.Texts["format"]);
        FileTensor[] imported = [.. TensorFiles.Read(At("made/Amp.safetensors")).Tensors];
        Assert.Equal(imported.Select(tensor => tensor.Name == "Lstm.bias_hh_l0" ? "b" : tensor.Name.Replace("Lstm", "net.rnn", StringComparison.Ordinal)), state.Tensors.Select(tensor => tensor.Name));
        Assert.All(imported.Zip(state.Tensors), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Theory]
    [InlineData("npz", "'absent=x'", "absent=x")]
    [InlineData("npz", "'x'", "x")]
    [InlineData("safetensors", "'W'", "R=W")]
    [InlineData("safetensors", "'__metadata__'", "R=__metadata__")]
    [InlineData("pytorch", "'W=a'", "W=a")]
    public void Wrong_renames_are_refused_and_nothing_is_written(string format, string problem, string rename)
    {
        (int code, string output, string error) = Run("export", Write("net.onnx", SoundGraphs.All[0].Bytes), "--format", format, "--output", At("b"), "--rename", rename);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(File.Exists(At("b")));
    }

    [Fact]
    public void Export_of_tensors_without_a_network_as_a_state_dict_is_refused()
    {
        string file = Write("a.npy", NpyBuilder.Build("<f4", "(1,)", NpyBuilder.Floats(1)));
        Assert.Contains("expected a network", Run("export", file, "--format", "pytorch", "--output", At("b")).Error, StringComparison.Ordinal);
        Assert.Contains("onnx", Run("export", file, "--format", "onnx", "--output", At("b")).Error, StringComparison.Ordinal);
        Assert.Equal(1, Run("export", file, "--format", "npz", "--output", At("absent/b")).Code);
        Assert.False(File.Exists(At("b")));
    }

    [Fact]
    public void Texts_do_not_depend_on_the_culture()
    {
        string file = Write("net.onnx", SoundGraphs.All[0].Bytes);
        CultureInfo old = CultureInfo.CurrentCulture;
        Run("import", file, "--class", "Amp", "--output", At("one"));
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Run("import", file, "--class", "Amp", "--output", At("two"));
        }
        finally
        {
            CultureInfo.CurrentCulture = old;
        }

        Assert.Equal(File.ReadAllText(At("one/Amp.cs")), File.ReadAllText(At("two/Amp.cs")));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        (var output, var error) = (new StringWriter(), new StringWriter());
        int code = RootCommands.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private string Answers(string name, float[] x, float[] y) => Answers(name, [x.Length, 1, 1], x, [y.Length, 1, 1, 1], y);

    private string Answers(string name, int[] inputShape, float[] x, int[] outputShape, float[] y)
    {
        var content = Checkpoints.SafetensorsContent.Of(
            name, [new Checkpoints.TensorToWrite("in.x", inputShape, x), new Checkpoints.TensorToWrite("out.y", outputShape, y)], new Dictionary<string, string>());
        content.WriteTo(At(name + ".safetensors"));
        return At(name + ".safetensors");
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }
}
