using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Calls <c>Forward</c> of a model that has no single step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WholeWindowFix)), Shared]
public sealed class WholeWindowFix : RnnGenCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.NoStep];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<InvocationExpressionSyntax>() is not { ArgumentList.Arguments.Count: 3 } call)
        {
            return null;
        }

        SimpleNameSyntax? name = call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression as SimpleNameSyntax;
        return name is { Identifier.ValueText: "Step" }
            ? place.Replace("Call Forward with the whole window", name, SyntaxFactory.IdentifierName("Forward").WithTriviaFrom(name))
            : null;
    }
}
