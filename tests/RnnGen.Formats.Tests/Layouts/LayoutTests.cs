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
