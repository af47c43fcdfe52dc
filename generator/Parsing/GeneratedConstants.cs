using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Parsing;

/// <summary>Finds arguments that are constants of another model: the compiler knows them, the generator does not.</summary>
internal static class GeneratedConstants
{
    /// <summary>The errors at such arguments of a class's attributes.</summary>
    public static IEnumerable<Diagnostic> Find(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        IEnumerable<ISymbol> owners = type.GetMembers().OfType<IPropertySymbol>().Prepend<ISymbol>(type);
        foreach ((ISymbol owner, AttributeData attribute) in owners.SelectMany(owner => owner.GetAttributes().Select(attribute => (owner, attribute))))
        {
            if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax { ArgumentList: { } list })
            {
                continue;
            }

            // Only a wrong model gets here.
#pragma warning disable RS1030
            SemanticModel semantics = compilation.GetSemanticModel(list.SyntaxTree);
#pragma warning restore RS1030
            for (int index = 0; index < list.Arguments.Count; index++)
            {
                AttributeArgumentSyntax argument = list.Arguments[index];
                if (argument.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => semantics.GetSymbolInfo(name, cancellationToken).Symbol is
                    IFieldSymbol { IsConst: true, DeclaringSyntaxReferences: { Length: > 0 } places } && places.All(place => UserSource.IsGenerated(place.SyntaxTree))))
                {
                    string? name = argument.NameColon?.Name.Identifier.ValueText ?? argument.NameEquals?.Name.Identifier.ValueText
                        ?? attribute.AttributeConstructor?.Parameters[index].Name;
                    yield return Diagnostic.Create(Descriptors.ArgumentNotConstant, argument.Expression.GetLocation(), name, KnownNames.ShortName(attribute), owner.Name);
                }
            }
        }
    }
}
