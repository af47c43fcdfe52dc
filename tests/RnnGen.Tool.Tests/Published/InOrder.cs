using System.Runtime.CompilerServices;
using RnnGen.Formats.Tests.Layouts;
using static RnnGen.Tool.Tests.Published.Differences;

namespace RnnGen.Tool.Tests.Published;

/// <summary>Networks of other libraries, whose conventions the file does not tell: their weights in the order of the layers, and the layout in words.</summary>
internal static class InOrder
{
    private const string Way = "`Import`";

    private const string Cell = "rnn/multi_rnn_cell/cell_0/gru_cell/";
    private const string SecondCell = "rnn/multi_rnn_cell/cell_1/gru_cell/";

    // The order in which a person reads the layers, and Keras' writes the groups of a bidirectional one.
    private static readonly string[] KerasCells =
        ["embedding", "lstm/cell", "gru/cell", "gru_1/cell", "bidirectional/forward_layer/cell", "bidirectional/backward_layer/cell", "simple_rnn/cell", "dense"];

    public static IEnumerable<PublishedNetwork> All =>
    [
        .. new[] { "klon_centaur_0", "klon_centaur_25", "klon_centaur_50", "klon_centaur_75", "klon_centaur_100" }.Select(name =>
            Sound(name, () => new Klon(seed: 1), (model, file) => model.Import([.. file.Tensors], WeightLayout.Keras))),
        Sound("klon_centaur", () => new KlonWithKnobs(seed: 1), (model, file) => model.Import([.. file.Tensors], WeightLayout.Keras)),
        Sound("klon_centaur_large", () => new LargeKlon(seed: 1), (model, file) => model.Import([.. file.Tensors], WeightLayout.Keras)),
        .. new[] { "rnnoise_nu_sh", "rnnoise_nu_cb" }.Select(name => Network(
            name, Way, () => new RnNoise(seed: 1), (model, file) => model.Import([.. file.Tensors], WeightLayout.Keras with { ResetAfter = false }),
            (model, values) =>
            {
                float[] outputs = Outputs(model, values.Find("x")!.Values);
                return [Of("gain", values.Find("gain.f64")!, outputs.AsSpan(0, 200 * 22)), Of("vad", values.Find("vad.f64")!, outputs.AsSpan(200 * 22))];
            })),
        .. Keras(),
        .. TensorFlow(),
        .. Tflite(),
        .. Dtln(),
        .. Parts(),
    ];

    private static IEnumerable<PublishedNetwork> Keras()
    {
        yield return Layers("own_keras2_weights_only", (model, file) =>
        {
            model.Import([.. file.Tensors.Take(10), .. file.Tensors.Skip(14)], LayoutOf);
            model.Both.ScaleInputs(FeatureScaling.BatchNormalization(file.Tensors[12], file.Tensors[13], 1e-3, file.Tensors[10], file.Tensors[11]));
        });
        yield return Layers("own_keras_get_weights_npz", (model, file) =>
        {
            model.Import([.. file.Tensors.Take(10), .. file.Tensors.Skip(14)], LayoutOf);
            model.Both.ScaleInputs(FeatureScaling.BatchNormalization(file.Tensors[12], file.Tensors[13], 1e-3, file.Tensors[10], file.Tensors[11]));
        });
        yield return Layers("own_keras3_weights", (model, file) =>
        {
            model.Import([.. KerasCells.SelectMany(cell => file.Tensors.Where(tensor => tensor.Name.StartsWith($"layers/{cell}/vars/")))], LayoutOf);
            FileTensor[] norm = [.. file.Tensors.Where(tensor => tensor.Name.StartsWith("layers/batch_normalization/"))];
            model.Both.ScaleInputs(FeatureScaling.BatchNormalization(norm[2], norm[3], 1e-3, norm[0], norm[1]));
        });
        yield return Layers("own_keras_tf213_weights", (model, file) =>
        {
            model.Import([.. KerasCells.SelectMany(cell => file.Tensors.Where(tensor => tensor.Name.StartsWith($"_layer_checkpoint_dependencies/{cell}/vars/")))], LayoutOf);
            FileTensor[] norm = [.. file.Tensors.Where(tensor => tensor.Name.StartsWith("_layer_checkpoint_dependencies/batch_normalization/"))];
            model.Both.ScaleInputs(FeatureScaling.BatchNormalization(norm[2], norm[3], 1e-3, norm[0], norm[1]));
        });
        yield return ByTool.Refused("of one step", Options("own_keras2_options", () => new BothDirections2(seed: 1)));
        yield return ByTool.Refused("of one step", Options("own_keras3_options", () => new BothDirections3(seed: 1)));

        static WeightLayout LayoutOf(Layer layer) => layer.Name == "Third" ? WeightLayout.Keras with { ResetAfter = false } : WeightLayout.Keras;

        static PublishedNetwork Layers(string name, Action<KerasLayersModel, TensorFile> import, [CallerArgumentExpression(nameof(import))] string code = "") => Network(
            name, Way, () => new KerasLayersModel(seed: 1), import,
            (model, values) => [Of("y", values.Find("y.dense.f64")!, Outputs(model, Tokens(values.Find("ids")!), sequences: 4))], code);
    }

