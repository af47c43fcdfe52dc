using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;

namespace RnnGen.Generator;

/// <summary>Turns every class with <c>[RnnModel]</c> into a recurrent network: parse, plan, emit.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RnnModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParseResult> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.RnnModelAttribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (declaration, cancellationToken) => FindAttribute(declaration) is { } attribute
                    ? RnnModelParser.Parse((INamedTypeSymbol)declaration.TargetSymbol, attribute, report: null, cancellationToken)
                    : null)
            .WithTrackingName(TrackingNames.Parse)
            .Where(static result => result is not null)
            .Select(static (result, _) => result!)
            .WithTrackingName(TrackingNames.Model);

        context.RegisterSourceOutput(models, static (output, result) =>
        {
            foreach (SourceFile file in Emit(result))
            {
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
            }
        });
    }

    /// <summary>The attribute of this declaration: other parts of the class may (wrongly) have one, too.</summary>
    private static AttributeData? FindAttribute(GeneratorAttributeSyntaxContext declaration) => declaration.Attributes.FirstOrDefault(
        attribute => attribute.ApplicationSyntaxReference is { } reference && declaration.TargetNode.Span.Contains(reference.Span));

    private static ImmutableArray<SourceFile> Emit(ParseResult result)
    {
        if (result.Model is not { } model)
        {
            return [FailureEmitter.Emit(result.Failure!)];
        }

        try
        {
            return [.. ModelEmitter.Emit(model)];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // If it were rethrown, the output of all other models would be lost.
            return [FailureEmitter.Emit(FailedModel.Unexpected(model, exception))];
        }
    }
}
