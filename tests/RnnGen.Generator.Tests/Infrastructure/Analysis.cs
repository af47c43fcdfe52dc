using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Runs the analyzer as the compiler does: over the user's code together with the generated one.</summary>
internal static class Analysis
{
    public static Task<ImmutableArray<Diagnostic>> RunAsync(GeneratorRun run) => RunAsync(run.Compilation);

    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new RnnModelAnalyzer()]);
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();

        // AD0001 is an analyzer that threw.
        Assert.All(diagnostics, diagnostic => Assert.StartsWith("RNN", diagnostic.Id, StringComparison.Ordinal));
        return diagnostics;
    }
}
