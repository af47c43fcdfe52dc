using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>The rules for the class itself: it must be able to receive generated code.</summary>
internal static class ClassRules
{
    /// <summary>Reports errors of a class. Returns whether a generated part can be declared at all.</summary>
    public static bool Check(INamedTypeSymbol type, ErrorCollector errors, CancellationToken cancellationToken)
    {
        List<TypeDeclarationSyntax> declarations = UserSource.Declarations(type, cancellationToken);

        bool printable = CheckLanguageVersion(type, declarations, errors);
        CheckPartial(type, type, declarations, errors);
        printable &= CheckGeneric(type, type, declarations, errors);
        printable &= CheckFileLocal(type, type, declarations, errors);
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            List<TypeDeclarationSyntax> outer = UserSource.Declarations(container, cancellationToken);
            CheckPartial(type, container, outer, errors);
            printable &= CheckGeneric(type, container, outer, errors);
            printable &= CheckFileLocal(type, container, outer, errors);
        }

        printable &= CheckSystem(type, errors);
        CheckConstructors(type, errors, cancellationToken);
        CheckBase(type, declarations, errors);
        if (type.IsRecord)
        {
            Location? keyword = declarations.Select(declaration => declaration.Keyword.GetLocation()).FirstOrDefault();
            errors.Add(Descriptors.ModelIsRecord, keyword, type.Name);
        }

        if (type.IsStatic)
        {
            errors.Add(Descriptors.ModelIsStatic, ModifierLocation(declarations, SyntaxKind.StaticKeyword), type.Name);
        }
        else if (type.IsAbstract)
        {
            errors.Add(Descriptors.ModelIsAbstract, ModifierLocation(declarations, SyntaxKind.AbstractKeyword), type.Name);
        }

