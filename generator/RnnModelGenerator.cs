using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator;

/// <summary>Turns every class with <c>[RnnModel]</c> into a recurrent network: parse, check its file, plan, emit.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RnnModelGenerator : IIncrementalGenerator
{
    /// <summary>The property of the project by which <c>RnnGen.targets</c> says that analyzers run. It is missing where the generator is not used as a package.</summary>
    private const string AnalyzedProperty = "build_property.RnnGenIsAnalyzed";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParseResult> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.RnnModelAttribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (declaration, cancellationToken) => FindAttribute(declaration) is { } attribute
                    ? RnnModelParser.Parse((INamedTypeSymbol)declaration.TargetSymbol, attribute, report: null, files: null, cancellationToken)
                    : null)
            .WithTrackingName(TrackingNames.Parse)
            .Where(static result => result is not null)
            .Select(static (result, _) => result!)
            .WithTrackingName(TrackingNames.Model);

        IncrementalValueProvider<EquatableArray<WeightsFile>> files = context.AdditionalTextsProvider
            .Select(static (text, cancellationToken) => WeightsFile.Read(text, cancellationToken))
            .WithTrackingName(TrackingNames.Weights)
            .Where(static file => file is not null)
            .Select(static (file, _) => file!)
            .Collect()
            .Select(static (all, _) => new EquatableArray<WeightsFile>(all));

        // Only the models of an edited file differ after this step.
        IncrementalValuesProvider<ParseResult> checkedModels = models
            .Combine(files)
            .Select(static (pair, _) => WeightRules.Check(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Checked);

        IncrementalValueProvider<bool> isAnalyzed = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => options.GlobalOptions.TryGetValue(AnalyzedProperty, out string? value) && value == "true");

        context.RegisterSourceOutput(checkedModels.Combine(isAnalyzed), static (output, pair) =>
        {
            foreach (SourceFile file in Emit(pair.Left, pair.Right))
            {
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
            }
        });
    }

    /// <summary>The attribute of this declaration: other parts of the class may (wrongly) have one, too.</summary>
    private static AttributeData? FindAttribute(GeneratorAttributeSyntaxContext declaration) => declaration.Attributes.FirstOrDefault(
        attribute => attribute.ApplicationSyntaxReference is { } reference && declaration.TargetNode.Span.Contains(reference.Span));

    private static ImmutableArray<SourceFile> Emit(ParseResult result, bool isAnalyzed)
    {
        if (result.Model is not { } model)
        {
            return [FailureEmitter.Emit(result.Failure!, isAnalyzed)];
        }

        try
        {
            return [.. ModelEmitter.Emit(model)];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // If it were rethrown, the output of all other models would be lost.
            return [FailureEmitter.Emit(FailedModel.Unexpected(model, exception), isAnalyzed)];
        }
    }
}
