using System.Globalization;
using System.Text;
using RnnGen.Formats.Onnx;
using RnnGen.Formats.Tests.Placing;

namespace RnnGen.Formats.Tests.Layouts;

/// <summary>Published networks, imported by their layouts, give their published answers.</summary>
public class LayoutTests
{
    private const string Original = "original";

    public static TheoryData<string> KerasFiles =>
        ["own_keras2.h5", "own_keras2_weights_only.h5", "own_keras3_legacy.h5", "own_keras3.weights.h5", "own_keras_tf213.weights.h5", "own_keras3.keras"];

    [Theory]
    [MemberData(nameof(KerasFiles))]
    public void Keras(string name)
    {
        var answers = new KnownAnswers(Original, "own_keras2.expected.safetensors");
        KerasModel file = KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, name)));
        var model = new KerasLayersModel(seed: 1);

        model.Words.Import(new LayerWeights { Weight = Weights("embedding")[0] });
        model.First.Import(Recurrent(WeightLayout.Keras, Weights("lstm")));
        model.Second.Import(Recurrent(WeightLayout.Keras, Weights("gru")));
        model.Third.Import(Recurrent(WeightLayout.Keras with { ResetAfter = false }, Weights("gru_1")));
        model.Both.Import(Recurrent(WeightLayout.Keras, [.. Weights("bidirectional").Take(3)]), direction: Direction.Forward);
        model.Both.Import(Recurrent(WeightLayout.Keras, [.. Weights("bidirectional").Skip(3)]), direction: Direction.Reverse);
        IReadOnlyList<FileTensor> norm = Weights("batch_normalization");
        model.Both.ScaleInputs(FeatureScaling.BatchNormalization(norm[2], norm[3], 1e-3, gamma: norm[0], beta: norm[1]));
        model.Last.Import(Recurrent(WeightLayout.Keras, Weights("simple_rnn")));
        model.Answer.Import(Dense(Weights("dense")));

        TensorFile ids = TensorFiles.Read(SharedFiles.Find(Original, "own_keras2.expected.safetensors"));
        Passes(model.Verify([.. ids.Find("ids")!.Values.ToArray().Select(id => (int)id)], answers["y.dense.f64"], 1e-5f, sequences: 4));

        IReadOnlyList<FileTensor> Weights(string layer) => file.Layers.Single(candidate => candidate.Name == layer).Weights;
    }

    [Fact]
    public void Tensorflow_1()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find(Original, "kws_GRU_S.pb"));
        var answers = new KnownAnswers(Original, "kws_gru_s.expected.safetensors");
        var model = new Keywords(seed: 1);
        const string Cell = "rnn/multi_rnn_cell/cell_0/gru_cell/";

        model.Layers[0].Import(new RecurrentWeights
        {
            Layout = WeightLayout.TensorFlow1,
            InputWeights = [file.Find(Cell + "gates/kernel")!, file.Find(Cell + "candidate/kernel")!],
            InputBias = [file.Find(Cell + "gates/bias")!, file.Find(Cell + "candidate/bias")!],
        });
        model.Layers[1].Import(Dense([file.Find("W_o")!, file.Find("b_o")!]));

        Passes(model.Verify(answers["features"], answers["prob.f64"], 1e-4f, sequences: 4));
    }

    [Theory]
    [InlineData("klon_centaur_0")]
    [InlineData("klon_centaur_25")]
    [InlineData("klon_centaur_50")]
    [InlineData("klon_centaur_75")]
    [InlineData("klon_centaur_100")]
    [InlineData("klon_centaur")]
    [InlineData("klon_centaur_large")]
    [InlineData("rtneural_lstm_1d")]
    public void Rtneural(string name)
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find(Original, name + ".json"));
        var answers = new KnownAnswers(Original, name + ".expected.safetensors");
        IRnnModel<float> model = name switch
        {
            "klon_centaur" => new KlonWithKnobs(seed: 1),
            "klon_centaur_large" => new LargeKlon(seed: 1),
            "rtneural_lstm_1d" => new SmallLstm(seed: 1),
            _ => new Klon(seed: 1),
        };

        int number = 0;
        foreach (Layer layer in model.Layers.Where(layer => layer.Parameters.Count > 0))
        {
            FileTensor[] weights = [.. file.Tensors.Where(tensor => tensor.Name.StartsWith($"layers.{number}.", StringComparison.Ordinal))];
            if (weights.Length == 3)
            {
                layer.Import(Recurrent(WeightLayout.Keras, weights));
            }
            else
            {
                layer.Import(Dense(weights));
            }

            number++;
        }

        Passes(model.Verify(answers["x"], answers["expected.f64"], 1e-5f));
    }

    [Fact]
    public void A_stack_of_pytorch()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find(Original, "rtneural_gru_torch.json"));
        var answers = new KnownAnswers(Original, "rtneural_gru_torch.expected.safetensors");
        var model = new StackedGru(seed: 1);

        model.First.Import(Torch(file, "gru", "_l0"));
        for (int level = 0; level < 3; level++)
        {
            model.Second.Import(Torch(file, "gru2", string.Create(CultureInfo.InvariantCulture, $"_l{level}")), level);
        }

        model.Sound.Import(new LayerWeights { Weight = file.Find("dense.weight")!, Bias = file.Find("dense.bias")! });

        Passes(model.Verify(answers["x"], answers["expected.upstream"], 1e-5f));
    }

    [Fact]
    public void Aida_x()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find(Original, "own_aidax_lstm12.json"));
        var model = new Aida(seed: 1);

        model.Layers[0].Import(Recurrent(WeightLayout.Keras, [.. Enumerable.Range(0, 3).Select(k => file.Find($"layers.0.weights.{k}")!)]));
        model.Layers[1].Import(Dense([file.Find("layers.1.weights.0")!, file.Find("layers.1.weights.1")!]));

        // The plug-in adds the input.
        float[] x = file.Find("input_batch")!.Values.ToArray();
        Passes(model.Verify(x, [.. file.Find("output_batch")!.Values.ToArray().Zip(x, (y, skipped) => y - skipped)], 1e-5f));
    }

    [Fact]
    public void Guitarml()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find(Original, "own_guitarml_gru16.json"));
        var answers = new KnownAnswers(Original, "own_guitarml_gru16.expected.safetensors");
        var model = new Amp(seed: 1);

        model.Layers[0].Import(Torch(file, "rec", "_l0"));
        model.Layers[1].Import(new LayerWeights { Weight = file.Find("lin.weight")!, Bias = file.Find("lin.bias")! });

        Passes(model.Verify(answers["x"], answers["y.f64"], 1e-5f));
    }

    [Theory]
    [InlineData("rnnoise_nu_sh")]
    [InlineData("rnnoise_nu_cb")]
    public void Rnnoise(string name)
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find(Original, name + ".rnnn"));
        var answers = new KnownAnswers(Original, name + ".expected.safetensors");
        var model = new RnNoise(seed: 1);

        model.Sums.Import(Dense([file.Find("input_dense.kernel")!, file.Find("input_dense.bias")!]));
        foreach ((Layer layer, string part) in new[] { (model.Voice, "vad_gru"), (model.Noise, "noise_gru"), (model.Denoise, "denoise_gru") })
        {
            layer.Import(Recurrent(WeightLayout.Keras with { ResetAfter = false }, [.. new[] { "kernel", "recurrent_kernel", "bias" }.Select(array => file.Find($"{part}.{array}")!)]));
        }

        model.Gains.Import(Dense([file.Find("denoise_output.kernel")!, file.Find("denoise_output.bias")!]));
        model.Speech.Import(Dense([file.Find("vad_output.kernel")!, file.Find("vad_output.bias")!]));

        // Outputs head by head.
        Passes(model.Verify(answers["x"], [.. answers["gain.f64"], .. answers["vad.f64"]], 1e-4f));
    }

    [Fact]
    public void Dtln_of_keras()
    {
        KerasModel file = KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, "dtln.h5")));
        var answers = new KnownAnswers(Original, "dtln_model_1.expected.safetensors");
        var model = new Dtln(seed: 1);

        model.First.Import(Recurrent(WeightLayout.Keras, file.Layers[0].Weights));
        model.Second.Import(Recurrent(WeightLayout.Keras, file.Layers[1].Weights));
        model.Mask.Import(Dense(file.Layers[2].Weights));

        Passes(model.Verify(answers["mag"], answers["mask"], 2e-5f));
    }

    [Fact]
    public void A_wrong_order_of_gates_in_a_published_network_is_named()
    {
        KerasModel file = KerasModel.Read(TensorFiles.Read(SharedFiles.Find(Original, "dtln.h5")));
        var answers = new KnownAnswers(Original, "dtln_model_1.expected.safetensors");
        var model = new Dtln(seed: 1);
        WeightLayout wrong = WeightLayout.Keras with { GateOrder = "i o f c" };

        model.First.Import(Recurrent(wrong, file.Layers[0].Weights));
        model.Second.Import(Recurrent(wrong, file.Layers[1].Weights));
        model.Mask.Import(Dense(file.Layers[2].Weights));
        VerifyResult result = model.Verify(answers["mag"], answers["mask"], 2e-5f);

        Assert.False(result.Passed);
        ConventionFinding finding = Assert.Single(result.Findings);
        Assert.Equal((Convention.GateOrder, null), (finding.Convention, finding.Layer));
    }

    [Theory]
    [InlineData("lstm_peepholes")]
    [InlineData("tf2onnx_gru_reset_after")]
    [InlineData("tf2onnx_gru_reset_before")]
    [InlineData("gru_hard_sigmoid_relu")]
    [InlineData("lstm_initial_states_initializers")]
    public void Onnx(string name)
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("onnx", name + ".onnx"));
        OnnxNode node = OnnxModel.Read(name, File.ReadAllBytes(SharedFiles.Find("onnx", name + ".onnx"))).Graph.Nodes.Single(n => n.OperatorType is "LSTM" or "GRU");
        IRnnModel<float> model = name switch
        {
            "lstm_peepholes" => new OnnxPeepholes(seed: 1),
            "tf2onnx_gru_reset_after" => new OnnxGru(seed: 1),
            "tf2onnx_gru_reset_before" => new OnnxResetBefore(seed: 1),
            "gru_hard_sigmoid_relu" => new OnnxFunctions(seed: 1),
            _ => new OnnxInitialStates(seed: 1),
        };

        model.Layers[0].Import(new RecurrentWeights
        {
            Layout = WeightLayout.Onnx with { ResetAfter = node.Int("linear_before_reset", 0) == 1 },
            InputWeights = [Input(1)!],
            StateWeights = [Input(2)!],
            InputBias = Input(3) is FileTensor bias ? [bias] : [],
            InitialH = Optional(5),
            InitialC = Optional(6),
            Peepholes = Input(7) is FileTensor peepholes ? [peepholes] : [],
        });

        var answers = new KnownAnswers("onnx", name + ".safetensors");
        bool isKeras = name.StartsWith("tf2onnx", StringComparison.Ordinal);
        int sequences = name == "lstm_initial_states_initializers" ? 1 : 2;
        float[] x = isKeras ? answers["in.x"] : KnownAnswers.BatchFirst(answers["in.X"], sequences, 4);
        float[] y = isKeras ? answers["out.y"] : KnownAnswers.BatchFirst(answers["out.Y"], sequences, model.OutputSize);
        Passes(model.Verify(x, y, 1e-5f, sequences));

        WeightTensor? Optional(int index) => Input(index) is FileTensor tensor ? (WeightTensor)tensor : null;

        FileTensor? Input(int index) => index < node.Inputs.Count && node.Inputs[index].Length > 0 ? file.Find(node.Inputs[index]) : null;
    }

    [Fact]
    public void Neural_amp_modeler()
    {
        // Made here: two layers of three units, [x, h] by rows, gates i, f, g, o, one bias, then the first h and c; at last the head.
        var random = new Random(1);
        float[] all = [.. Enumerable.Range(0, 48 + 12 + 6 + 72 + 12 + 6 + 4).Select(_ => MathF.Round(random.NextSingle() - 0.5f, 3))];
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"version\": \"0.5.2\", \"architecture\": \"LSTM\", \"config\": {{\"input_size\": 1, \"hidden_size\": 3, \"num_layers\": 2}}, \"weights\": [{string.Join(", ", all.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]}}");
        TensorFile file = TensorFiles.Read(Encoding.UTF8.GetBytes(text));
        var model = new NamAmp(seed: 1);

        for (int level = 0; level < 2; level++)
        {
            FileTensor Find(string name) => file.Find(string.Create(CultureInfo.InvariantCulture, $"layers.{level}.{name}"))!;
            model.Memory.Import(
                new RecurrentWeights
                {
                    Layout = WeightLayout.PyTorch with { Joined = JoinedWeights.InputFirst },
                    InputWeights = [Find("weight")],
                    InputBias = [Find("bias")],
                    InitialH = Find("h0"),
                    InitialC = Find("c0"),
                },
                level);
        }

        model.Head.Import(new LayerWeights { Weight = file.Find("head.weight")!, Bias = file.Find("head.bias")! });

        float[] x = [.. Enumerable.Range(0, 16).Select(k => MathF.Sin(k))];
        Passes(model.Verify(x, Nam(all, x), 1e-5f));
    }

    /// <summary>The network of the format's own program, written down.</summary>
    private static float[] Nam(float[] weights, float[] inputs)
    {
        int place = 0;
        (float[] W, float[] B, double[] H, double[] C)[] layers = [.. new[] { 1, 3 }.Select(size => (Take(12 * (size + 3)), Take(12), SmallNetwork.Widen(Take(3)), SmallNetwork.Widen(Take(3))))];
        float[] head = Take(4);
        return [.. inputs.Select(input =>
        {
            double[] x = [input];
            foreach ((float[] w, float[] b, double[] h, double[] c) in layers)
            {
                double[] joined = [.. x, .. h];
                SmallNetwork.Lstm([.. b.Select((bias, row) => bias + joined.Select((value, k) => value * w[(row * joined.Length) + k]).Sum())], h, c);
                x = h;
            }

            return (float)(x.Select((value, k) => value * head[k]).Sum() + head[3]);
        })];

        float[] Take(int count)
        {
            place += count;
            return weights[(place - count)..place];
        }
    }

    private static RecurrentWeights Recurrent(WeightLayout layout, IReadOnlyList<FileTensor> weights) =>
        new() { Layout = layout, InputWeights = [weights[0]], StateWeights = [weights[1]], InputBias = [weights[2]] };

    private static RecurrentWeights Torch(TensorFile file, string module, string level) => new()
    {
        InputWeights = [file.Find($"{module}.weight_ih{level}")!],
        StateWeights = [file.Find($"{module}.weight_hh{level}")!],
        InputBias = [file.Find($"{module}.bias_ih{level}")!],
        StateBias = [file.Find($"{module}.bias_hh{level}")!],
    };

    private static LayerWeights Dense(IReadOnlyList<FileTensor> weights) => new() { Weight = weights[0], Bias = weights[1], Transposed = true };

    private static void Passes(VerifyResult result) => Assert.True(result.Passed, result.ToString());
}
