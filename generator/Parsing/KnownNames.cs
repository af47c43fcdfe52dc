using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>The types of the runtime library that parsing recognises, by name.</summary>
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

    /// <summary>The kind of layer that an attribute class declares, or null for one that RnnGen does not know.</summary>
    public static LayerKind? KindOf(INamedTypeSymbol attributeClass) => IsRuntimeType(attributeClass, attributeClass.Name)
        ? attributeClass.Name switch
        {
            "RnnAttribute" => LayerKind.Rnn,
            "LstmAttribute" => LayerKind.Lstm,
            "GruAttribute" => LayerKind.Gru,
            "DenseAttribute" => LayerKind.Dense,
            "ActivationAttribute" => LayerKind.Activation,
            "LayerNormAttribute" => LayerKind.LayerNorm,
            "NormalizationAttribute" => LayerKind.Normalization,
            "DropoutAttribute" => LayerKind.Dropout,
            "EmbeddingAttribute" => LayerKind.Embedding,
            "SoftmaxAttribute" => LayerKind.Softmax,
            "SigmoidAttribute" => LayerKind.Sigmoid,
            "LinearAttribute" => LayerKind.Linear,
            _ => null,
        }
        : null;

    /// <summary>The name of an attribute as one writes it, without the suffix.</summary>
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