        return printable;
    }

    /// <summary>With a type of this name, <c>global::System</c> is the type, and no code can refer to the namespace.</summary>
    private static bool CheckSystem(INamedTypeSymbol type, ErrorCollector errors)
    {
        INamedTypeSymbol? system = type.ContainingAssembly.GlobalNamespace.GetTypeMembers("System").FirstOrDefault();
        if (system is not null)
        {
            errors.Add(Descriptors.SystemHidden, system.Locations.FirstOrDefault(), type.Name);
        }

        return system is null;
    }

    private static void CheckConstructors(INamedTypeSymbol type, ErrorCollector errors, CancellationToken cancellationToken)
    {
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
        {
            if (!constructor.IsImplicitlyDeclared && UserSource.Declaration(constructor, cancellationToken) is { } declaration)
            {
                // A primary constructor is declared by its parameter list.
                Location location = declaration is TypeDeclarationSyntax { ParameterList: { } parameters }
                    ? parameters.GetLocation()
                    : UserSource.NameLocation(declaration);
                errors.Add(Descriptors.UserConstructor, location, type.Name);
            }
        }
    }

    /// <summary>Generated constructors call one without arguments, and a generated member cannot implement an abstract one.</summary>
    private static void CheckBase(INamedTypeSymbol type, List<TypeDeclarationSyntax> declarations, ErrorCollector errors)
    {
        if (type.BaseType is not { SpecialType: not SpecialType.System_Object, TypeKind: TypeKind.Class } baseType)
        {
            return;
        }

        bool isCreatable = baseType.InstanceConstructors.Any(constructor =>
            constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)
            && constructor.DeclaredAccessibility is not Accessibility.Private
            && (constructor.DeclaredAccessibility is not (Accessibility.Internal or Accessibility.ProtectedAndInternal)
                || SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, type.ContainingAssembly)
                || constructor.ContainingAssembly.GivesAccessTo(type.ContainingAssembly)));

        // The nearest declaration decides: an abstract member may be overridden by a class in between.
        ISymbol[] inherited = [.. TypeTargets.Bases(type).SelectMany(b => b.GetMembers()).Where(member => GeneratedNames.IsMember(member.Name))];
        var overridden = new HashSet<ISymbol?>(inherited.Select(Overridden), SymbolEqualityComparer.Default);
        ISymbol? abstractMember = inherited.FirstOrDefault(member => member.IsAbstract && !overridden.Contains(member.OriginalDefinition));
        string? problem =
            !isCreatable ? "it has no accessible constructor without parameters; add one"
            : abstractMember is not null ? $"its abstract member '{abstractMember.Name}' has the name of a generated one; rename it or make it virtual"
            : null;
        if (problem is not null)
        {
            Location? location = declarations.Select(declaration => declaration.BaseList?.Types[0].GetLocation()).FirstOrDefault(found => found is not null);
            errors.Add(Descriptors.UnusableBase, location, type.Name, baseType.Name, problem);
        }
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
        IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
        IEventSymbol @event => @event.OverriddenEvent?.OriginalDefinition,
        _ => null,
    };

    private static bool CheckLanguageVersion(INamedTypeSymbol type, List<TypeDeclarationSyntax> declarations, ErrorCollector errors)
    {
        foreach (TypeDeclarationSyntax declaration in declarations)
        {
            if (declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp13 } options)
            {
                errors.Add(
                    Descriptors.LanguageVersionTooOld,
                    declaration.Identifier.GetLocation(),
                    type.Name,
                    options.LanguageVersion.ToDisplayString());
                return options.LanguageVersion >= LanguageVersion.CSharp12;
            }
        }

        return true;
    }

    private static void CheckPartial(
        INamedTypeSymbol type,
        INamedTypeSymbol checkedType,
        List<TypeDeclarationSyntax> declarations,
        ErrorCollector errors)
    {
        foreach (TypeDeclarationSyntax declaration in declarations)
        {
            if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                Location location = declaration.Identifier.GetLocation();
                if (IsSame(type, checkedType))
                {
                    errors.Add(Descriptors.ModelNotPartial, location, type.Name);
                }
                else
                {
                    errors.Add(Descriptors.ContainerNotPartial, location, type.Name, checkedType.Name);
                }

                return;
            }
        }
    }

    private static bool CheckGeneric(
        INamedTypeSymbol type,
        INamedTypeSymbol checkedType,
        List<TypeDeclarationSyntax> declarations,
        ErrorCollector errors)
    {
        if (checkedType.Arity > 0)
        {
            Location? location = declarations.Select(declaration => declaration.TypeParameterList?.GetLocation()).FirstOrDefault();
            errors.Add(Descriptors.ModelIsGeneric, location, type.Name, checkedType.Name);
        }

        // The compiler reports a parameter without a name.
        return checkedType.TypeParameters.All(parameter => SyntaxFacts.IsValidIdentifier(parameter.Name));
    }

    private static bool CheckFileLocal(
        INamedTypeSymbol type,
        INamedTypeSymbol checkedType,
        List<TypeDeclarationSyntax> declarations,
        ErrorCollector errors)
    {
        if (!checkedType.IsFileLocal)
        {
            return true;
        }

        errors.Add(Descriptors.ModelIsFileLocal, ModifierLocation(declarations, SyntaxKind.FileKeyword), type.Name, checkedType.Name);
        return false;
    }

    private static Location? ModifierLocation(List<TypeDeclarationSyntax> declarations, SyntaxKind modifier)
    {
        foreach (TypeDeclarationSyntax declaration in declarations)
        {
            int index = declaration.Modifiers.IndexOf(modifier);
            if (index >= 0)
            {
                return declaration.Modifiers[index].GetLocation();
            }
        }

        return declarations.Select(declaration => declaration.Identifier.GetLocation()).FirstOrDefault();
    }

    private static bool IsSame(INamedTypeSymbol first, INamedTypeSymbol second) => SymbolEqualityComparer.Default.Equals(first, second);
}
