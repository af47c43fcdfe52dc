using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>What <c>RnnGen.targets</c> says to the generator.</summary>
/// <param name="isAnalyzed">Whether analyzers run.</param>
internal sealed class ProjectOptions(bool isAnalyzed) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(isAnalyzed);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(bool isAnalyzed) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.RnnGenIsAnalyzed" ? isAnalyzed ? "true" : "false" : null;
            return value is not null;
        }
    }
}
