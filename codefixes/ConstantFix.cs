using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace RnnGen.CodeFixes;

/// <summary>Makes a <c>static readonly</c> field that is used as a size or option a constant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConstantFix)), Shared]
public sealed class ConstantFix : RnnGenCodeFix
{
    // Several attributes can use the same field.
    private protected override bool FixesAll => false;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.ArgumentNotConstant];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<AttributeArgumentSyntax>() is not { Expression: var expression }
            || place.Model.GetSymbolInfo(expression).Symbol is not IFieldSymbol { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences.Length: 1 } field
            || field.DeclaringSyntaxReferences[0] is not { } reference
            || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value, Parent.Parent: FieldDeclarationSyntax { Declaration.Variables.Count: 1 } declaration }
            || !place.Model.Compilation.GetSemanticModel(reference.SyntaxTree).GetConstantValue(value).HasValue
            || place.Document.Project.Solution.GetDocument(reference.SyntaxTree) is not { } document)
        {
            return null;
        }

        return new Cure($"Make '{field.Name}' a constant", async cancellationToken =>
        {
            DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
            editor.SetModifiers(declaration, DeclarationModifiers.Const);
            return editor.GetChangedDocument().Project.Solution;
        });
    }
}
