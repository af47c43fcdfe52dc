using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Removes a member that does nothing: an empty constructor, or a layer that nothing reads.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveMemberFix)), Shared]
public sealed class RemoveMemberFix : RnnGenCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UserConstructor, DiagnosticIds.UnusedLayer];

    private protected override Cure? Find(Place place) => place.Find<MemberDeclarationSyntax>() switch
    {
        PropertyDeclarationSyntax layer => Remove(place, $"Remove '{layer.Identifier.ValueText}'", layer),
        ConstructorDeclarationSyntax { ParameterList.Parameters.Count: 0, Initializer: null, Body.Statements.Count: 0 } constructor =>
            Remove(place, "Remove the constructor", constructor),
        TypeDeclarationSyntax { ParameterList: { Parameters.Count: 0 } parameters } type =>
            place.Replace("Remove the constructor", type, type.WithIdentifier(type.Identifier.WithTrailingTrivia(parameters.GetTrailingTrivia())).WithParameterList(null)),
        _ => null,
    };

    private static Cure Remove(Place place, string title, MemberDeclarationSyntax member) =>
        place.Change(title, root => root.RemoveNode(member, SyntaxRemoveOptions.KeepUnbalancedDirectives)!);
}
