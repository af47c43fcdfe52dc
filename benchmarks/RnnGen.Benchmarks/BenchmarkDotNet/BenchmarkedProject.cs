using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Benchmarks;

/// <summary>A project with one model and one other file, for the generator.</summary>
internal static class BenchmarkedProject
{
    /// <summary>The project.</summary>
    /// <param name="model">The text of the model.</param>
    public static CSharpCompilation Create(string model)
    {
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return CSharpCompilation.Create(
            "Project",
            [Parse(model), Parse("class Other;")],
            platform.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>The project after a keystroke in the model.</summary>
    public static CSharpCompilation WithModel(CSharpCompilation project, string model) => project.ReplaceSyntaxTree(project.SyntaxTrees[0], Parse(model));

    /// <summary>The project after a keystroke in the other file.</summary>
    public static CSharpCompilation EditedElsewhere(CSharpCompilation project) => project.ReplaceSyntaxTree(project.SyntaxTrees[1], Parse("class Another;"));

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text);
}
