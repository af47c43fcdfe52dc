using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using RnnGen.CodeFixes;
using RnnGen.Fuzz;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>What a code fix has made of a source.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Before">The diagnostics before.</param>
/// <param name="After">The diagnostics afterwards.</param>
/// <param name="SyntaxErrors">The syntax errors afterwards.</param>
internal sealed record AppliedFix(string Id, ImmutableArray<Diagnostic> Before, ImmutableArray<Diagnostic> After, ImmutableArray<Diagnostic> SyntaxErrors)
{
    /// <summary>Applies every fix that is offered, each to the source as it was.</summary>
    public static async Task<IReadOnlyList<AppliedFix>> AllAsync(string source)
    {
        using var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject("Project", LanguageNames.CSharp)
            .WithCompilationOptions(TestCompilation.Options)
            .WithParseOptions(TestCompilation.ParseOptions)
            .WithMetadataReferences(TestCompilation.Create().References)
            .AddDocument("File.cs", source);
        ImmutableArray<Diagnostic> before = await AnalyzeAsync(document);
        var applied = new List<AppliedFix>();
        foreach (Diagnostic diagnostic in before)
        {
            foreach (RnnGenCodeFix fix in CodeFixTest.All.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
                foreach (CodeAction action in actions)
                {
                    ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
                    Document changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
                    SyntaxTree tree = (await changed.GetSyntaxTreeAsync())!;
                    applied.Add(new AppliedFix(diagnostic.Id, before, await AnalyzeAsync(changed), [.. tree.GetDiagnostics()]));
                }
            }
        }

        return applied;
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document) => await Analysis.RunAsync((await document.Project.GetCompilationAsync())!);
}
