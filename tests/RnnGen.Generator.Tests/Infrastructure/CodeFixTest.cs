using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;
using RnnGen.CodeFixes;
using RnnGen.Fuzz;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Applies a code fix to a wrong declaration. The analyzer reports nothing afterwards, and nothing is downloaded: the references are those of this process.</summary>
internal sealed class CodeFixTest : CSharpCodeFixTest<RnnModelAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    private readonly RnnGenCodeFix _fix;
    private readonly bool _generates;

    private CodeFixTest(RnnGenCodeFix fix, string id, string wrong, string right, bool generates)
    {
        _fix = fix;
        _generates = generates;
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(TestCompilation.Create().References);

        // Without the generator, partial properties are not implemented.
        CompilerDiagnostics = generates ? CompilerDiagnostics.Errors : CompilerDiagnostics.None;
        TestCode = Expecting(id, wrong);
        FixedCode = Expecting(id, right);
    }

    /// <summary>Applies the only code fix that there is.</summary>
    /// <param name="id">The diagnostic.</param>
    /// <param name="title">The title of the fix, or of one of several, whose order is that of the analyzer's threads; null if there is none.</param>
    /// <param name="wrong">The source, with the location of the diagnostic between <c>[|</c> and <c>|]</c>.</param>
    /// <param name="right">The source afterwards: the same if there is no fix.</param>
    /// <param name="generates">Whether the generator runs, too, because the code calls what it generates.</param>
    public static async Task RunAsync(string id, string? title, string wrong, string right, bool generates = false)
    {
        RnnGenCodeFix fix = All.Single(candidate => candidate.FixableDiagnosticIds.Contains(id));
        var found = new List<string>();
        await new CodeFixTest(fix, id, wrong, right, generates) { CodeActionVerifier = (action, _) => found.Add(action.Title) }.RunAsync();
        if (title is null)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.Contains(title, found);
        }
    }

    /// <summary>All code fixes, as an editor finds them.</summary>
    public static RnnGenCodeFix[] All { get; } =
    [
        .. typeof(RnnGenCodeFix).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false))
            .Select(type => (RnnGenCodeFix)Activator.CreateInstance(type)!),
    ];

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [_fix];

    /// <summary>The generator is part of the project: the code fix must see what it generates, as in an editor.</summary>
    protected override async Task<Project> CreateProjectImplAsync(
        EvaluatedProjectState primaryProject, ImmutableArray<EvaluatedProjectState> additionalProjects, CancellationToken cancellationToken)
    {
        Project project = await base.CreateProjectImplAsync(primaryProject, additionalProjects, cancellationToken);
        return _generates ? project.AddAnalyzerReference(new GeneratorReference()) : project;
    }

    protected override ParseOptions CreateParseOptions() => TestCompilation.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => TestCompilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default);

    private static string Expecting(string id, string marked) =>
        marked.Replace("[|", "{|" + id + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal);

    private sealed class GeneratorReference : AnalyzerReference
    {
        private readonly ImmutableArray<ISourceGenerator> _generators = [new RnnModelGenerator().AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => this;

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;
    }
}
