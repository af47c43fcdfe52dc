using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Turns a class symbol into the information that the declaration of its generated part needs.</summary>
internal static class TypeTargets
{
    public static TypeTarget Create(INamedTypeSymbol type)
    {
        var containers = new List<string>();
        var path = new List<string> { Escape(type.Name) };
        string metadataName = type.MetadataName;
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            containers.Insert(0, $"partial {Keyword(container)} {Escape(container.Name)}{TypeParameters(container)}");
            path.Insert(0, Escape(container.Name));
            metadataName = $"{container.MetadataName}+{metadataName}";
        }

        string space = "";
        for (INamespaceSymbol? current = type.ContainingNamespace; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            space = space.Length == 0 ? Escape(current.Name) : $"{Escape(current.Name)}.{space}";
            path.Insert(0, Escape(current.Name));
            metadataName = $"{current.Name}.{metadataName}";
        }

        return new TypeTarget(
            space,
            new EquatableArray<string>(containers),
            Escape(type.Name),
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            metadataName)
        {
            Path = new EquatableArray<string>(path),
            Keyword = Keyword(type),
            TypeParameters = TypeParameters(type),
            InheritsName = Bases(type).Any(b => b.GetTypeMembers(type.Name).Length > 0),
            HasBase = Bases(type).Any(),
            SuppressesErrors = SuppressesErrors(type),
            HasRequiredMembers = Bases(type).Prepend(type).SelectMany(t => t.GetMembers())
                .Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }),
        };
    }

    /// <summary>The classes that a class inherits from, the nearest first, without <see cref="object"/>.</summary>
    public static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            yield return current;
        }
    }

    /// <summary>
    /// Whether the class has one clear name. Broken code can leave a name out, or declare a second type of the same name;
    /// the compiler reports both, and a generated file could not be named after the class.
    /// </summary>
    public static bool IsNamedOnce(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            INamespaceOrTypeSymbol? parent = (INamespaceOrTypeSymbol?)current.ContainingType ?? current.ContainingNamespace;
            if (parent is null
                || !SyntaxFacts.IsValidIdentifier(current.Name)
                || parent.GetTypeMembers(current.Name, current.Arity).Count(other => other.MetadataName == current.MetadataName) > 1)
            {
                return false;
            }
        }

        for (INamespaceSymbol? space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (!SyntaxFacts.IsValidIdentifier(space.Name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A name in C#. Contextual keywords are escaped, too, which is always allowed.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>Whether there is a [SuppressMessage] for an error of the analyzer: it suppresses even errors that cannot be turned off.</summary>
    private static bool SuppressesErrors(INamedTypeSymbol type)
    {
        var places = new List<ISymbol>(type.GetMembers()) { type.ContainingAssembly, type.ContainingModule };
        for (ISymbol? place = type; place is not null; place = place.ContainingType)
        {
            places.Add(place);
        }

        return places.SelectMany(place => place.GetAttributes()).Any(attribute =>
            attribute.AttributeClass is { Name: "SuppressMessageAttribute" }
            && attribute.ConstructorArguments.Length == 2 && attribute.ConstructorArguments[1].Value is string id && id.StartsWith("RNN", StringComparison.OrdinalIgnoreCase));
    }

    private static string TypeParameters(INamedTypeSymbol type) =>
        type.Arity == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Variance(type, parameter) + Escape(parameter.Name)))}>";

    /// <summary>All parts of an interface need the same. Nothing else has it, even if a user writes it.</summary>
    private static string Variance(INamedTypeSymbol type, ITypeParameterSymbol parameter) => (type.TypeKind, parameter.Variance) switch
    {
        (TypeKind.Interface, VarianceKind.In) => "in ",
        (TypeKind.Interface, VarianceKind.Out) => "out ",
        _ => "",
    };

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };
}
