using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Models;

/// <summary>
/// Cells, directions, depths, graphs and heads in combination, each checked against the double-precision reference and its finite
/// differences. The models are compiled when the tests run, because so many would slow down every build.
/// </summary>
public sealed class CombinationTests
{
    private const string Usings = "global using System; global using RnnGen; using RnnGen.Numerics.Tests.Models;";

    private static readonly Lazy<(CSharpCompilation Compilation, Assembly Assembly)> Models = new(Build);

    public static TheoryData<string> Names => [.. Combinations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_equations(string name)
    {
        (CSharpCompilation compilation, Assembly assembly) = Models.Value;
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("Combined." + ClassName(name))!;
        ModelSpec spec = RnnModelParser.Parse(type, type.GetAttributes()[0], report: null, default)!.Model!;
        var probe = (Probe)assembly.GetType("Combined.Harness")!.GetMethod(ClassName(name))!.Invoke(null, [])!;

        foreach (Layer layer in probe.Instance.Layers.Where(l => l.Parameters.Any(p => p.Name == "variance")))
        {
            layer["mean"].CopyFrom([.. Enumerable.Range(0, layer["mean"].Count).Select(k => (k % 5 * 0.1f) - 0.2f)]);
            layer["variance"].CopyFrom([.. Enumerable.Range(0, layer["mean"].Count).Select(k => 0.5f + (k % 3))]);
        }

        ModelCheck.Run(probe, new ReferenceNetwork(probe.Instance, spec));
        ModelCheck.CheckAllocations(probe);
        GeneratedCodeTests.CheckMethods(probe.Model);
    }

    private static string ClassName(string name) => "M" + Combinations.All.Keys.ToList().IndexOf(name);

    private static (CSharpCompilation Compilation, Assembly Assembly) Build()
    {
        string declarations = string.Concat(Combinations.All.Select(c => $"{c.Value.Attribute}\npublic sealed partial class {ClassName(c.Key)}\n{{\n{c.Value.Body}\n}}\n"));
        CSharpCompilation compilation = RuntimeCompilation.Of([Usings, "namespace Combined;\n" + declarations, Harness()]);
        return (compilation, RuntimeCompilation.Load(compilation));
    }

    private static string Harness() =>
        "namespace Combined;\ninternal static class Harness\n{\n" + string.Concat(Combinations.All.Select(c => Harness(ClassName(c.Key), c.Value))) + "}\n";

    private static string Harness(string name, Combination combination)
    {
        string step = combination.IsStreamed ? "(m, s, x, y) => m.Step(s, x, y)" : "null";
        string learn = combination.Head switch
        {
            "" => "null",
            "Softmax" => "(m, t, targets) => m.Backward(t, targets.Integers)",
            _ => "(m, t, targets) => m.Backward(t, targets.Floats)",
        };
        string inputs = combination.Tokens ? "" : "t => t.InputGradients, ";
        return $"""
                public static RnnGen.Numerics.Tests.Models.Probe {name}() =>
                    RnnGen.Numerics.Tests.Models.Probe.{(combination.Tokens ? "OfTokens" : "OfNumbers")}<{name}, {name}.State, {name}.Tape>(
                        {step}, (m, s, x, y) => m.Forward(s, x, y), (m, s, x, y, t) => m.Forward(s, x, y, t),
                        (m, t, dy, ds) => m.Backward(t, dy, ds), {inputs}t => t.InitialStateGradients, {learn});

            """;
    }
}
