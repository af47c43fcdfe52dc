using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Rename;

namespace RnnGen.CodeFixes;

/// <summary>Renames what has the name of something that is generated, wherever it is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameFix)), Shared]
public sealed class RenameFix : RnnGenCodeFix
{
    private protected override bool FixesAll => false;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.ReservedName, DiagnosticIds.HeadNameTaken];

    private protected override Cure? Find(Place place)
    {
        if (place.Model.GetDeclaredSymbol(place.Node) is not { } symbol)
        {
            return null;
        }

        string name = FreeName(symbol);
        return new Cure(
            $"Rename '{symbol.Name}' to '{name}'",
            cancellationToken => Renamer.RenameSymbolAsync(place.Document.Project.Solution, symbol, new SymbolRenameOptions(), name, cancellationToken));
    }

    private static string FreeName(ISymbol symbol)
    {
        string name = symbol switch
        {
            IPropertySymbol property when LayerSyntax.IsOfRnnGen(property.Type, "Layer") => symbol.Name + "Layer",
            INamedTypeSymbol type when type.ModelAttribute() is not null => symbol.Name + "Model",
            _ => "My" + symbol.Name.TrimStart('_'),
        };
        INamespaceOrTypeSymbol scope = (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
        return Spelling.Free(name, free => scope.GetMembers(free).Length == 0);
    }
}
