using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Reads and changes the arguments of attributes.</summary>
internal static class AttributeArguments
{
    /// <summary>An option, such as <c>Layers = 2</c>.</summary>
    public static AttributeArgumentSyntax? Option(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>The first argument of the constructor: of most layers, the size.</summary>
    public static AttributeArgumentSyntax? Size(this AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null);

    public static AttributeSyntax Without(this AttributeSyntax attribute, AttributeArgumentSyntax argument)
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList!.Arguments.Remove(argument);
        return attribute.WithArgumentList(arguments.Count > 0 ? attribute.ArgumentList.WithArguments(arguments) : null).WithTriviaFrom(attribute);
    }

    /// <summary>The attribute lists of a declaration without some of its attributes.</summary>
    public static SyntaxList<AttributeListSyntax> Without(this SyntaxList<AttributeListSyntax> lists, IReadOnlyCollection<AttributeSyntax> removed)
    {
        var kept = new List<AttributeListSyntax>();
        foreach (AttributeListSyntax list in lists)
        {
            SeparatedSyntaxList<AttributeSyntax> attributes = list.Attributes;
            foreach (AttributeSyntax attribute in list.Attributes.Where(removed.Contains))
            {
                attributes = attributes.RemoveAt(attributes.IndexOf(other => other.IsEquivalentTo(attribute)));
            }

            if (attributes.Count > 0)
            {
                kept.Add(list.WithAttributes(attributes));
            }
        }

        return SyntaxFactory.List(kept);
    }

    public static LiteralExpressionSyntax Number(long number) => (LiteralExpressionSyntax)SyntaxFactory.ParseExpression(FormattableString.Invariant($"{number}"));

    public static ExpressionSyntax NameOf(string name) => SyntaxFactory.ParseExpression($"nameof({name})");
}