    /// <summary>Keras does not turn the outputs of go_backwards round again, so that the layer runs alone, on the window from its end.</summary>
    private static PublishedNetwork Options<TModel>(string name, Func<TModel> create)
        where TModel : IRnnModel<float> => Network(
        name,
        $"{Way} of three classes",
        () => (Forward: new OneDirection(seed: 1), Backward: new OneDirection(seed: 1), Both: create()),
        (models, file) =>
        {
            models.Forward.Import([.. file.Tensors.Take(2)], WeightLayout.Keras);
            models.Backward.Import([.. file.Tensors.Skip(2).Take(2)], WeightLayout.Keras);
            models.Both.Import([.. file.Tensors.Skip(4)], WeightLayout.Keras with { ResetAfter = false });
        },
        (models, values) =>
        {
            float[] x = values.Find("x")!.Values.ToArray();
            float[] reversed = [.. x.Chunk(8 * 4).SelectMany(window => window.Chunk(4).Reverse()).SelectMany(step => step)];
            float[] joined = [.. Outputs(models.Forward, x, sequences: 2).Chunk(5).Zip(Outputs(models.Backward, reversed, sequences: 2).Chunk(5), (a, b) => a.Concat(b)).SelectMany(step => step)];
            return [Of("y", values.Find("y.f64")!, Outputs(models.Both, joined, sequences: 2))];
        });

    private static IEnumerable<PublishedNetwork> TensorFlow()
    {
        yield return Network(
            "kws_gru_s", Way, () => new Keywords(seed: 1),
            (model, file) => model.Import(
                [file.Find(Cell + "gates/kernel")!, file.Find(Cell + "candidate/kernel")!, file.Find(Cell + "gates/bias")!, file.Find(Cell + "candidate/bias")!, file.Find("W_o")!, file.Find("b_o")!],
                WeightLayout.TensorFlow1),
            (model, values) => OfClasses(values.Find("prob.f64")!, Outputs(model, values.Find("features")!.Values, sequences: 4)));
        yield return ByTool.Refused("tensors without one", Network(
            "kws_crnn_s", $"{Way} of the recurrent part; the caller computes the convolution", () => new KeywordsBehindConvolution(seed: 1),
            (model, file) => model.Import(
                [
                    .. new[] { Cell, SecondCell }.SelectMany(cell => new[] { "gates/kernel", "candidate/kernel", "gates/bias", "candidate/bias" }.Select(part => file.Find(cell + part)!)),
                    file.Find("fcw")!, file.Find("Variable_1")!, file.Find("Variable_2")!, file.Find("Variable_3")!,
                ],
                WeightLayout.TensorFlow1),
            (model, values) => OfClasses(values.Find("prob.f64")!, Outputs(model, Convolutions.Keywords(IndexEntry.Of("kws_crnn_s").Tensors, values.Find("features")!), sequences: 4))));
    }

