using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Documentation.Tests;

/// <summary>The code blocks of a page as one file: directives first, then all statements, then all types.</summary>
internal static class PageSource
{
    /// <summary>Joins blocks. Errors are at the lines of the page.</summary>
    public static string Join(string path, IEnumerable<Block> blocks)
    {
        var usings = new StringBuilder();
        var statements = new StringBuilder();
        var types = new StringBuilder();
        foreach (Block block in blocks)
        {
            var unit = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(WithoutDirectives(block.Code), PageProgram.ParseOptions).GetRoot();
            foreach (SyntaxNode part in unit.Usings.Concat<SyntaxNode>(unit.Members))
            {
                StringBuilder target = part is UsingDirectiveSyntax ? usings : part is GlobalStatementSyntax ? statements : types;
                int line = block.Line + unit.SyntaxTree.GetLineSpan(part.FullSpan).StartLinePosition.Line;
                target.Append($"#line {line} \"{path}\"\n{part.ToFullString().TrimEnd('\n')}\n");
            }
        }

        return $"{usings}{statements}{types}";
    }

    /// <summary>Lines such as <c>#:package</c> are not for the compiler. Empty ones in their place keep the numbers.</summary>
    private static string WithoutDirectives(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.StartsWith("#:", StringComparison.Ordinal) ? "" : line));
}
