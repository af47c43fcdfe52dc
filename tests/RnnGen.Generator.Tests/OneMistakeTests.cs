using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Fuzz;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>A wrong model under the code that uses it: of all errors of the compiler, the generator and the analyzer, ours is the first of at most two.</summary>
public class OneMistakeTests
{
    [Theory]
    [MemberData(nameof(WrongDeclarations.All), MemberType = typeof(WrongDeclarations))]
    public async Task One_mistake_is_one_error(string id, Use use, string declaration)
    {
        GeneratorRun run = Run(id, use, declaration, isAnalyzed: true);
        Diagnostic[] errors = [.. (await Errors(run)).OrderBy(error => error.Location.SourceTree?.FilePath).ThenBy(error => error.Location.SourceSpan.Start)];

        Assert.Empty(run.Errors);
        Assert.True(errors.Length is 1 or 2, string.Join("\n", errors.Select(error => error.ToString())));
        Assert.Equal(id, errors[0].Id);

        // Where the compiler finds an error in a declaration, a build shows it alone, without those of analyzers. docs/diagnostics.md says what these mean.
        Assert.Subset(
            new HashSet<string> { "CS0182", "CS0260", "CS7036", "CS9248" },
            run.Compilation.GetDeclarationDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id).ToHashSet());
    }

    /// <summary>The file with its errors declares the model around it, too.</summary>
    [Fact]
    public async Task A_wrong_model_inside_of_a_right_one_is_one_error()
    {
        const string source = "using RnnGen; [RnnModel(1, 64), Lstm(20)] partial class Whole { [RnnModel(0, 64), Lstm(20)] partial class Part; }";
        CSharpCompilation compilation = TestCompilation.Create(TestCompilation.ParseOptions, source);
        GeneratorRun run = GeneratorRun.Of(compilation.WithOptions(TestCompilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)), isAnalyzed: true);

        Assert.Equal(DiagnosticIds.SizeNotPositive, Assert.Single(await Errors(run)).Id);
    }

    /// <summary>What the compiler alone says: the model does not compile without the analyzer.</summary>
    [Theory]
    [MemberData(nameof(WrongDeclarations.All), MemberType = typeof(WrongDeclarations))]
    public void It_fails_without_the_analyzer(string id, Use use, string declaration)
    {
        GeneratorRun run = Run(id, use, declaration, isAnalyzed: false);
        Diagnostic[] errors = [.. run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

        if (id is not (DiagnosticIds.NoStep or DiagnosticIds.LayerWithoutModel))
        {
            // Where the compiler cannot bind an attribute, the generator does not know why.
            string error = Assert.Single(run.Errors)[..id.Length];
            Assert.True(error == id || (id == DiagnosticIds.ArgumentNotConstant && error == DiagnosticIds.UnreadableAttribute), error);
            Assert.Single(errors, error => error.Id == "CS1029");
        }

        Assert.True(errors.Length is 1 or 2 || id == DiagnosticIds.LayerWithoutModel, string.Join("\n", errors.Select(error => error.ToString())));
    }

    [Fact]
    public void Every_error_has_a_wrong_declaration()
    {
        // A fault of the generator's own has none.
        Assert.Equal(
            Descriptors.All.Where(descriptor => descriptor.DefaultSeverity == DiagnosticSeverity.Error).Select(descriptor => descriptor.Id).Except([DiagnosticIds.InternalError]),
            WrongDeclarations.All.Select(row => row.Data.Item1).Distinct().Order());
    }

    private static GeneratorRun Run(string id, Use use, string declaration, bool isAnalyzed)
    {
        LanguageVersion version = id == DiagnosticIds.LanguageVersionTooOld ? LanguageVersion.CSharp12 : LanguageVersion.CSharp13;
        string[] files = [.. declaration.Split("// Other file:\n").Append(WrongDeclarations.Code(use)).Select(text => "using RnnGen;\n" + text)];

        // A file-local class is in the file that uses it.
        string[] sources = declaration.Contains("file partial", StringComparison.Ordinal) ? [files[0] + WrongDeclarations.Code(use)] : files;
        CSharpCompilation compilation = TestCompilation.Create(TestCompilation.ParseOptions.WithLanguageVersion(version), sources);
        return GeneratorRun.Of(
            compilation.WithOptions(TestCompilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)),
            isAnalyzed,
            new WeightsText("amp.safetensors", WeightsText.Amp),
            new WeightsText("amp.bin", header: "It is not a safetensors file."));
    }

    private static async Task<IEnumerable<Diagnostic>> Errors(GeneratorRun run) =>
        (await Analysis.RunAsync(run)).Concat(run.Compilation.GetDiagnostics()).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
