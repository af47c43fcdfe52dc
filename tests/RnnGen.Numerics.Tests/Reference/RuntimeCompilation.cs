using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator;

[assembly: InternalsVisibleTo("TestModels")]

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>Compiles models while the tests run.</summary>
internal static class RuntimeCompilation
{
    // Shared, so that they are read once.
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))
    ];

    /// <summary>The folder of the repository.</summary>
    public static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    public static CSharpCompilation Of(IEnumerable<string> sources) => CSharpCompilation.Create(
        "TestModels",
        sources.Select(s => CSharpSyntaxTree.ParseText(s)),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

    /// <summary>Adds what the generator makes of the models.</summary>
    public static Compilation Generate(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create(new RnnModelGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return updated;
    }

    public static Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())));
        image.Position = 0;

        // A context of its own for each, because all have the same name; everything else is shared with the tests.
        return new AssemblyLoadContext(null).LoadFromStream(image);
    }
}