    private static IEnumerable<PublishedNetwork> Tflite()
    {
        const string Flat = $"{Way} of two classes: the outputs of all steps are one input of the second";
        yield return Network(
            "tflite_mnist_lstm", Flat, () => (Steps: new Rows(seed: 1), Window: new Digit(seed: 1)),
            (models, file) =>
            {
                models.Steps.Import(
                    [.. new[] { "11", "10", "9", "8", "3", "2", "1", "", "7", "6", "5", "4" }.Select(number => file.Find($"arith.constant{number}")!)],
                    WeightLayout.PyTorch with { GateOrder = "i | f | c | o", Biases = BiasForm.One });
                models.Window.Import([file.Find("model/sequential/output/MatMul")!, file.Find("model/sequential/output/BiasAdd/ReadVariableOp")!], WeightLayout.PyTorch);
            },
            (models, values) => OfClasses(values.Find("prob.f64")!, Outputs(models.Window, Outputs(models.Steps, values.Find("x")!.Values, sequences: 10), sequences: 10)));
        yield return Network(
            "tflite_mnist_lstm_int8", Flat, () => (Steps: new Rows(seed: 1), Window: new Digit(seed: 1)),
            (models, file) =>
            {
                models.Steps.Import(
                    [.. new[] { "11", "10", "9", "8", "3", "2", "1", "", "7", "6", "5", "4" }.Select(number => file.Find($"arith.constant{number}")!)],
                    WeightLayout.PyTorch with { GateOrder = "i | f | c | o", Biases = BiasForm.One });
                models.Window.Import([file.Find("model/sequential/output/MatMul")!, file.Find("model/sequential/output/BiasAdd/ReadVariableOp")!], WeightLayout.PyTorch);
            },
            (models, values) => OfClasses(
                values.Find("prob.dequantised.f64")!, Outputs(models.Window, Outputs(models.Steps, IndexEntry.Of("tflite_mnist_lstm").Values.Find("x")!.Values, sequences: 10), sequences: 10)));
        yield return Network(
            "tflite_micro_speech_lstm", Flat, () => (Steps: new Frames(seed: 1), Window: new SpokenWord(seed: 1)),
            (models, file) =>
            {
                models.Steps.Import(
                    [.. new[] { 8, 9, 10, 11, 1, 12, 2, 3, 4, 5, 6, 7 }.Select(number => file.Find($"std.constant{number}")!)],
                    WeightLayout.PyTorch with { GateOrder = "i | f | c | o", Biases = BiasForm.One });
                models.Window.Import([file.Find("sequential/output/MatMul")!, file.Find("output/bias")!], WeightLayout.PyTorch);
            },
            (models, values) => OfClasses(values.Find("prob.dequantised.f64")!, Outputs(models.Window, Outputs(models.Steps, values.Find("x")!.Values, sequences: 2), sequences: 2)));
    }

