using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Replaces a misspelt name in <c>From</c> by <c>nameof</c> of the layer that was meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SourceFix)), Shared]
public sealed class SourceFix : RnnGenCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UnknownSource];

    private protected override Cure? Find(Place place)
    {
        string written = place.Argument(1);
        if (place.Find<PropertyDeclarationSyntax>() is not { } layer
            || place.Find<TypeDeclarationSyntax>() is not { } type
            || place.Node.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().FirstOrDefault(literal => literal.Token.ValueText == written) is not { } name)
        {
            return null;
        }

        var sources = place.Model.Layers(type).TakeWhile(other => other != layer).Where(other => !place.Model.IsHead(other));
        return Spelling.Nearest(written, sources.Select(source => source.Identifier.ValueText)) is { } source
            ? place.Replace($"Read '{source}'", name, AttributeArguments.NameOf(source).WithTriviaFrom(name))
            : null;
    }
}
