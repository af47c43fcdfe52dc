using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints the public members of a wrong model without their bodies, so that the code that uses it binds, and one mistake is one error. They are those of a
/// right model's file, so that they cannot differ from what is generated once the mistake is mended.
/// </summary>
internal static class SurfaceWriter
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, DocumentationMode.None);
    private static readonly ArrowExpressionClauseSyntax Throw = SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ParseExpression("throw null!"));
    private static readonly SyntaxToken Semicolon = SyntaxFactory.Token(SyntaxKind.SemicolonToken);

    /// <summary>Writes the generated part of the class.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="target">The class.</param>
    /// <param name="surface">Its members, or null.</param>
    /// <param name="stubs">Implementations of its properties.</param>
    public static void Write(SourceWriter writer, TypeTarget target, Surface? surface, IEnumerable<string> stubs)
    {
        string header = $"partial {target.Keyword} {target.Name}{target.TypeParameters}";
        if (surface is null)
        {
            writer.Block(header, stubs);
            return;
        }

        ClassDeclarationSyntax right = CSharpSyntaxTree.ParseText(new ModelFile(ModelPlan.Of(surface.Model)).Write(), Options).GetRoot()
            .DescendantNodes().OfType<ClassDeclarationSyntax>().First(type => type.AttributeLists.Count > 0);
        var taken = new HashSet<string>(surface.Taken);
        MemberDeclarationSyntax[] free = [.. right.Members.Where(member => !taken.Contains(NameOf(member)))];

        // Without a member, the class does not implement its interfaces, and is no model for the trainer's base class.
        bool isWhole = !surface.IsStatic && right.Members.All(member => free.Contains(member) || member is ConstructorDeclarationSyntax || !IsPublic(member));
        IEnumerable<string> members = free.Where(member => isWhole || !IsExplicit(member))
            .Where(member => !surface.IsStatic || member is FieldDeclarationSyntax)
            .Where(member => target.Keyword != "record" || NameOf(member) != "Clone")
            .Select(Strip).OfType<MemberDeclarationSyntax>()
            .Select(member => isWhole || member is not ClassDeclarationSyntax type ? member
                : type.WithMembers(SyntaxFactory.List(type.Members.Where(inner => NameOf(inner) != "Model"))))
            .Select(member => member.NormalizeWhitespace(eol: "\n").ToFullString());
        writer.Block(isWhole ? $"{header} {right.BaseList!.NormalizeWhitespace(eol: "\n")}" : header, [.. members, .. stubs]);
    }

    /// <summary>A member without documentation and body, or null if it is not public. Constructors are extern: they need not call another one.</summary>
    private static MemberDeclarationSyntax? Strip(MemberDeclarationSyntax member) => !IsPublic(member) ? null : member.WithAttributeLists(default).WithoutTrivia() switch
    {
        ConstructorDeclarationSyntax constructor => constructor.WithInitializer(null).WithBody(null).WithExpressionBody(null).WithSemicolonToken(Semicolon)
            .AddModifiers(SyntaxFactory.Token(SyntaxKind.ExternKeyword)),
        MethodDeclarationSyntax method => method.WithBody(null).WithExpressionBody(Throw).WithSemicolonToken(Semicolon),
        PropertyDeclarationSyntax { ExpressionBody: null, Initializer: null } property => property,
        PropertyDeclarationSyntax property => property.WithAccessorList(null).WithInitializer(null).WithExpressionBody(Throw).WithSemicolonToken(Semicolon),
        TypeDeclarationSyntax type => type.WithMembers(SyntaxFactory.List(type.Members.Select(Strip).OfType<MemberDeclarationSyntax>())),
        var other => other,
    };

    /// <summary>Whether code outside of the class sees a member: nested classes have internal constructors.</summary>
    private static bool IsPublic(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword) || IsExplicit(member) || (member is ConstructorDeclarationSyntax && member.Modifiers.Any(SyntaxKind.InternalKeyword));

    private static bool IsExplicit(MemberDeclarationSyntax member) =>
        member is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null } or PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null };

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        _ when IsExplicit(member) => "",
        ConstructorDeclarationSyntax constructor => $"{constructor.Identifier.ValueText}({constructor.ParameterList.Parameters.Count})",
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        _ => "",
    };
}
