using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Parsing;

/// <summary>What the user's half of a model class may not declare, because the generated half does.</summary>
internal static class MemberRules
{
    public static void Check(INamedTypeSymbol type, ErrorCollector errors, CancellationToken cancellationToken)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member.IsImplicitlyDeclared || UserSource.Declaration(member, cancellationToken) is not { } declaration)
            {
                continue;
            }

            if (member is IMethodSymbol { MethodKind: MethodKind.Constructor })
            {
                // A primary constructor is declared by its parameter list.
                Location location = declaration is TypeDeclarationSyntax { ParameterList: { } parameters }
                    ? parameters.GetLocation()
                    : UserSource.NameLocation(declaration);
                errors.Add(Descriptors.UserConstructor, location, type.Name);
            }
            else if (ReservedNames.Contains(member.Name) || (member.Name == type.Name && member is IPropertySymbol))
            {
                errors.Add(Descriptors.ReservedName, UserSource.NameLocation(declaration), type.Name, member.Name);
            }
        }
    }
}
