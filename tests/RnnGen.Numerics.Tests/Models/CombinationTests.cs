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
    private const string Usings = "global using System; global using RnnGen;";

    private static readonly Lazy<(CSharpCompilation Compilation, Assembly Assembly)> Models = new(Build);

    public static TheoryData<string> Names => [.. Combinations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_equations(string name)
    {
        (CSharpCompilation compilation, Assembly assembly) = Models.Value;
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("Combined." + ClassName(name))!;
        ModelSpec spec = RnnModelParser.Parse(type, type.GetAttributes()[0], report: null, default)!.Model!;
        var model = (IRnnModel)Activator.CreateInstance(assembly.GetType("Combined." + ClassName(name))!, 3)!;

        foreach (Layer layer in model.Layers.Where(l => l.Parameters.Any(p => p.Name == "variance")))
        {
            layer["mean"].CopyFrom([.. Enumerable.Range(0, layer["mean"].Count).Select(k => (k % 5 * 0.1f) - 0.2f)]);
            layer["variance"].CopyFrom([.. Enumerable.Range(0, layer["mean"].Count).Select(k => 0.5f + (k % 3))]);
        }

        var test = new ModelUnderTest(model);
        ModelCheck.Run(test, new ReferenceNetwork(model, spec));
        ModelCheck.CheckAllocations(test);
        GeneratedCodeTests.CheckMethods(model.GetType());
    }

    private static string ClassName(string name) => "M" + Combinations.All.Keys.ToList().IndexOf(name);

    private static (CSharpCompilation Compilation, Assembly Assembly) Build()
    {
        string declarations = string.Concat(Combinations.All.Select(c => $"{c.Value.Attribute}\npublic sealed partial class {ClassName(c.Key)}\n{{\n{c.Value.Body}\n}}\n"));
        CSharpCompilation compilation = RuntimeCompilation.Of([Usings, "namespace Combined;\n" + declarations]);
        return (compilation, RuntimeCompilation.Load(compilation));
    }
}
