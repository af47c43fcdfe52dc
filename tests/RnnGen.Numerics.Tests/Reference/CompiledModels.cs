using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Planning;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// Models that are compiled while the tests run, because so many would slow down every build. All of a class of tests are compiled together: one
/// by one takes many times as long.
/// </summary>
internal sealed class CompiledModels
{
    private const string Space = "Compiled";

    private readonly string[] _names;
    private readonly Lazy<(CSharpCompilation Compilation, Assembly Assembly)> _compiled;

    /// <summary>Models as users declare them, through the whole generator.</summary>
    public CompiledModels(IEnumerable<(string Name, DeclaredModel Model)> models)
        : this(
            models.Select(m => m.Name),
            names => [Declarations(models.Select(m => $"{m.Model.Attributes}\npublic sealed partial class {names(m.Name)}\n{{\n{m.Model.Members}\n}}\n"))])
    {
    }

    /// <summary>Models of one cell each, which need not be any layer's.</summary>
    public CompiledModels(IReadOnlyDictionary<string, Cell> cells)
        : this(
            cells.Keys,
            names => [Declarations(cells.Keys.Select(name => $"public sealed partial class {names(name)};\n")), .. cells.SelectMany(cell => Emit(names(cell.Key), cell.Value))])
    {
    }

    private CompiledModels(IEnumerable<string> names, Func<Func<string, string>, IEnumerable<string>> sources)
    {
        _names = [.. names];
        _compiled = new(() =>
        {
            CSharpCompilation compilation = RuntimeCompilation.Of(["global using System; global using RnnGen;", .. sources(ClassName)]);
            return (compilation, RuntimeCompilation.Load(compilation));
        });
    }

    /// <summary>Creates a model.</summary>
    public IRnnModel Create(string name) =>
        (IRnnModel)Activator.CreateInstance(_compiled.Value.Assembly.GetType($"{Space}.{ClassName(name)}")!, 3)!;

    /// <summary>What the generator reads from its declaration.</summary>
    public ModelSpec Spec(string name)
    {
        INamedTypeSymbol type = _compiled.Value.Compilation.GetTypeByMetadataName($"{Space}.{ClassName(name)}")!;
        return RnnModelParser.Parse(type, type.GetAttributes()[0], report: null, files: null, default)!.Model!;
    }

    private string ClassName(string name) => $"M{Array.IndexOf(_names, name)}";

    private static string Declarations(IEnumerable<string> classes) => $"namespace {Space};\n{string.Concat(classes)}";

    private static IEnumerable<string> Emit(string className, Cell cell)
    {
        var layer = new LayerSpec("Odd", new Rnn(), cell.Input.Size, cell.Output!.Size, Property: null);
        var target = new TypeTarget(Space, new EquatableArray<string>([]), className, "public", $"{Space}.{className}");
        var spec = new ModelSpec(target, cell.Input.Size, 6, Tokens: false, new EquatableArray<LayerSpec>([layer]), DocumentClass: true);
        return ModelEmitter.Emit(ModelPlan.Of(spec, _ => cell)).Select(file => file.Text);
    }
}
