using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace RnnGen.CodeFixes;

/// <summary>Adds <c>[RnnModel]</c> to a class that has layers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddModelFix)), Shared]
public sealed class AddModelFix : RnnGenCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.LayerWithoutModel];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<TypeDeclarationSyntax>() is not ClassDeclarationSyntax type || place.Find<AttributeSyntax>() is not { } layer)
        {
            return null;
        }

        // The sizes are those of the documentation's small example: they can be edited at once.
        AttributeSyntax model = SyntaxFactory.Attribute(layer.Beside("RnnModel"), SyntaxFactory.ParseAttributeArgumentList("(inputSize: 1, sequenceLength: 64)"));
        SyntaxNode attributes = SyntaxFactory.AttributeList([model]).WithAdditionalAnnotations(Formatter.Annotation);
        return place.Replace("Add [RnnModel]", type, SyntaxGenerator.GetGenerator(place.Document).InsertAttributes(type, 0, attributes));
    }
}
