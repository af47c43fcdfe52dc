using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;

namespace RnnGen.Generator.Parsing;

/// <summary>The types of the runtime library that parsing recognizes, by name.</summary>
internal static class KnownNames
{
    public const string RnnModelAttribute = "RnnGen.RnnModelAttribute";

    public static bool IsRnnModelAttribute(INamedTypeSymbol? type) => IsRuntimeType(type, "RnnModelAttribute");

    public static bool IsLayer(ITypeSymbol type) => IsRuntimeType(type, "Layer");

    /// <summary>Whether an attribute class derives from <c>RnnGen.LayerAttribute</c>, known or not.</summary>
    public static bool IsLayerAttribute(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (IsRuntimeType(current, "LayerAttribute"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The kind of layer that an attribute declares, or null for one that RnnGen does not know.</summary>
    public static LayerKind? KindOf(AttributeData attribute) =>
        LayerKind.Find(ShortName(attribute)) is { } kind && IsRuntimeType(attribute.AttributeClass, kind.Name + "Attribute") ? kind : null;

    /// <summary>The name of an attribute without the suffix.</summary>
    public static string ShortName(AttributeData attribute)
    {
        string name = attribute.AttributeClass?.Name ?? "";
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    private static bool IsRuntimeType(ITypeSymbol? type, string name) =>
        type is INamedTypeSymbol { ContainingType: null, ContainingNamespace: { Name: "RnnGen", ContainingNamespace.IsGlobalNamespace: true } }
        && type.Name == name
        && type.TypeKind != TypeKind.Error;
}
