using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// Tells the user's text from what this generator has added to it. The generator sees the first only, the analyzer sees
/// both; looking at the user's text alone gives both the same answers.
/// </summary>
internal static class UserSource
{
    /// <summary>The compiler puts generated files into a folder that is named after the generator.</summary>
    private static readonly string GeneratedFolder = typeof(RnnModelGenerator).FullName;

    /// <summary>The declarations of a type that the user wrote.</summary>
    public static List<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var declarations = new List<TypeDeclarationSyntax>();
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (!IsGenerated(reference.SyntaxTree) && reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration)
            {
                declarations.Add(declaration);
            }
        }

        return declarations;
    }

    /// <summary>The first declaration of a member that the user wrote, or null for one that is generated.</summary>
    public static SyntaxNode? Declaration(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            if (!IsGenerated(reference.SyntaxTree))
            {
                return reference.GetSyntax(cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Where the name of a declaration stands, or the whole of it if it has none.</summary>
    public static Location NameLocation(SyntaxNode declaration) => declaration switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.GetLocation(),
        DelegateDeclarationSyntax type => type.Identifier.GetLocation(),
        PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
        MethodDeclarationSyntax method => method.Identifier.GetLocation(),
        VariableDeclaratorSyntax field => field.Identifier.GetLocation(),
        EventDeclarationSyntax @event => @event.Identifier.GetLocation(),
        ConstructorDeclarationSyntax constructor => constructor.Identifier.GetLocation(),
        IndexerDeclarationSyntax indexer => indexer.ThisKeyword.GetLocation(),
        _ => declaration.GetLocation(),
    };

    /// <summary>Whether a declaration starts with a documentation comment, whether or not the compiler was told to read it.</summary>
    public static bool HasDocumentation(SyntaxNode declaration)
    {
        foreach (SyntaxTrivia trivia in declaration.GetLeadingTrivia())
        {
            switch (trivia.Kind())
            {
                case SyntaxKind.SingleLineDocumentationCommentTrivia:
                case SyntaxKind.MultiLineDocumentationCommentTrivia:
                case SyntaxKind.SingleLineCommentTrivia when trivia.ToString().StartsWith("///", StringComparison.Ordinal):
                case SyntaxKind.MultiLineCommentTrivia when trivia.ToString().StartsWith("/**", StringComparison.Ordinal):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether this generator has written a file.</summary>
    public static bool IsGenerated(SyntaxTree tree) =>
        Path.GetFileName(Path.GetDirectoryName(tree.FilePath) ?? "") == GeneratedFolder;
}
