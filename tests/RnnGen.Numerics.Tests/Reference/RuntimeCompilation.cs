using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>Adds what the generator makes of the models, compiles and loads it.</summary>
    /// <remarks>Kept beside the tests for their next run, at another vector width: compiling takes longer than most of what is tested.</remarks>
    public static Assembly Load(CSharpCompilation compilation)
    {
        string sources = string.Join('\0', compilation.SyntaxTrees.Select(tree => tree.ToString()));
        string file = Path.Combine(Folder.Value, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sources))) + ".dll");
        if (!File.Exists(file))
        {
            string unfinished = Path.Combine(Folder.Value, Path.GetRandomFileName());
            Compile(compilation, unfinished);
            File.Move(unfinished, file, overwrite: true);
        }

        // A context of its own for each, because all have the same name; everything else is shared with the tests.
        return new AssemblyLoadContext(null).LoadFromAssemblyPath(file);
    }

    private static void Compile(CSharpCompilation compilation, string file)
    {
        CSharpGeneratorDriver.Create(new RnnModelGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        var result = updated.Emit(file);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())));
    }

    // One folder for each build of what the models are made of; those of other builds are of no use any more.
    private static readonly Lazy<string> Folder = new(() =>
    {
        Type[] makers = [typeof(RnnModelGenerator), typeof(Layer), typeof(RuntimeCompilation)];
        string all = Path.Combine(AppContext.BaseDirectory, "compiled");
        string folder = Path.Combine(all, string.Join('-', makers.Select(maker => maker.Module.ModuleVersionId.ToString("N")[..8])));
        if (!Directory.Exists(folder) && Directory.Exists(all))
        {
            Directory.Delete(all, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return folder;
    });
}
