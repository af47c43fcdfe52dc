using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Finds layers in syntax.</summary>
internal static class LayerSyntax
{
    /// <summary>The members of a type that have the attribute of a layer, as they are written.</summary>
    public static IReadOnlyList<PropertyDeclarationSyntax> Layers(this SemanticModel model, TypeDeclarationSyntax type) =>
        [.. type.Members.OfType<PropertyDeclarationSyntax>().Where(property => model.LayerAttributes(property).Any())];

    /// <summary>The attributes of a class or member that declare layers.</summary>
    public static IEnumerable<AttributeSyntax> LayerAttributes(this SemanticModel model, MemberDeclarationSyntax member) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => model.DerivesFrom(attribute, "LayerAttribute"));

    public static bool IsHead(this SemanticModel model, AttributeSyntax attribute) => model.DerivesFrom(attribute, "HeadAttribute");

    public static bool IsHead(this SemanticModel model, PropertyDeclarationSyntax layer) => model.LayerAttributes(layer).Any(model.IsHead);

    /// <summary>Whether an attribute is one of RnnGen, such as <c>DenseAttribute</c>.</summary>
    public static bool Is(this SemanticModel model, AttributeSyntax attribute, string name) => IsOfRnnGen(model.GetTypeInfo(attribute).Type, name);

    /// <summary>The embeddings among layers.</summary>
    public static IEnumerable<PropertyDeclarationSyntax> Embeddings(this SemanticModel model, IEnumerable<PropertyDeclarationSyntax> layers) =>
        layers.Where(layer => model.LayerAttributes(layer).Any(attribute => model.Is(attribute, "EmbeddingAttribute")));

    /// <summary>The name of an attribute without namespace and suffix: that of a layer that is declared on the class.</summary>
    public static string ShortName(this SemanticModel model, AttributeSyntax attribute)
    {
        string name = model.GetTypeInfo(attribute).Type?.Name ?? "";
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    /// <summary>The name of a type of RnnGen, written as that of an attribute of RnnGen is: with its namespace, or without.</summary>
    public static NameSyntax Beside(this AttributeSyntax attribute, string name) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.WithRight(SyntaxFactory.IdentifierName(name)),
        AliasQualifiedNameSyntax qualified => qualified.WithName(SyntaxFactory.IdentifierName(name)),
        _ => SyntaxFactory.IdentifierName(name),
    };

    /// <summary>The <c>[RnnModel]</c> of a type; null if it has none.</summary>
    public static AttributeData? ModelAttribute(this ITypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => IsOfRnnGen(attribute.AttributeClass, "RnnModelAttribute"));

    public static bool IsOfRnnGen(ITypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "RnnGen", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    private static bool DerivesFrom(this SemanticModel model, AttributeSyntax attribute, string name)
    {
        for (ITypeSymbol? type = model.GetTypeInfo(attribute).Type; type is not null; type = type.BaseType)
        {
            if (IsOfRnnGen(type, name))
            {
                return true;
            }
        }

        return false;
    }
}
