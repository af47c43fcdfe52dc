using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace RnnGen.CodeFixes;

/// <summary>Makes the member that declares a layer.</summary>
internal static class NewLayer
{
    /// <param name="attribute">Its attribute, without brackets.</param>
    /// <param name="modifiers">Its modifiers.</param>
    /// <param name="type">The type <c>Layer</c>, with its namespace or without.</param>
    /// <param name="name">Its name.</param>
    /// <param name="near">Code of the same file, for the end of the line.</param>
    public static MemberDeclarationSyntax Create(SyntaxNode attribute, string modifiers, TypeSyntax type, string name, SyntaxNode near) =>
        SyntaxFactory.ParseMemberDeclaration($"[{attribute}] {modifiers} {type.WithoutTrivia()} {name} {{ get; }}")!
            .WithTrailingTrivia(near.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } end ? end : SyntaxFactory.LineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>The first of a name, a name with 2, 3, ... that is not taken; it is taken now.</summary>
    public static string Name(string name, ISet<string> taken) => Spelling.Free(name, taken.Add);

    /// <summary>The names that a new layer of a class cannot have.</summary>
    public static ISet<string> NamesOf(TypeDeclarationSyntax type) =>
        new HashSet<string>(type.Members.OfType<PropertyDeclarationSyntax>().Select(property => property.Identifier.ValueText)) { type.Identifier.ValueText };
}
