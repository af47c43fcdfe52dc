using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Layers whose equations simplify to their input, to a constant, or to something with a constant derivative compile like any other.</summary>
public class SimplifiedCellTests
{
    private static readonly string[] Functions =
    [
        "Activation.Affine", "Activation.Affine, Alpha = 2", "Activation.Affine, Beta = 3", "Activation.Affine, Alpha = 0", "Activation.Affine, Alpha = 0, Beta = 0.5f",
        "Activation.LeakyRelu, Alpha = 1", "Activation.HardSigmoid, Alpha = 0", "Activation.ScaledTanh, Alpha = 0", "Activation.ScaledTanh, Beta = 0", "Activation.Elu, Alpha = 0",
    ];

    private static readonly string[] Places = ["first", "middle", "last", "only", "twice", "of many readers", "in cells"];

    private static readonly string[] Options = [", Trace = true", ", BatchSize = 8, Precise = true"];

    public static TheoryData<string> PlaceNames => [.. Places];

    /// <summary>The options take turns, so that each place has both of them, and each function has both in some place.</summary>
    [Theory]
    [MemberData(nameof(PlaceNames))]
    public void Compiles(string place)
    {
        IEnumerable<string> models = (place == "in cells" ? Functions.Take(5) : Functions)
            .Select((function, k) => $"[RnnModel(3, 20{Options[(k + Array.IndexOf(Places, place)) % 2]})] internal partial class M{k} {{ {Layers(place, function)} }}\n");
        string source = "using RnnGen;\n" + string.Concat(models);
        GeneratorRun run = GeneratorRun.Of(source);
        string problems = string.Join("\n", run.Compilation.GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden).Take(8));
        Assert.True(problems.Length == 0, problems);
    }

    private static string Layers(string place, string function)
    {
        string layer = $"[Activation({function})] public partial Layer";
        string recurrent = "[Gru(5)] public partial Layer Memory { get; }";
        string head = "[Linear(2)] public partial Layer Value { get; }";
        return place switch
        {
            "first" => $"{layer} Same {{ get; }} {recurrent} {head}",
            "middle" => $"{recurrent} {layer} Same {{ get; }} [Dense(4)] public partial Layer Mixed {{ get; }} {head}",
            "last" => $"{recurrent} {layer} Same {{ get; }}",
            "only" => $"{layer} Same {{ get; }}",
            "twice" => $"{layer} Same {{ get; }} {layer} Again {{ get; }} {head}",
            "of many readers" => $"{layer} Same {{ get; }} [Gru(3, From = [nameof(Same), Layer.Input])] public partial Layer Memory {{ get; }} [Softmax(2, From = [nameof(Same), nameof(Memory)])] public partial Layer Kind {{ get; }} [Linear(1, From = [nameof(Same)])] public partial Layer Pitch {{ get; }}",
            _ => $"[Rnn(4, {In("")})] public partial Layer Low {{ get; }} [Lstm(4, {In("Cell")}, Peepholes = true)] public partial Layer A {{ get; }} [Lstm(4, {In("Output")}, LayerNorm = true)] public partial Layer B {{ get; }} [Lstm(4, {In("Gate")}, InputForget = true)] public partial Layer C {{ get; }} [Gru(4, {In("Candidate")})] public partial Layer D {{ get; }} [Gru(4, {In("Gate")}, LinearBeforeReset = false)] public partial Layer E {{ get; }} {head}",
        };

        string In(string gate) => Regex.Replace(
            function.Replace("Activation.", "Activation = Activation.", StringComparison.Ordinal), "Activation =|Alpha|Beta", match => gate + match.Value);
    }
}
