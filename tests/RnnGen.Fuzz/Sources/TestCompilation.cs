using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Fuzz;

/// <summary>Compilations of source text against the running framework and the runtime library.</summary>
internal static class TestCompilation
{
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    /// <summary>Options of a strict project: every warning there is, and each of them an error.</summary>
    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        checkOverflow: true,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        nullableContextOptions: NullableContextOptions.Enable);

    // What is made of this one shares its symbols of the framework, which take longer than a small text's own.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("UserProject", [], FindReferences(), Options);

    public static CSharpCompilation Create(params string[] sources) => Create(ParseOptions, sources);

    // A list of trees: the compilation reads it more than once, and must get the same ones each time.
    public static CSharpCompilation Create(CSharpParseOptions parseOptions, params string[] sources) =>
        Empty.AddSyntaxTrees([.. sources.Select((source, index) => Parse(source, index, parseOptions))]);

    public static SyntaxTree Parse(string source, int index = 0, CSharpParseOptions? parseOptions = null) =>
        CSharpSyntaxTree.ParseText(source, parseOptions ?? ParseOptions, path: $"/project/File{index}.cs");

    private static MetadataReference[] FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return platform.Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Append(typeof(RnnModelAttribute).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToArray();
    }
}
