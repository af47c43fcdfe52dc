using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Removes an option that conflicts with another layer: <c>ReturnSequences</c> of the layer that the message names, or <c>Residual</c> of a layer that reads tokens.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveOptionFix)), Shared]
public sealed class RemoveOptionFix : RnnGenCodeFix
{
    // Several diagnostics can have the same cure.
    private protected override bool FixesAll => false;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
    [
        DiagnosticIds.NothingToRecurOver,
        DiagnosticIds.SourcesDiffer,
        DiagnosticIds.NothingToAlign,
        DiagnosticIds.TokensNotNumbers,
    ];

    private protected override Cure? Find(Place place)
    {
        bool isResidual = place.Id == DiagnosticIds.TokensNotNumbers;
        PropertyDeclarationSyntax? layer = isResidual ? place.Find<PropertyDeclarationSyntax>() : place.Layer(place.Argument(1));
        string option = isResidual ? "Residual" : "ReturnSequences";
        AttributeSyntax? attribute = layer is null ? null : place.Model.LayerAttributes(layer).FirstOrDefault();
        return attribute?.Option(option) is { } argument
            ? place.Replace($"Remove {option} of '{layer!.Identifier.ValueText}'", attribute, attribute.Without(argument))
            : null;
    }
}
