using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Tests;

/// <summary>Printing decides nothing: printers neither use thresholds nor compute with sizes.</summary>
public class PrintingTests
{
    [Fact]
    public void Nothing_that_prints_decides()
    {
        string folder = Folder();
        string[] files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);
        string[] decisions =
        [
            .. from file in files
               from node in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes()
               where Decides(node)
               let line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1
               select $"{Path.GetRelativePath(folder, file)}({line}): {node}"
        ];

        Assert.NotEmpty(files);
        Assert.True(decisions.Length == 0, string.Join("\n", decisions));
    }

    [Theory]
    [InlineData("Thresholds.RowsPerIteration", true)]
    [InlineData("using static RnnGen.Generator.Planning.Thresholds;", true)]
    [InlineData("rows * stride", true)]
    [InlineData("offset + size", true)]
    [InlineData("offset + 16", true)]
    [InlineData("size / 2", true)]
    [InlineData("count > 4", true)]
    [InlineData("16 <= size", true)]
    [InlineData("offset += 16", true)]
    [InlineData("size is > 4", true)]
    [InlineData("Math.Min(rows, 4)", true)]
    [InlineData("values.Sum(v => v.Size)", true)]
    [InlineData("(n, k) => n + k", true)]
    [InlineData("name + \"Walk\"", false)]
    [InlineData("$\"{a}\" + b", false)]
    [InlineData("prefix + Name(x) + \"'\"", false)]
    [InlineData("users.Length > 0", false)]
    [InlineData("text is { Length: > 0 }", false)]
    [InlineData("step == 1", false)]
    public void The_rule_knows_a_decision_where_it_sees_one(string code, bool decides)
    {
        string text = code.StartsWith("using", StringComparison.Ordinal) ? code : $"class C {{ object M() => {code}; }}";
        Assert.Equal(decides, CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().Any(Decides));
    }

    private static bool Decides(SyntaxNode node) => node switch
    {
        IdentifierNameSyntax { Identifier.Text: "Thresholds" or "Math" } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Sum" or "Average" or "Aggregate" } } => true,
        BinaryExpressionSyntax binary => binary.Kind() switch
        {
            SyntaxKind.AddExpression => !binary.Parent.IsKind(SyntaxKind.AddExpression) && !HasText(binary),
            SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression
                or SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression => true,
            SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
                or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression => !IsSmall(binary.Left) && !IsSmall(binary.Right),
            _ => false,
        },
        AssignmentExpressionSyntax assignment => assignment.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression
            or SyntaxKind.MultiplyAssignmentExpression or SyntaxKind.DivideAssignmentExpression && !HasText(assignment.Right),
        RelationalPatternSyntax pattern => !IsSmall(pattern.Expression),
        _ => false,
    };

    /// <summary>Whether a sum puts texts together.</summary>
    private static bool HasText(ExpressionSyntax expression) => expression switch
    {
        BinaryExpressionSyntax sum => HasText(sum.Left) || HasText(sum.Right),
        ParenthesizedExpressionSyntax parentheses => HasText(parentheses.Expression),
        ConditionalExpressionSyntax condition => HasText(condition.WhenTrue) || HasText(condition.WhenFalse),
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression),
        InterpolatedStringExpressionSyntax => true,
        _ => false,
    };

    /// <summary>Comparisons with 0 and 1 are not decisions about sizes.</summary>
    private static bool IsSmall(ExpressionSyntax expression) => expression is LiteralExpressionSyntax { Token.Value: 0 or 1 };

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "generator", "Printing"));
}
