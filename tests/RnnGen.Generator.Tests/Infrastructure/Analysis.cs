using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Runs the analyzer as the compiler does: over the user's code together with the generated one.</summary>
internal static class Analysis
{
    /// <summary>The analyzer does not look at generated files, whose methods take longer than all else: only the user's own are gone through.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(GeneratorRun run)
    {
        CompilationWithAnalyzers analysis = run.Compilation.WithAnalyzers([new RnnModelAnalyzer()], new AnalyzerOptions(run.Descriptions));
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (SyntaxTree tree in run.Compilation.SyntaxTrees.Except(run.Result.GeneratedSources.Select(source => source.SyntaxTree)))
        {
            AnalysisResult result = await analysis.GetAnalysisResultAsync(run.Compilation.GetSemanticModel(tree), filterSpan: null, CancellationToken.None);
            diagnostics.AddRange(result.GetAllDiagnostics());
        }

        return Checked(diagnostics.ToImmutable());
    }

    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation) =>
        Checked(await compilation.WithAnalyzers([new RnnModelAnalyzer()]).GetAnalyzerDiagnosticsAsync());

    /// <summary>AD0001 is an analyzer that threw.</summary>
    private static ImmutableArray<Diagnostic> Checked(ImmutableArray<Diagnostic> diagnostics)
    {
        Assert.All(diagnostics, diagnostic => Assert.StartsWith("RNN", diagnostic.Id, StringComparison.Ordinal));
        return diagnostics;
    }
}
