using System.Runtime.CompilerServices;
using RnnGen.Formats;
using RnnGen.Formats.Tests.Placing;
using static RnnGen.Tool.Tests.Published.Differences;

namespace RnnGen.Tool.Tests.Published;

/// <summary>Networks with PyTorch's conventions: one call of Load.</summary>
internal static class ByName
{
    private const string Way = "`Load`";

    public static IEnumerable<PublishedNetwork> All =>
    [
        .. new[]
        {
            "own_torch_bigru", "own_torch_bigru_f16", "own_torch_bigru_bf16", "own_torch_bigru_f64",
            "own_torch_bigru_legacy", "own_torch_bigru_parameters", "own_torch_bigru_script", "own_torch_bigru_views", "own_bigru_npz",
        }.Select(name => BiGruOf(name, file => BiGru.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["Memory"] = "rnn", ["Norm"] = "norm", ["Head"] = "head" } }))),
        BiGruOf("own_torch_bigru_sequential", file => BiGru.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["Memory"] = "0", ["Norm"] = "1", ["Head"] = "3" } })),
        BiGruOf("own_torch_bigru_checkpoint", file => BiGru.Load(
            TensorFiles.Read(file), new LoadOptions { Prefix = "model_state_dict.", Rename = { ["Memory"] = "rnn", ["Norm"] = "norm", ["Head"] = "head" } })),
        BiGruOf("own_bigru_mixed_npz", file => BiGru.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["Memory"] = "rnn", ["Norm"] = "norm", ["Head"] = "head" }, Ignore = "step" })),
        Network(
            "own_torch_lstmcell", Way,
            file => LanguageModel.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["Words"] = "encoder", ["Memory"] = "decoder.cell", ["Next"] = "decoder.out" }, Ignore = "decoder.steps" }),
            (model, values) => [Of("log_prob", values.Find("log_prob.f64")!, Array.ConvertAll(Outputs(model, Tokens(values.Find("ids")!), sequences: 2), float.Log))]),

        // Files in PyTorch's layout, with inputs and outputs in them.
        Sound("rtneural_lstm_torch.safetensors", file => StackedLstm.Load(file, new LoadOptions { Rename = { ["First"] = "lstm", ["Second"] = "lstm2", ["Sound"] = "dense" }, Ignore = "x; expected.*" })),
        Sound("rtneural_gru_torch.safetensors", file => StackedGru.Load(file, new LoadOptions { Rename = { ["First"] = "gru", ["Second"] = "gru2", ["Sound"] = "dense" }, Ignore = "x; expected.*" })),
        Sound("rtneural_keras_lstm.safetensors", file => DenseLstm.Load(file, new LoadOptions { Rename = { ["Mixed"] = "0", ["Memory"] = "1", ["Sound"] = "2" }, Ignore = "x; expected.*" })),
        Sound("rtneural_keras_lstm_1d.safetensors", file => SmallLstm.Load(file, new LoadOptions { Rename = { ["Memory"] = "0", ["Sound"] = "1" }, Ignore = "x; expected.*" })),
        Sound("rtneural_keras_gru.safetensors", file => DenseGru.Load(file, new LoadOptions { Rename = { ["Mixed"] = "0", ["Memory"] = "1", ["Gates"] = "2", ["Sound"] = "3" }, Ignore = "x; expected.*" })),
        Sound("rtneural_keras_gru_1d.safetensors", file => SmallGru.Load(file, new LoadOptions { Rename = { ["Memory"] = "0", ["Gates"] = "1", ["Sound"] = "2" }, Ignore = "x; expected.*" })),
        Sound("rtneural_lstm_torch", file => StackedLstm.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["First"] = "lstm", ["Second"] = "lstm2", ["Sound"] = "dense" } })),
        Sound("rtneural_gru_torch", file => StackedGru.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["First"] = "gru", ["Second"] = "gru2", ["Sound"] = "dense" } })),
        Network(
            "own_guitarml_gru16", Way, file => Amp.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["Memory"] = "rec", ["Sound"] = "lin" } }),
            (model, values) => [Of("y", values.Find("y.f64")!, Outputs(model, values.Find("x")!.Values))]),
        Network(
            "own_guitarml_lstm20", $"{Way}; the caller adds the input", file => AmpWithKnob.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["Memory"] = "rec", ["Sound"] = "lin" } }),
            (model, values) => [Of("y", values.Find("y.f64")!, [.. Outputs(model, values.Find("x")!.Values).Zip(values.Find("x")!.Values.ToArray().Chunk(2), (y, x) => y + x[0])])]),

        // Convolutions in front, which no class has: the rest.
        Network(
            "silero_vad_16k_expected.safetensors", $"{Way} of the recurrent part",
            _ => SpeechDetector.Load(Formats.Tests.SharedFiles.Find("silero_vad_16k.original.safetensors"), new LoadOptions { Rename = { ["Memory"] = "lstm_cell", ["Speech"] = "final_conv" }, Ignore = "*" }),
            (model, values) =>
            [
                Of("prob", values.Find("prob.f64")!, Outputs(model, values.Find("x")!.Values)),
                Decision(values.Find("prob.f64")!.Values.ToArray(), Outputs(model, values.Find("x")!.Values)),
            ]),
        Speech("silero_vad_16k", $"{Way} of the recurrent part", file => SpeechDetector.Load(TensorFiles.Read(file), new LoadOptions { Rename = { ["Memory"] = "lstm_cell", ["Speech"] = "final_conv" }, Ignore = "*" })),
        ByTool.Refused("/model/stft/", Speech("silero_vad_16k_op15", $"{Way} of the recurrent part", file => SpeechDetector.Load(
            TensorFiles.Read(file), new LoadOptions { Prefix = "model.decoder.", Rename = { ["Memory"] = "rnn", ["Speech"] = "decoder.2" }, Ignore = "*" }))),
        ByTool.Refused("/stft/", Speech("silero_vad_half", $"{Way} of the recurrent part", file => SpeechDetector.Load(
            TensorFiles.Read(file), new LoadOptions { Prefix = "decoder.", Rename = { ["Memory"] = "rnn", ["Speech"] = "decoder.2" }, Ignore = "*" }))),
    ];

    /// <summary>A network that one expression loads.</summary>
    private static PublishedNetwork Network<TModel>(
        string name, string way, Func<string, TModel> load, Func<TModel, TensorFile, Difference[]> compare, [CallerArgumentExpression(nameof(load))] string code = "")
    {
        var entry = IndexEntry.Of(name);
        return new(entry, way, code, () => compare(load(entry.Path), entry.Values));
    }

    private static PublishedNetwork BiGruOf(string name, Func<string, BiGru> load, [CallerArgumentExpression(nameof(load))] string code = "") =>
        Network(name, Way, load, (model, values) => [Of("y", values.Find("y.f64")!, Outputs(model, IndexEntry.Of("own_torch_bigru").Values.Find("x")!.Values, sequences: 3))], code);

    private static PublishedNetwork Sound<TModel>(string name, Func<string, TModel> load, [CallerArgumentExpression(nameof(load))] string code = "")
        where TModel : IRnnModel<float> =>
        Network(name, Way, load, (model, values) => [Of("expected", values.Find("expected.upstream")!, Outputs(model, values.Find("x")!.Values))], code);

    /// <summary>The features are what the convolutions give for the first chunks.</summary>
    private static PublishedNetwork Speech(string name, string way, Func<string, SpeechDetector> load, [CallerArgumentExpression(nameof(load))] string code = "") => Network(
        name, way, load,
        (model, values) =>
        {
            FileTensor features = values.Find("features.f64")!;
            float[] expected = [.. (values.Find("prob.f64") ?? values.Find("prob"))!.Values[..features.Shape[0]].Span];
            float[] actual = Outputs(model, features.Values);
            NarrowRun.Add(expected, actual);
            return [new("prob", Largest(expected, actual)), Decision(expected, actual)];
        },
        code);

    private static Difference Decision(float[] expected, float[] actual)
    {
        int changed = expected.Zip(actual, (a, b) => a > 0.5f == b > 0.5f ? 0 : 1).Sum();
        NarrowRun.Decide(changed, expected.Length);
        return new("decision at 0.5", changed == 0 ? 0 : 1);
    }
}
