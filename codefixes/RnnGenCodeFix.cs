using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace RnnGen.CodeFixes;

/// <summary>Base class of all code fixes: a diagnostic gets at most one cure of each class.</summary>
public abstract class RnnGenCodeFix : CodeFixProvider
{
    /// <summary>Whether the cures of several diagnostics can be applied together. They cannot if they edit the same place.</summary>
    private protected virtual bool FixesAll => true;

    /// <inheritdoc/>
    public sealed override FixAllProvider? GetFixAllProvider() => FixesAll ? WellKnownFixAllProviders.BatchFixer : null;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (Find(new Place(context.Document, root, model, diagnostic)) is { } cure)
            {
                context.RegisterCodeFix(CodeAction.Create(cure.Title, cure.Apply, $"{GetType().Name}.{diagnostic.Id}"), diagnostic);
            }
        }
    }

    /// <summary>The cure of a diagnostic; null if it has none, or more than one.</summary>
    private protected abstract Cure? Find(Place place);
}
