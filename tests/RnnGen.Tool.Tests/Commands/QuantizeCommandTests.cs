using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using RnnGen.Checkpoints;
using RnnGen.Fuzz;
using RnnGen.Tool.Commands;

namespace RnnGen.Tool.Tests.Commands;

/// <summary>What the command tells of a network of two layers, and what it refuses.</summary>
public sealed class QuantizeCommandTests : IDisposable
{
    private const int Inputs = 9;
    private const int Units = 16;
    private const int Classes = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("rnngen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Made_up_inputs_are_said_to_be_so()
    {
        string output = Succeed("quantize", Network());
        Assert.StartsWith("The inputs are made up: 1,000 steps of normal numbers.", output, StringComparison.Ordinal);
        Assert.All(new[] { "BFloat16", "Int8", "Int4" }, format => Assert.Contains($"Rounded to {format}", output, StringComparison.Ordinal));
        Assert.Contains("Weights = WeightFormat.Int4)]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("keep in floats", output, StringComparison.Ordinal);

        // The fewer bits, the larger the error; always the same numbers.
        double[] errors = [.. Errors(output, "all of them")];
        Assert.Equal(3, errors.Length);
        Assert.InRange(errors[0], 1e-6, errors[1]);
        Assert.InRange(errors[1], errors[0], errors[2]);
        Assert.Equal(output, Succeed("quantize", Network()));
    }

    [Fact]
    public void A_bound_names_the_layers_to_keep()
    {
        string loose = Succeed("quantize", Network(), "--format", "Int8", "--error", "1");
        Assert.Contains("To keep in floats: nothing.", loose, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(loose, "Weights = WeightFormat.Int8"));
        Assert.DoesNotContain("Int4", loose, StringComparison.Ordinal);

        // A little less than the error of all keeps the layer that costs most.
        double all = Errors(loose, "all of them").Single();
        string tight = Succeed("quantize", Network(), "--format", "Int8", "--error", (0.9 * all).ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain("To keep in floats: nothing.", tight, StringComparison.Ordinal);
        Assert.InRange(Regex.Count(tight, "Weights = WeightFormat.Int8"), 0, 1);
        string none = Succeed("quantize", Network(), "--format", "Int8", "--error", "0");
        Assert.Contains("Then the largest difference is 0.", none, StringComparison.Ordinal);
        Assert.Equal(0, Regex.Count(none, "Weights = WeightFormat.Int8"));
    }

    [Fact]
    public void Data_have_a_loss()
    {
        var random = new Random(1);
        string data = Data(("inputs", [4, 6, Inputs], [.. Enumerable.Range(0, 4 * 6 * Inputs).Select(_ => random.NextSingle())]), ("targets", [4, 6], [.. Enumerable.Range(0, 24).Select(k => (float)(k % Classes))]));
        string output = Succeed("quantize", Network(), "--data", data, "--loss", "0.5", "--format", "BFloat16");
        Assert.StartsWith("4 sequences, 24 steps.", output, StringComparison.Ordinal);
        Assert.Contains("To keep in floats: nothing.", output, StringComparison.Ordinal);
        Assert.Contains("and the loss grows by ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.StartsWith("--loss: ", Fail("quantize", Network(), "--loss", "0.1"), StringComparison.Ordinal);
        Assert.StartsWith("Tensor 'x': expected [steps, 9] or [sequences, steps, 9], found ", Fail("quantize", Network(), "--data", Data(("x", [5, 8], new float[40]))), StringComparison.Ordinal);
        Assert.StartsWith("Tensor 'inputs': ", Fail("quantize", Network(), "--data", Data(("x", [5, 9], new float[45]), ("y", [1], [1]))), StringComparison.Ordinal);
        Assert.StartsWith("Tensor 'targets': expected 5 numbers", Fail("quantize", Network(), "--data", Data(("inputs", [5, 9], new float[45]), ("targets", [4], new float[4]))), StringComparison.Ordinal);
        Assert.StartsWith("Tensor 'targets': expected classes from 0 to 2", Fail("quantize", Network(), "--data", Data(("inputs", [5, 9], new float[45]), ("targets", [5], [0, 1, 2, 3, 0]))), StringComparison.Ordinal);
        Assert.Contains("nothing to round", Fail("quantize", Write("small.onnx", SoundGraphs.All[0].Bytes)), StringComparison.Ordinal);
        Assert.NotEqual(0, Run("quantize", Network(), "--error", "-1").Code);
        Assert.NotEqual(0, Run("quantize", Network(), "--steps", "0").Code);
        Assert.NotEqual(0, Run("quantize", Network(), "--format", "Int3").Code);
    }

    /// <summary>Two LSTMs and a softmax.</summary>
    private string Network()
    {
        var random = new Random(3);
        return Write("net.onnx", new OnnxWriter().Input("x", isInteger: false, 10, 1, Inputs)
            .Tensor("W", [1, 4 * Units, Inputs], Weights(4 * Units * Inputs)).Tensor("R", [1, 4 * Units, Units], Weights(4 * Units * Units)).Tensor("B", [1, 8 * Units], Weights(8 * Units))
            .Node("LSTM", "x W R B", "y", ("hidden_size", Units)).Vector("one", 1).Node("Squeeze", "y one", "s")
            .Tensor("W2", [1, 4 * Units, Units], Weights(4 * Units * Units)).Tensor("R2", [1, 4 * Units, Units], Weights(4 * Units * Units)).Tensor("B2", [1, 8 * Units], Weights(8 * Units))
            .Node("LSTM", "s W2 R2 B2", "y2", ("hidden_size", Units)).Node("Squeeze", "y2 one", "s2")
            .Tensor("D", [Units, Classes], Weights(Units * Classes)).Node("MatMul", "s2 D", "z").Node("Softmax", "z", "p", ("axis", -1)).Output("p").ToArray());

        float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private string Data(params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        string path = Path.Combine(_folder, "data.safetensors");
        SafetensorsContent.OfForeign(path, [.. tensors.Select(tensor => new TensorToWrite(tensor.Name, tensor.Shape, tensor.Values))], new Dictionary<string, string>()).WriteTo(path);
        return path;
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The largest differences of a row, table by table.</summary>
    private static IEnumerable<double> Errors(string output, string row) =>
        output.Split('\n').Where(line => line.Trim().StartsWith(row, StringComparison.Ordinal)).Select(line => double.Parse(Regex.Split(line.Trim(), " {2,}")[3].Trim(), CultureInfo.InvariantCulture));

    private static string Succeed(params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        Assert.Equal((0, ""), (code, error));
        return output;
    }

    private static string Fail(params string[] arguments)
    {
        (int code, _, string error) = Run(arguments);
        Assert.Equal(1, code);
        Assert.Single(error.TrimEnd().Split('\n'));
        return error;
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        (var output, var error) = (new StringWriter(), new StringWriter());
        int code = RootCommands.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
