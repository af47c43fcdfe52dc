using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Emission;
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
        // A model in a file that another tool wrote can be wrong, too.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
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
                ParseResult? result = RnnModelParser.Parse(type, attribute, context.ReportDiagnostic, () => Files(context), context.CancellationToken);
                if (result?.Model is not null)
                {
                    ReportErrorsOfGenerator(type, attribute, FailureEmitter.FileName(result.Model.Target), context);
                }

                return;
            }
        }

        ReportLayersWithoutModel(type, context);
    }

    /// <summary>
    /// Reports what only the generator could see, which has the project without generated code: above all sizes that are constants of such code. So a wrong
    /// model never compiles. A file with the errors of a model inside of it declares the model, too.
    /// </summary>
    private static void ReportErrorsOfGenerator(INamedTypeSymbol type, AttributeData attribute, string file, SymbolAnalysisContext context)
    {
        string[] errors = [.. type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct()
            .Where(tree => UserSource.IsGenerated(tree) && Path.GetFileName(tree.FilePath) == file).SelectMany(tree => FailureEmitter.Read(tree.GetText(context.CancellationToken)))];
        if (errors.Length == 0)
        {
            return;
        }

        Location? location = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation();
        Diagnostic[] constants = [.. GeneratedConstants.Find(type, context.Compilation, context.CancellationToken)];
        foreach (Diagnostic diagnostic in constants.Length > 0 ? constants : errors.Select(error => Restore(error, location)))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    /// <summary>An error of a generated file.</summary>
    private static Diagnostic Restore(string error, Location? location)
    {
        int space = error.IndexOf(' ');
        DiagnosticDescriptor descriptor = Descriptors.All.First(d => d.Id == error.Substring(0, space));
        return Diagnostic.Create(
            descriptor.Id,
            descriptor.Category,
            error.Substring(space + 1),
            DiagnosticSeverity.Error,
            DiagnosticSeverity.Error,
            isEnabledByDefault: true,
            warningLevel: 0,
            descriptor.Title,
            helpLink: descriptor.HelpLinkUri,
            location: location,
            customTags: descriptor.CustomTags);
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
