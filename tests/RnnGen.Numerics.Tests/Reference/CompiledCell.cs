using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Numerics.Tests.Models;

[assembly: InternalsVisibleTo("OddModels")]

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>A model of one cell that need not be any layer's, generated and compiled while the tests run.</summary>
internal static class CompiledCell
{
    private const string Usings = "global using System; global using RnnGen;";

    // Shared, so that they are read once.
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))
    ];

    public static Probe Create(Cell cell)
    {
        int inputSize = cell.Input.Size;
        var layer = new LayerSpec("Odd", LayerKind.Rnn, inputSize, cell.Output!.Size, default, true, true, true, null);
        var target = new TypeTarget("Odd", new EquatableArray<string>([]), "OddModel", "public", "Odd.OddModel");
        var spec = new ModelSpec(target, inputSize, 6, Tokens: false, new EquatableArray<LayerSpec>([layer]), DocumentClass: true);
        IEnumerable<string> sources = ModelEmitter.Emit(ModelPlan.Of(spec, _ => cell)).Select(file => file.Text);

        return Probe(Compile([.. sources, Usings, Harness, "namespace Odd; public sealed partial class OddModel;"]));
    }

    /// <summary>A model as a user declares it, through the whole generator.</summary>
    /// <param name="attributes">The attributes on the class, in brackets.</param>
    /// <param name="members">The members of the class.</param>
    public static Probe Create(string attributes, string members = "") =>
        Probe(Compile([Usings, Harness, $"namespace Odd; {attributes} public sealed partial class OddModel {{ {members} }}"]));

    private static Probe Probe(Assembly assembly) => (Probe)assembly.GetType("Odd.Harness")!.GetMethod("Create")!.Invoke(null, [])!;

    private const string Harness = """
        namespace Odd;

        internal static class Harness
        {
            public static RnnGen.Numerics.Tests.Models.Probe Create() =>
                RnnGen.Numerics.Tests.Models.Probe.OfNumbers<OddModel, OddModel.State, OddModel.Tape>(
                    (m, s, x, y) => m.Step(s, x, y),
                    (m, s, x, y) => m.Forward(s, x, y),
                    (m, s, x, y, t) => m.Forward(s, x, y, t),
                    (m, t, dy, ds) => m.Backward(t, dy, ds),
                    t => t.InputGradients,
                    t => t.InitialStateGradients);
        }
        """;

    private static Assembly Compile(string[] sources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "OddModels",
            sources.Select(s => CSharpSyntaxTree.ParseText(s)),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        CSharpGeneratorDriver.Create(new RnnModelGenerator().AsSourceGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out _);
        using var image = new MemoryStream();
        var result = complete.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Select(d => d.ToString())));
        image.Position = 0;

        // A context of its own for each, because all have the same name; everything else is shared with the tests.
        return new AssemblyLoadContext(null).LoadFromStream(image);
    }
}
