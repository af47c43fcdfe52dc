using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Diagnostics;

/// <summary>Reports errors in annotated classes, at their locations.</summary>
/// <remarks>
/// It runs the generator's own parser. The generator itself reports nothing: with locations in its pipeline, every
/// edit above a model would generate the model again.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RnnModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeOutermost, SymbolKind.NamedType);
    }

    /// <summary>A nested type is analyzed with those around it: editors offer code fixes only inside of the symbol whose analysis reports the diagnostic.</summary>
    private static void AnalyzeOutermost(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.ContainingType is null)
        {
            Analyze(type, context);
        }
    }

    private static void Analyze(INamedTypeSymbol type, SymbolAnalysisContext context)
    {
        foreach (INamedTypeSymbol nested in type.GetTypeMembers())
        {
            Analyze(nested, context);
        }

        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (KnownNames.IsRnnModelAttribute(attribute.AttributeClass))
            {
                RnnModelParser.Parse(type, attribute, context.ReportDiagnostic, () => Files(context), context.CancellationToken);
                return;
            }
        }

        ReportLayersWithoutModel(type, context);
    }

    private static IEnumerable<WeightsFile> Files(SymbolAnalysisContext context) =>
        context.Options.AdditionalFiles.Select(text => WeightsFile.Read(text, context.CancellationToken)).OfType<WeightsFile>();

    /// <summary>Reports the first layer of a type that is not a model.</summary>
    private static void ReportLayersWithoutModel(INamedTypeSymbol type, SymbolAnalysisContext context)
    {
        ImmutableArray<AttributeData> attributes = type.GetAttributes();

        // The compiler reports a misspelt [RnnModel].
        if (attributes.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error }))
        {
            return;
        }

        AttributeData? layer = attributes.Concat(type.GetMembers().OfType<IPropertySymbol>().SelectMany(property => property.GetAttributes()))
            .FirstOrDefault(attribute => KnownNames.IsLayerAttribute(attribute.AttributeClass));
        if (layer?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is { } syntax)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.LayerWithoutModel, syntax.GetLocation(), KnownNames.ShortName(layer), type.Name));
        }
    }
}
