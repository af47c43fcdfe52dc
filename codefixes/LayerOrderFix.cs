using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Moves heads to the end, and layers that must read the input to the start.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LayerOrderFix)), Shared]
public sealed class LayerOrderFix : RnnGenCodeFix
{
    private protected override bool FixesAll => false;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.HeadNotLast, DiagnosticIds.EmbeddingNotFirst, DiagnosticIds.NormalizationOfLayer];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<TypeDeclarationSyntax>() is not { } type || place.Find<PropertyDeclarationSyntax>() is not { } layer)
        {
            return null;
        }

        IReadOnlyList<PropertyDeclarationSyntax> layers = place.Model.Layers(type);
        if (place.Id == DiagnosticIds.HeadNotLast)
        {
            PropertyDeclarationSyntax[] heads = [.. layers.Where(place.Model.IsHead)];
            string moved = heads.Length == 1 ? $"'{heads[0].Identifier.ValueText}'" : "the heads";
            return Reorder(place, $"Move {moved} to the end", layers, [.. layers.Except(heads), .. heads]);
        }

        // A layer that says what it reads is not where it is by mistake.
        return place.Model.LayerAttributes(layer).Any(attribute => attribute.Option("From") is not null)
            ? null
            : Reorder(place, $"Move '{layer.Identifier.ValueText}' to the start", layers, [layer, .. layers.Where(other => other != layer)]);
    }

    private static Cure Reorder(Place place, string title, IReadOnlyList<PropertyDeclarationSyntax> layers, List<PropertyDeclarationSyntax> order)
    {
        var placed = layers.Zip(order, (old, moved) => (old, moved)).ToDictionary(pair => pair.old, pair => pair.moved);
        return place.Change(title, root => root.ReplaceNodes(layers, (old, _) => placed[old]));
    }
}
