using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using RnnGen.Formats;
using RnnGen.Formats.Tests;
using RnnGen.Tool.Commands;
using RnnGen.Tool.Description;
using RnnGen.Tool.Onnx;
using RnnGen.Tool.Verify;

namespace RnnGen.Tool.Tests.Published;

/// <summary>Networks whose files tell everything: the tool writes the class, or names what no class has.</summary>
internal static class ByTool
{
    // What is refused, and what the message has.
    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["onnx_torch_conv_bn_lstm_op13"] = "Node 0, node '/conv/Conv' (Conv)",
        ["onnx_torch_gru_graph_mask_op13"] = "Node 23, node '/Mul' (Mul)",
        ["onnx_refuse_einsum"] = "Node 1, node 'attention/scores' (Einsum)",
        ["onnx_refuse_shapes"] = "Node 0, the LSTM node with output 'Y'",
        ["onnx_refuse_external_data"] = "weights.bin",
        ["onnx_refuse_truncated"] = "refuse_truncated.onnx",
        ["own_torch_hostile"] = "posix.system",
        ["own_object_npz"] = "Python objects",
        ["rtneural_bad_lstm"] = "expected weights of 16 units for layer 0 (lstm)",
        ["rtneural_conv"] = "Layer 2, 'conv1d_1' (conv1d)",
        ["rtneural_conv_stateless"] = "Layer 1, 'conv1d_0' (conv1d)",
        ["rtneural_conv2d"] = "Layer 1, 'conv2d_0' (conv2d)",
        ["rtneural_conv1d_torch"] = "tensors without one",
        ["rtneural_conv1d_torch_group_6_3_3_1_3"] = "tensors without one",
        ["rtneural_conv1d_torch_group_6_3_4_10_3"] = "tensors without one",
        ["rtneural_conv1d_torch_group_6_6_1_1_6"] = "tensors without one",
        ["rtneural_conv1d_torch_stride_3"] = "tensors without one",
        ["rtneural_convtranspose1d_torch"] = "tensors without one",
        ["rtneural_microtcn"] = "tensors without one",
    };

    // The longest window of all files.
    private const int Steps = 2048;

    private static readonly string[] OfRtNeural = ["rtneural_lstm", "rtneural_lstm_1d", "rtneural_gru", "rtneural_gru_1d"];

    private static readonly string[] OfKeras = ["own_keras2", "own_keras3_keras", "own_keras3_legacy"];

    private static readonly string[] Networks =
        [.. OfRtNeural, .. OfKeras, "own_aidax_lstm12", "dtln_model_1", .. IndexEntry.All.Select(entry => entry.Name).Where(name => name.StartsWith("onnx_", StringComparison.Ordinal) && !Refusals.ContainsKey(name))];

    // What fails here fails again in the test of the network.
    private static readonly Lazy<Dictionary<string, ImportedModel>> Models = new(() =>
        Networks.Select(name => (Name: name, Model: Try(name))).Where(pair => pair.Model is not null).ToDictionary(pair => ClassName(pair.Name), pair => pair.Model!));

    // All classes are compiled together.
    private static readonly Lazy<CompiledClasses> Classes = new(() => new CompiledClasses(Models.Value, Steps));

    private static readonly ConcurrentDictionary<WeightFormat, Lazy<CompiledClasses>> NarrowClasses = new();

    public static IEnumerable<PublishedNetwork> All =>
    [
        .. OfRtNeural.Select(name => Imported(name, values => [1, values.Find("x")!.Shape[0], 1], _ => "x", _ => ("expected", "expected.upstream"))),
        .. OfKeras.Select(name => Imported(name, _ => [4, 9], _ => "ids", _ => ("y", "y.dense.f64"))),
        Imported("own_aidax_lstm12", _ => [1, 2048, 1], _ => "x", _ => ("y", "y.f64")),
        new(IndexEntry.Of("dtln_model_1"), Way, CommandOf("dtln_model_1"), Stream),
        .. Networks.Where(name => name.StartsWith("onnx_", StringComparison.Ordinal)).Select(name => Imported(name, null, input => "in." + input, output => (output, "out." + output))),
        .. Refusals.Keys.Select(name => Refused(Refusals[name], new PublishedNetwork(IndexEntry.Of(name), "", "", () => []))),
    ];

    private const string Way = "`rnngen import`";

    /// <summary>A class with narrow weights.</summary>
    public static Type TypeOf(string name, WeightFormat format) =>
        NarrowClasses.GetOrAdd(format, key => new Lazy<CompiledClasses>(() => new CompiledClasses(Models.Value, Steps, text => NarrowRun.Edit(text, key)))).Value.TypeOf(name);

    /// <summary>A network that the tool refuses, and writes nothing, before another way is tried.</summary>
    /// <param name="problem">What the message has.</param>
    /// <param name="other">The other way.</param>
    public static PublishedNetwork Refused(string problem, PublishedNetwork other) => other with
    {
        Way = (other.Way.Length > 0 ? other.Way + "; " : "") + $"`rnngen import` refuses it: `{problem}`",
        Run = () =>
        {
            string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            (var output, var error) = (new StringWriter(), new StringWriter());
            int code = RootCommands.Create().Parse(["import", other.Entry.Path, "--class", "Net", "--output", folder]).Invoke(new InvocationConfiguration { Output = output, Error = error });
            Assert.Equal((1, ""), (code, output.ToString()));
            Assert.Contains(problem, error.ToString(), StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder));
            return other.Run();
        },
    };

    private static PublishedNetwork Imported(string name, Func<TensorFile, int[]>? shape, Func<string, string> input, Func<string, (string Output, string Tensor)> output)
    {
        var entry = IndexEntry.Of(name);
        return new(entry, Way, CommandOf(name), () =>
        {
            TensorFile values = entry.Values;
            ImportedModel open = Import(name);
            ImportedModel sized = Import(name, open.Inputs.Where(port => values.Find(input(port.Name)) is not null).ToDictionary(port => port.Name, port => shape?.Invoke(values) ?? [.. values.Find(input(port.Name))!.Shape]));
            Assert.True(open.HasLayersOf(sized));
            Assert.Equal(Math.Max(1, values.Tensors.Count(tensor => tensor.Name.StartsWith("out.", StringComparison.Ordinal))), sized.Outputs.Count);

            // All outputs of the class, and of the reference in double.
            var answers = new Answers(sized, port => values.Find(input(port))!.Values.ToArray(), port => values.Find(output(port).Tensor)!.Values.ToArray());
            IReadOnlyList<Agreement>[] agreements = [answers.Compare(new ImportedRun(sized, Classes.Value.Load(ClassName(name)))), answers.Compare(new ReferenceRun(sized))];
            Assert.All(agreements.SelectMany(all => all), agreement => Assert.True(agreement.Compared > 0));
            Assert.All(agreements[1], agreement => Assert.True(agreement.Difference <= entry.ToleranceOf(output(agreement.Output).Output)));
            return [.. agreements[0].Select(agreement => new Difference(output(agreement.Output).Output, agreement.Difference))];
        });
    }

    /// <summary>DTLN's first half, a step at a time, with its states.</summary>
    private static IReadOnlyList<Difference> Stream()
    {
        TensorFile values = IndexEntry.Of("dtln_model_1").Values;
        var model = (IRnnStreamingModel<float>)NarrowRun.Twin(Classes.Value.Load(ClassName("dtln_model_1")));
        State state = model.CreateState();
        ReadOnlyMemory<float> magnitudes = values.Find("mag")!.Values;
        var masks = new float[magnitudes.Length];
        for (int start = 0; start < masks.Length; start += 257)
        {
            model.Step(state, magnitudes.Span.Slice(start, 257), masks.AsSpan(start, 257));
        }

        // [1, layer, unit, (h, c)]: where the file has them, by the import.
        float[] last = values.Find("states.200")!.Values.ToArray();
        Place[] places = Import("dtln_model_1").Outputs.Single(output => output.Places[0].IsState).Places;
        return
        [
            Differences.Of("mask", values.Find("mask")!, masks),
            new("states", Differences.Largest(last, [.. places.Select(place => state[place.Name][place.Column])]) / last.Max(Math.Abs)),
        ];
    }

    private static ImportedModel Import(string name, Dictionary<string, int[]>? shapes = null)
    {
        string path = IndexEntry.Of(name).Path;
        return NetworkFile.Import(path, File.ReadAllBytes(path), new ImportSettings { ClassName = ClassName(name), Shapes = shapes ?? [] });
    }

    private static ImportedModel? Try(string name)
    {
        try
        {
            return Import(name);
        }
        catch (Import.ImportException)
        {
            return null;
        }
    }

    private static string CommandOf(string name) => $"rnngen import {Path.GetFileName(IndexEntry.Of(name).File)} --class {ClassName(name)} --sequence-length {Steps}";

    private static string ClassName(string name) => string.Concat(name.Split('_').Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part[1..]));
}
