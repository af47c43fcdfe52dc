using System.Globalization;
using System.Text.Json;
using RnnGen.Fuzz;
using RnnGen.Numerics.Tests.Goldens;
using RnnGen.Tool.Description;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Onnx;

/// <summary>The operators RNN, GRU and LSTM with all their attributes, as files of one node: the class that the tool writes gives ONNX's answers.</summary>
public class RecurrentNodeTests
{
    private static readonly Lazy<CompiledClasses> Classes = new(() => new CompiledClasses(Names().ToDictionary(ClassName, name => Import(name))));

    public static TheoryData<string> Files => new(Names());

    [Theory]
    [MemberData(nameof(Files))]
    public void The_class_gives_the_answers_of_the_operator(string name)
    {
        var file = new GoldenFile(name + ".safetensors", "onnx");
        new ImportedRun(Import(name), Classes.Value.Load(ClassName(name))).Check(
            input => input == "sequence_lens" ? [.. file.Integers(input).Select(length => (float)length)] : file.Floats(input), file.Floats, 1e-5);
    }

    private static IEnumerable<string> Names() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "onnx"), "*.safetensors").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static string ClassName(string name) =>
        string.Concat(name.Split('_').Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part[1..]));

    private static ImportedModel Import(string name) => ImportOnnx.Bytes(Write(new GoldenFile(name + ".safetensors", "onnx")), new ImportSettings { ClassName = ClassName(name) });

    private static byte[] Write(GoldenFile file)
    {
        (int steps, int rows, int inputs, int units) = (file.Option("seq_len"), file.Option("batch"), file.Option("input_size"), file.Option("hidden_size"));
        string type = file.Text("operator");
        int directions = file.Text("direction") == "bidirectional" ? 2 : 1;
        int gates = type switch { "RNN" => 1, "GRU" => 3, _ => 4 };
        var writer = new OnnxWriter().Input("X", isInteger: false, steps, rows, inputs);
        Add("W", [directions, gates * units, inputs]);
        Add("R", [directions, gates * units, units]);
        Add("B", [directions, 2 * gates * units]);
        Add("P", [directions, 3 * units]);
        foreach (string state in new[] { "initial_h", "initial_c" }.Where(file.Has))
        {
            writer.Input(state, isInteger: false, directions, rows, units);
        }

        if (file.Has("sequence_lens"))
        {
            writer.Input("sequence_lens", isInteger: true, rows);
        }

        string[] names = ["X", "W", "R", "B", "sequence_lens", "initial_h", .. type == "LSTM" ? (string[])["initial_c", "P"] : []];
        string[] outputs = ["Y", "Y_h", .. type == "LSTM" ? (string[])["Y_c"] : []];
        writer.Node(type, string.Join(' ', names.Select(name => file.Has(name) ? name : "-")), string.Join(' ', outputs), [.. Attributes(file, type)]);
        foreach (string output in outputs)
        {
            writer.Output(output);
        }

        return writer.ToArray();

        void Add(string name, int[] shape)
        {
            if (file.Has(name))
            {
                writer.Tensor(name, shape, file.Floats(name));
            }
        }
    }

    private static IEnumerable<(string Name, object Value)> Attributes(GoldenFile file, string type)
    {
        yield return ("hidden_size", file.Option("hidden_size"));
        yield return ("direction", file.Text("direction"));
        yield return ("activations", file.Json("activations").EnumerateArray().Select(name => name.GetString()!).ToArray());
        yield return ("activation_alpha", Numbers(file.Json("activation_alpha")));
        yield return ("activation_beta", Numbers(file.Json("activation_beta")));
        if (file.Json("clip").ValueKind == JsonValueKind.Number)
        {
            yield return ("clip", (float)file.Json("clip").GetDouble());
        }

        if (type == "GRU")
        {
            yield return ("linear_before_reset", file.Option("linear_before_reset"));
        }

        if (type == "LSTM")
        {
            yield return ("input_forget", file.Option("input_forget"));
        }
    }

    private static float[] Numbers(JsonElement list) => list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(number => (float)number.GetDouble())] : [];
}
