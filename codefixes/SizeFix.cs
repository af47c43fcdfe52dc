using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Gives a layer the size that another one asks for: a layer with a residual connection, a tied head, or the dense layer before it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SizeFix)), Shared]
public sealed class SizeFix : RnnGenCodeFix
{
    private protected override bool FixesAll => false;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.ResidualSizes, DiagnosticIds.TiedSizes];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<PropertyDeclarationSyntax>() is not { } layer || place.Model.LayerAttributes(layer).FirstOrDefault() is not { } attribute)
        {
            return null;
        }

        return place.Id == DiagnosticIds.ResidualSizes ? FindResidual(place, layer, attribute) : FindTied(place, layer, attribute);
    }

    /// <summary>Two directions have outputs of twice the size.</summary>
    private static Cure? FindResidual(Place place, PropertyDeclarationSyntax layer, AttributeSyntax attribute) =>
        SizeOf(place.Model, attribute) is int size && place.Integer(1) is long input && place.Integer(2) is long output and > 0 && size * input % output == 0
            ? SetSize(place, layer, attribute, size * input / output)
            : null;

    private static Cure? FindTied(Place place, PropertyDeclarationSyntax head, AttributeSyntax attribute)
    {
        var type = head.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (type is null || place.Model.GetDeclaredSymbol(type) is not INamedTypeSymbol symbol || attribute.Option("Tied") is not { } tied)
        {
            return null;
        }

        IReadOnlyList<PropertyDeclarationSyntax> layers = place.Model.Layers(type);
        PropertyDeclarationSyntax[] embeddings = [.. place.Model.Embeddings(layers)];
        if (embeddings.Length != 1 || SizeOf(place.Model, place.Model.LayerAttributes(embeddings[0]).First()) is not int vectorSize)
        {
            return null;
        }

        string name = embeddings[0].Identifier.ValueText;
        if (place.Argument(1) != name)
        {
            return place.Replace($"Tie '{head.Identifier.ValueText}' to '{name}'", tied.Expression, AttributeArguments.NameOf(name).WithTriviaFrom(tied.Expression));
        }

        if (Vocabulary(symbol) is int vocabulary && SizeOf(place.Model, attribute) != vocabulary)
        {
            return SetSize(place, head, attribute, vocabulary);
        }

        PropertyDeclarationSyntax? before = layers.TakeWhile(layer => layer != head).LastOrDefault(layer => !place.Model.IsHead(layer));
        return attribute.Option("From") is not null || before is null ? null
            : place.Model.LayerAttributes(before).FirstOrDefault() is { } dense && place.Model.Is(dense, "DenseAttribute") ? SetSize(place, before, dense, vectorSize)
            : InsertDense(place, type, head, attribute, vectorSize);
    }

    private static Cure InsertDense(Place place, TypeDeclarationSyntax type, PropertyDeclarationSyntax head, AttributeSyntax attribute, int size)
    {
        AttributeSyntax written = SyntaxFactory.Attribute(attribute.Beside("Dense"), SyntaxFactory.ParseAttributeArgumentList(FormattableString.Invariant($"({size})")));
        MemberDeclarationSyntax dense = NewLayer.Create(written, head.Modifiers.ToString(), head.Type, NewLayer.Name("Dense", NewLayer.NamesOf(type)), type);
        return place.Change(
            FormattableString.Invariant($"Add a dense layer of size {size} before '{head.Identifier.ValueText}'"),
            root => root.InsertNodesBefore(head, [dense]));
    }

    private static Cure SetSize(Place place, PropertyDeclarationSyntax layer, AttributeSyntax attribute, long size)
    {
        ExpressionSyntax written = attribute.Size()!.Expression;
        return place.Replace(
            FormattableString.Invariant($"Give '{layer.Identifier.ValueText}' size {size}"), written, AttributeArguments.Number(size).WithTriviaFrom(written));
    }

    private static int? SizeOf(SemanticModel model, AttributeSyntax attribute) =>
        attribute.Size() is { } size && model.GetConstantValue(size.Expression) is { Value: int number } ? number : null;

    private static int? Vocabulary(INamedTypeSymbol type) => type.ModelAttribute()?.ConstructorArguments.FirstOrDefault().Value as int?;
}