    private static IEnumerable<PublishedNetwork> Dtln()
    {
        yield return Network(
            "dtln_h5", $"{Way} of four classes; the caller multiplies by the mask",
            () => (Magnitudes: new Dtln(seed: 1), Half: SecondHalf.Create()),
            (models, file) =>
            {
                models.Magnitudes.Import([.. file.Tensors.Take(8)], WeightLayout.Keras);
                models.Half.Encoder.Import([file.Tensors[8]], WeightLayout.Keras);
                models.Half.Mask.Import([.. file.Tensors.Skip(8).Take(11)], WeightLayout.Keras);
                models.Half.Decoder.Import([file.Tensors[19]], WeightLayout.Keras);
            },
            (models, values) =>
            [
                Of("mask", values.Find("mask.f64")!, Outputs(models.Magnitudes, IndexEntry.Of("dtln_model_1").Values.Find("mag")!.Values[..(40 * 257)])),
                Of("out", values.Find("out.f64")!, models.Half.Run(IndexEntry.Of("dtln_model_2").Values.Find("block")!.Values[..(40 * 512)]).Outputs),
            ]);
        yield return ByTool.Refused("(Mul)", Network(
            "dtln_model_2", $"{Way} of three classes; the caller multiplies by the mask", SecondHalf.Create,
            (half, file) =>
            {
                // The convolutions of size 1 are [outputs, inputs, 1], the matrices of the other layers [inputs, outputs].
                FileTensor Find(string name) => file.Find($"model_2/{name}/ReadVariableOp/resource:0")!;
                half.Encoder.Import([file.Find("conv1d_2/kernel:0")!], WeightLayout.PyTorch);
                half.Mask.Import(
                    [
                        file.Find("conv1d_2/kernel:0")!, Find("instant_layer_normalization_1/mul"), Find("instant_layer_normalization_1/add_1"),
                        Find("lstm_6/MatMul"), Find("lstm_6/MatMul_1"), Find("lstm_6/BiasAdd"), Find("lstm_7/MatMul"), Find("lstm_7/MatMul_1"), Find("lstm_7/BiasAdd"),
                        file.Find("model_2/dense_3/Tensordot/Reshape_1:0")!, Find("dense_3/BiasAdd"),
                    ],
                    layer => layer.Name == "Encoded" ? WeightLayout.PyTorch : WeightLayout.Keras);
                half.Decoder.Import([file.Find("conv1d_3/kernel:0")!], WeightLayout.PyTorch);
            },
            (half, values) =>
            {
                (float[] outputs, float[] states) = half.Run(values.Find("block")!.Values);
                float[] last = values.Find("states.200")!.Values.ToArray();
                return [Of("out", values.Find("out")!, outputs), new("states", Largest(last, states) / last.Max(Math.Abs))];
            }));
    }

    /// <summary>Networks that a class has only in part.</summary>
    private static IEnumerable<PublishedNetwork> Parts()
    {
        yield return ByTool.Refused("(Activation)", Network(
            "rtneural_dense", $"{Way} of two classes: only a head has a softmax", () => (Start: new DenseStart(seed: 1), End: new DenseEnd(seed: 1)),
            (models, file) =>
            {
                models.Start.Import([.. file.Tensors.Take(8)], WeightLayout.Keras);
                models.End.Import([.. file.Tensors.Skip(8)], WeightLayout.Keras);
            },
            (models, values) => [Of("expected", values.Find("expected.upstream")!, Outputs(models.End, Outputs(models.Start, values.Find("x")!.Values)))]));
        yield return ByTool.Refused("(conv1d)", Network(
            "rtneural_full_model", $"{Way} of the recurrent part; the caller computes the convolution", () => new BehindConvolution(seed: 1),
            (model, file) => model.Import([.. file.Tensors.Skip(4)], WeightLayout.Keras),
            (model, values) => [Of("expected", values.Find("expected.f64")!, Outputs(model, Convolutions.Sound(IndexEntry.Of("rtneural_full_model").Tensors, values.Find("x")!)))]));
    }

    private static PublishedNetwork Sound<TModel>(string name, Func<TModel> create, Action<TModel, TensorFile> import, [CallerArgumentExpression(nameof(import))] string code = "")
        where TModel : IRnnModel<float> =>
        Network(name, Way, create, import, (model, values) => [Of("expected", values.Find("expected.f64")!, Outputs(model, values.Find("x")!.Values))], code);

    private static PublishedNetwork Network<TModel>(
        string name, string way, Func<TModel> create, Action<TModel, TensorFile> import, Func<TModel, TensorFile, Difference[]> compare, [CallerArgumentExpression(nameof(import))] string code = "")
    {
        var entry = IndexEntry.Of(name);
        return new(entry, way, code, () =>
        {
            TModel model = create();
            import(model, entry.Tensors);
            return compare(model, entry.Values);
        });
    }
}
