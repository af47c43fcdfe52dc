using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using RnnGen.CodeFixes;
using RnnGen.Fuzz;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Applies a code fix to a wrong declaration. The analyzer reports nothing afterwards, and nothing is downloaded: the references are those of this process.</summary>
internal sealed class CodeFixTest : CSharpCodeFixTest<RnnModelAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    private readonly RnnGenCodeFix _fix;

    private CodeFixTest(RnnGenCodeFix fix, string id, string wrong, string right)
    {
        _fix = fix;
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(TestCompilation.Create().References);

        // The generator does not run here, so partial properties are not implemented.
        CompilerDiagnostics = CompilerDiagnostics.None;
        TestCode = Expecting(id, wrong);
        FixedCode = Expecting(id, right);
    }

    /// <summary>Applies the only code fix that there is.</summary>
    /// <param name="id">The diagnostic.</param>
    /// <param name="title">The title of the fix; null if there is none.</param>
    /// <param name="wrong">The source, with the location of the diagnostic between <c>[|</c> and <c>|]</c>.</param>
    /// <param name="right">The source afterwards: the same if there is no fix.</param>
    public static async Task RunAsync(string id, string? title, string wrong, string right)
    {
        RnnGenCodeFix fix = All.Single(candidate => candidate.FixableDiagnosticIds.Contains(id));
        string? found = null;
        await new CodeFixTest(fix, id, wrong, right) { CodeActionVerifier = (action, _) => found = action.Title }.RunAsync();
        Assert.Equal(title, found);
    }

    /// <summary>All code fixes, as an editor finds them.</summary>
    public static RnnGenCodeFix[] All { get; } =
    [
        .. typeof(RnnGenCodeFix).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false))
            .Select(type => (RnnGenCodeFix)Activator.CreateInstance(type)!),
    ];

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [_fix];

    protected override ParseOptions CreateParseOptions() => TestCompilation.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => TestCompilation.Options;

    private static string Expecting(string id, string marked) =>
        marked.Replace("[|", "{|" + id + ":", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal);
}
