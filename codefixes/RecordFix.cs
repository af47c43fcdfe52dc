using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Turns a record into a class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RecordFix)), Shared]
public sealed class RecordFix : RnnGenCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.ModelIsRecord];

    private protected override Cure? Find(Place place) => place.Find<RecordDeclarationSyntax>() is { } record
        ? place.Replace($"Make '{record.Identifier.ValueText}' a class", record, ToClass(record))
        : null;

    private static ClassDeclarationSyntax ToClass(RecordDeclarationSyntax record) => SyntaxFactory.ClassDeclaration(
        record.AttributeLists,
        record.Modifiers,
        SyntaxFactory.Token(SyntaxKind.ClassKeyword).WithTriviaFrom(record.Keyword),
        record.Identifier,
        record.TypeParameterList,
        record.ParameterList,
        record.BaseList,
        record.ConstraintClauses,
        record.OpenBraceToken,
        record.Members,
        record.CloseBraceToken,
        record.SemicolonToken);
}
