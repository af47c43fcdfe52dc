using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using RnnGen.Formats.Onnx;

namespace RnnGen.Formats.Tests.Exports;

/// <summary>Exported graphs in ONNX Runtime, against the models.</summary>
public sealed class OnnxExportTests
{
    private const int Lanes = 3;

    private static readonly Dictionary<string, Func<IRnnModel>> Models = new()
    {
        [nameof(Functions)] = () => new Functions(1),
        [nameof(LstmLevels)] = () => new LstmLevels(1),
        [nameof(LstmPeepholes)] = () => new LstmPeepholes(1),
        [nameof(LstmCoupled)] = () => new LstmCoupled(1),
        [nameof(LstmBothWays)] = () => new LstmBothWays(1),
        [nameof(GruForms)] = () => new GruForms(1),
        [nameof(GruReverse)] = () => new GruReverse(1),
        [nameof(Merges)] = () => new Merges(1),
        [nameof(Graph)] = () => new Graph(1),
        [nameof(Activations)] = () => new Activations(1),
        [nameof(TiedWords)] = () => new TiedWords(1),
        [nameof(OneHot)] = () => new OneHot(1),
        [nameof(Labels)] = () => new Labels(1),
    };

    private static readonly Dictionary<string, Func<IRnnModel>> Refused = new()
    {
        ["'Lstm': ProjectionSize"] = () => new WithProjection(1),
        ["'Lstm': LayerNorm"] = () => new WithLayerNorm(1),
        ["'Lstm': ZoneoutCell"] = () => new WithZoneoutCell(1),
        ["'Gru': Zoneout"] = () => new WithZoneout(1),
        ["'MinGru': [MinGru]"] = () => new WithMinGru(1),
        ["'Mgu': [Mgu]"] = () => new WithMgu(1),
        ["'Mixture' cannot be exported: [Mixture]"] = () => new WithMixture(1),
        ["'Quantile' cannot be exported: [Quantile]"] = () => new WithQuantiles(1),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    public static TheoryData<string> Streamed => [.. Models.Keys.Except([nameof(LstmBothWays), nameof(GruReverse), nameof(Merges)])];

    public static TheoryData<string> Refusals => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_window_has_the_same_outputs(string name)
    {
        var random = new Random(5);
        for (int trial = 0; trial < 4; trial++)
        {
            IRnnModel model = Models[name]().WithWeights(random);
            using var session = new OnnxRuntimeSession(FileOf(model));
            int steps = 1 + (2 * trial);
            State[] states = [.. Enumerable.Range(0, Lanes).Select(_ => model.CreateState())];
            (NamedOnnxValue input, float[][] expected) = Advance(model, session, states, steps, random);

            Compare(model, expected, session.Run(input));
        }
    }

    [Theory]
    [MemberData(nameof(Streamed))]
    public void A_stream_continues_from_its_states(string name)
    {
        var random = new Random(6);
        IRnnModel model = Models[name]().WithWeights(random);
        using var session = new OnnxRuntimeSession(FileOf(model, new OnnxExportOptions { Streaming = true }));
        State[] states = [.. Enumerable.Range(0, Lanes).Select(_ => model.CreateState())];
        Dictionary<string, float[]> carried = states[0].Names.ToDictionary(state => state, state => states.SelectMany(lane => lane[state].ToArray()).ToArray());
        foreach (int steps in (int[])[1, 1, 4, 2])
        {
            (NamedOnnxValue input, float[][] expected) = Advance(model, session, states, steps, random);
            IReadOnlyList<(string Name, int[] Shape, float[] Values)> results = session.Run(
                [input, .. carried.Select(state => OnnxRuntimeSession.Input(state.Key, state.Value, 1, Lanes, state.Value.Length / Lanes))]);

            Compare(model, expected, [.. results.Where(result => !result.Name.EndsWith("_next", StringComparison.Ordinal))]);
            carried = carried.Keys.ToDictionary(state => state, state => results.Single(result => result.Name == state + "_next").Values);
        }

        foreach ((string state, float[] values) in carried)
        {
            Near(states.SelectMany(lane => lane[state].ToArray()).ToArray(), values);
        }
    }

    [Theory]
    [InlineData(nameof(LstmBothWays), "'Memory': Direction = Bidirectional")]
    [InlineData(nameof(GruReverse), "'Memory': Direction = Reverse")]
    [InlineData(nameof(Merges), "'Sum': Direction = Bidirectional")]
    public void What_needs_whole_windows_has_no_streaming_form(string name, string message)
    {
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => FileOf(Models[name](), new OnnxExportOptions { Streaming = true }));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_no_operator_computes_is_refused_by_name(string message)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "old");
            var stream = new MemoryStream();

