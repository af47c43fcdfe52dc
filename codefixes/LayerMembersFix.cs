using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace RnnGen.CodeFixes;

/// <summary>Declares layers as members: those of a class whose order is unclear, or the second one of a member.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayerMembersFix)), Shared]
public sealed class LayerMembersFix : RnnGenCodeFix
{
    private protected override bool FixesAll => false;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.LayerNotForClass, DiagnosticIds.MixedLayers, DiagnosticIds.SeveralLayerAttributes];

    private protected override Cure? Find(Place place) => place.Find<TypeDeclarationSyntax>() switch
    {
        null => null,
        { } type when place.Id != DiagnosticIds.SeveralLayerAttributes =>
            place.Replace("Declare the layers as members", type, FromClass(place.Model, type)),
        { } type when place.Find<AttributeSyntax>() is { } second && place.Find<PropertyDeclarationSyntax>() is { } first =>
            place.Replace($"Declare [{place.Model.ShortName(second)}] as a layer of its own", type, Split(place.Model, type, first, second)),
        _ => null,
    };

    /// <summary>Embeddings first and heads last; the others in the order in which they are written.</summary>
    private static TypeDeclarationSyntax FromClass(SemanticModel model, TypeDeclarationSyntax type)
    {
        AttributeSyntax[] attributes = [.. model.LayerAttributes(type)];
        ISet<string> names = NewLayer.NamesOf(type);
        var members = attributes
            .OrderBy(attribute => model.Is(attribute, "EmbeddingAttribute") ? 0 : model.IsHead(attribute) ? 2 : 1)
            .ToLookup(model.IsHead, attribute => NewLayer.Create(attribute, "public partial", attribute.Beside("Layer"), NewLayer.Name(model.ShortName(attribute), names), type));
        IReadOnlyList<PropertyDeclarationSyntax> layers = model.Layers(type);
        int start = layers.Count > 0 ? type.Members.IndexOf(layers[0]) : 0;
        int end = layers.Count > 0 ? type.Members.IndexOf(layers[layers.Count - 1]) + 1 : 0;

        return WithBraces(type)
            .WithMembers(type.Members.InsertRange(end, members[true]).InsertRange(start, members[false]))
            .WithAttributeLists(type.AttributeLists.Without(attributes))
            .WithLeadingTrivia(type.GetLeadingTrivia());
    }

    private static TypeDeclarationSyntax Split(SemanticModel model, TypeDeclarationSyntax type, PropertyDeclarationSyntax first, AttributeSyntax second)
    {
        PropertyDeclarationSyntax kept = first.WithAttributeLists(first.AttributeLists.Without([second])).WithLeadingTrivia(first.GetLeadingTrivia());
        MemberDeclarationSyntax added = NewLayer.Create(second, first.Modifiers.ToString(), first.Type, NewLayer.Name(model.ShortName(second), NewLayer.NamesOf(type)), type);
        int index = type.Members.IndexOf(first);
        return type.WithMembers(type.Members.RemoveAt(index).InsertRange(index, [kept, added]));
    }

    private static TypeDeclarationSyntax WithBraces(TypeDeclarationSyntax type) => type.OpenBraceToken.IsKind(SyntaxKind.OpenBraceToken)
        ? type
        : type.WithSemicolonToken(default)
            .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(type.GetTrailingTrivia()))
            .WithAdditionalAnnotations(Formatter.Annotation);
}
