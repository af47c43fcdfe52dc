using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Adds <c>Tokens = true</c> to a model that is called with tokens, which the compiler refuses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TokensFix)), Shared]
public sealed class TokensFix : RnnGenCodeFix
{
    /// <summary>An argument cannot be converted to the type of its parameter.</summary>
    public const string WrongType = "CS1503";

    /// <summary>There is no parameter of this name.</summary>
    public const string UnknownParameter = "CS1739";

    // Several calls have the same cure.
    private protected override bool FixesAll => false;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [WrongType, UnknownParameter];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<ArgumentSyntax>() is not { Parent.Parent: InvocationExpressionSyntax call } argument)
        {
            return null;
        }

        SymbolInfo info = place.Model.GetSymbolInfo(call);
        IMethodSymbol[] methods = [.. info.CandidateSymbols.Prepend(info.Symbol).OfType<IMethodSymbol>()];
        bool isToken = place.Id == UnknownParameter
            ? argument.NameColon?.Name.Identifier.ValueText == "token"
            : methods.Any(method => IsInputs(method, call, argument)) && HoldsIntegers(place.Model.GetTypeInfo(argument.Expression).Type);

        // The methods of a trainer are inherited.
        ITypeSymbol? owner = call.Expression is MemberAccessExpressionSyntax access ? place.Model.GetTypeInfo(access.Expression).Type : methods.FirstOrDefault()?.ContainingType;
        return isToken && FindModel(owner)?.ApplicationSyntaxReference is { } reference
            && reference.GetSyntax() is AttributeSyntax { ArgumentList: { } arguments } attribute
            && attribute.Option("Tokens") is null
            && place.Document.Project.Solution.GetDocument(reference.SyntaxTree) is { } document
            ? new Cure($"Add Tokens = true to [{attribute.Name}]", async cancellationToken =>
            {
                SyntaxNode root = await reference.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
                AttributeArgumentSyntax tokens = SyntaxFactory.ParseAttributeArgumentList("(Tokens = true)")!.Arguments[0].WithLeadingTrivia(SyntaxFactory.Space);
                return document.WithSyntaxRoot(root.ReplaceNode(arguments, arguments.AddArguments(tokens))).Project.Solution;
            })
            : null;
    }

    /// <summary>The attribute of a model, given its class or one that is nested in it, such as its trainer.</summary>
    private static AttributeData? FindModel(ITypeSymbol? owner)
    {
        for (ITypeSymbol? type = owner; type is not null; type = type.ContainingType)
        {
            if (type.ModelAttribute() is { } model)
            {
                return model;
            }
        }

        return null;
    }

    private static bool IsInputs(IMethodSymbol method, InvocationExpressionSyntax call, ArgumentSyntax argument)
    {
        int position = call.ArgumentList.Arguments.IndexOf(argument);
        return position < method.Parameters.Length && (argument.NameColon?.Name.Identifier.ValueText ?? method.Parameters[position].Name) == "inputs";
    }

    private static bool HoldsIntegers(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_Int32,
        INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } => arguments[0].SpecialType == SpecialType.System_Int32,
        _ => type?.SpecialType == SpecialType.System_Int32,
    };
}
