using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace RnnGen.CodeFixes;

/// <summary>Adds or removes a modifier of a type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModifierFix)), Shared]
public sealed class ModifierFix : RnnGenCodeFix
{
    private static readonly ImmutableDictionary<string, (string Title, Func<DeclarationModifiers, DeclarationModifiers> Change)> Cures =
        new Dictionary<string, (string, Func<DeclarationModifiers, DeclarationModifiers>)>
        {
            [DiagnosticIds.ModelNotPartial] = ("Make '{0}' partial", modifiers => modifiers.WithPartial(true)),
            [DiagnosticIds.ContainerNotPartial] = ("Make '{0}' partial", modifiers => modifiers.WithPartial(true)),
            [DiagnosticIds.ModelIsStatic] = ("Remove 'static' from '{0}'", modifiers => modifiers.WithIsStatic(false)),
            [DiagnosticIds.ModelIsAbstract] = ("Remove 'abstract' from '{0}'", modifiers => modifiers.WithIsAbstract(false)),
            [DiagnosticIds.ModelIsFileLocal] = ("Remove 'file' from '{0}'", modifiers => modifiers.WithIsFile(false)),
        }.ToImmutableDictionary();

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [.. Cures.Keys];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<TypeDeclarationSyntax>() is not { } type)
        {
            return null;
        }

        var (title, change) = Cures[place.Id];
        var generator = SyntaxGenerator.GetGenerator(place.Document);
        DeclarationModifiers modifiers = generator.GetModifiers(type);
        return place.Replace(string.Format(title, type.Identifier.ValueText), type, generator.WithModifiers(type, change(modifiers)));
    }
}