            NotSupportedException e = Assert.Throws<NotSupportedException>(() => Refused[message]().ExportOnnx(path));
            Assert.Throws<NotSupportedException>(() => Refused[message]().ExportOnnx(stream));

            Assert.Contains(message, e.Message, StringComparison.Ordinal);
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal(0, stream.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_path_and_a_stream_get_the_same_file_in_every_culture()
    {
        string path = Path.GetTempFileName();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var model = new LstmPeepholes(3);
            model.Metadata["labels"] = "a, b";
            byte[] file = FileOf(model);
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            model.ExportOnnx(path);

            Assert.Equal(file, File.ReadAllBytes(path));
            OnnxModel read = OnnxModel.Read(path, file);
            Assert.Equal(17, read.OperatorSets[""]);
            Assert.Equal("a, b", read.Metadata["labels"]);
            Assert.Equal(["input"], read.Graph.Inputs.Select(input => input.Name));
            Assert.Equal(["Head"], read.Graph.Outputs.Select(output => output.Name));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            File.Delete(path);
        }
    }

    [Fact]
    public void A_stream_that_fails_is_a_checkpoint_exception()
    {
        using var closed = new MemoryStream();
        closed.Dispose();

        Assert.IsType<ObjectDisposedException>(Assert.Throws<CheckpointException>(() => new GruReverse(1).ExportOnnx(closed)).InnerException);
    }

    internal static byte[] FileOf(IRnnModel model, OnnxExportOptions? options = null)
    {
        var stream = new MemoryStream();
        model.ExportOnnx(stream, options);
        return stream.ToArray();
    }

    /// <summary>Runs all lanes of a window through the model.</summary>
    /// <returns>The window as the graph reads it, and the model's outputs, lane by lane.</returns>
    private static (NamedOnnxValue Input, float[][] Outputs) Advance(IRnnModel model, OnnxRuntimeSession session, State[] states, int steps, Random random)
    {
        var outputs = new float[Lanes][];
        if (model is IRnnModel<int> reader)
        {
            var tokens = new int[steps * Lanes];
            for (int lane = 0; lane < Lanes; lane++)
            {
                int[] own = [.. Enumerable.Range(0, steps).Select(_ => random.Next(model.InputSize))];
                outputs[lane] = new float[model.GetOutputLength(steps)];
                reader.Forward(states[lane], own, outputs[lane]);
                for (int step = 0; step < steps; step++)
                {
                    tokens[(step * Lanes) + lane] = own[step];
                }
            }

            return (OnnxRuntimeSession.Tokens(session.InputName, tokens, steps, Lanes), outputs);
        }

        int size = model.InputSize;
        var inputs = new float[steps * Lanes * size];
        for (int lane = 0; lane < Lanes; lane++)
        {
            float[] own = [.. Enumerable.Range(0, steps * size).Select(_ => (4 * random.NextSingle()) - 2)];
            outputs[lane] = new float[model.GetOutputLength(steps)];
            ((IRnnModel<float>)model).Forward(states[lane], own, outputs[lane]);
            for (int step = 0; step < steps; step++)
            {
                own.AsSpan(step * size, size).CopyTo(inputs.AsSpan(((step * Lanes) + lane) * size));
            }
        }

        return (OnnxRuntimeSession.Input(session.InputName, inputs, steps, Lanes, size), outputs);
    }

    /// <summary>Compares outputs: those of the model are lane by lane and head by head, those of the graph a tensor [steps, lanes, size] per head.</summary>
    private static void Compare(IRnnModel model, float[][] expected, IReadOnlyList<(string Name, int[] Shape, float[] Values)> results)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            float[] actual =
            [
                .. from result in results
                   from step in Enumerable.Range(0, result.Shape[0])
                   from k in Enumerable.Range(0, result.Shape[2])
                   select result.Values[(((step * Lanes) + lane) * result.Shape[2]) + k],
            ];
            Near(expected[lane], actual);
        }

        Assert.Equal(model.OutputSize, results.Sum(result => result.Shape[2]));
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.InRange(actual[k] - expected[k], -1e-5f, 1e-5f);
        }
    }
}
