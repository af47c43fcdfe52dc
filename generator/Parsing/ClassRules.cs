using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Parsing;

/// <summary>What the class itself must be: a plain partial class that can receive a second half.</summary>
internal static class ClassRules
{
    /// <summary>Reports what is wrong with a class. Returns whether its second half can be written down.</summary>
    public static bool Check(INamedTypeSymbol type, ErrorCollector errors, CancellationToken cancellationToken)
    {
        List<TypeDeclarationSyntax> declarations = UserSource.Declarations(type, cancellationToken);

        bool printable = CheckLanguageVersion(type, declarations, errors);
        printable &= CheckPartial(type, type, declarations, errors);
        printable &= CheckGeneric(type, type, declarations, errors);
        printable &= CheckFileLocal(type, type, declarations, errors);
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            List<TypeDeclarationSyntax> outer = UserSource.Declarations(container, cancellationToken);
            printable &= CheckPartial(type, container, outer, errors);
            printable &= CheckGeneric(type, container, outer, errors);
            printable &= CheckFileLocal(type, container, outer, errors);
        }

        if (type.IsRecord)
        {
            Location? keyword = declarations.Select(declaration => declaration.Keyword.GetLocation()).FirstOrDefault();
            errors.Add(Descriptors.ModelIsRecord, keyword, type.Name);
            printable = false;
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
                return false;
            }
        }

        return true;
    }

    private static bool CheckPartial(
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

                return false;
            }
        }

        return true;
    }

    private static bool CheckGeneric(
        INamedTypeSymbol type,
        INamedTypeSymbol checkedType,
        List<TypeDeclarationSyntax> declarations,
        ErrorCollector errors)
    {
        if (checkedType.Arity == 0)
        {
            return true;
        }

        Location? location = declarations.Select(declaration => declaration.TypeParameterList?.GetLocation()).FirstOrDefault();
        errors.Add(Descriptors.ModelIsGeneric, location, type.Name, checkedType.Name);
        return false;
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
