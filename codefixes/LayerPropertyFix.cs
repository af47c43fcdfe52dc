using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace RnnGen.CodeFixes;

/// <summary>Turns a property or field with the attribute of a layer into <c>partial Layer Name { get; }</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayerPropertyFix)), Shared]
public sealed class LayerPropertyFix : RnnGenCodeFix
{
    private static readonly ImmutableHashSet<SyntaxKind> Dropped =
    [
        SyntaxKind.StaticKeyword, SyntaxKind.ReadOnlyKeyword, SyntaxKind.ConstKeyword, SyntaxKind.VolatileKeyword, SyntaxKind.RequiredKeyword, SyntaxKind.PartialKeyword,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.NotALayerMember];

    private protected override Cure? Find(Place place) => place.Find<MemberDeclarationSyntax>() switch
    {
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property when !IsImplementedElsewhere(place, property) =>
            Declare(place, property, property.Type, property.Identifier),
        FieldDeclarationSyntax { Declaration: { Variables.Count: 1 } declaration } field => Declare(place, field, declaration.Type, declaration.Variables[0].Identifier),
        _ => null,
    };

    private static Cure? Declare(Place place, MemberDeclarationSyntax member, TypeSyntax type, SyntaxToken name)
    {
        if (place.Model.LayerAttributes(member).FirstOrDefault() is not { } attribute)
        {
            return null;
        }

        type = type is RefTypeSyntax reference ? reference.Type : type;
        type = type is NullableTypeSyntax nullable ? nullable.ElementType : type;
        if (!LayerSyntax.IsOfRnnGen(place.Model.GetTypeInfo(type).Type, "Layer"))
        {
            type = attribute.Beside("Layer");
        }

        PropertyDeclarationSyntax property = SyntaxFactory.PropertyDeclaration(
            member.AttributeLists,
            [.. member.Modifiers.Where(modifier => !Dropped.Contains(modifier.Kind())), SyntaxFactory.Token(SyntaxKind.PartialKeyword)],
            type.WithoutTrivia(),
            explicitInterfaceSpecifier: null,
            name.WithoutTrivia(),
            SyntaxFactory.AccessorList([SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))]));
        return place.Replace(
            $"Declare '{name.ValueText}' as a get-only partial property of type Layer",
            member,
            property.WithTriviaFrom(member).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool IsImplementedElsewhere(Place place, PropertyDeclarationSyntax property) =>
        place.Model.GetDeclaredSymbol(property) is { IsPartialDefinition: true, PartialImplementationPart: { } other }
        && other.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == property.SyntaxTree);
}
