using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Replaces the value of an argument by the one that was meant, or removes an option, which restores its default.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ArgumentFix)), Shared]
public sealed class ArgumentFix : RnnGenCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
    [
        DiagnosticIds.SizeNotPositive,
        DiagnosticIds.UnknownActivation,
        DiagnosticIds.OptionOutOfRange,
        DiagnosticIds.NumberOutOfRange,
        DiagnosticIds.OptionWithoutEffect,
        DiagnosticIds.BatchTooLarge,
    ];

    private protected override Cure? Find(Place place)
    {
        if (place.Find<AttributeArgumentSyntax>() is not { } argument || argument.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
        {
            return null;
        }

        double? number = place.Model.GetTypeInfo(argument.Expression).Type is { TypeKind: not TypeKind.Enum }
            && place.Model.GetConstantValue(argument.Expression) is { HasValue: true, Value: int or float or double } constant
            ? Convert.ToDouble(constant.Value)
            : null;
        if (Meant(place, attribute, argument, number) is { } meant)
        {
            return place.Replace($"Write {meant}", argument.Expression, meant.WithTriviaFrom(argument.Expression));
        }

        // The default of a number that is too large is not what was meant.
        bool isTooLarge = place.Id is DiagnosticIds.OptionOutOfRange or DiagnosticIds.BatchTooLarge && number >= 1;
        return argument.NameEquals is { } name && !isTooLarge
            ? place.Replace($"Remove {name.Name}", attribute, attribute.Without(argument))
            : null;
    }

    private static ExpressionSyntax? Meant(Place place, AttributeSyntax attribute, AttributeArgumentSyntax argument, double? number) => place.Id switch
    {
        // A size with a sign that it should not have, or the smallest one.
        DiagnosticIds.SizeNotPositive when number is double size and > int.MinValue => AttributeArguments.Number((long)Math.Max(1, -size)),

        // The function of a layer has no default.
        DiagnosticIds.UnknownActivation when argument.NameEquals is null => SyntaxFactory.ParseExpression($"{attribute.Beside("Activation")}.Tanh"),

        // A probability in percent.
        DiagnosticIds.OptionOutOfRange or DiagnosticIds.NumberOutOfRange when IsProbability(place, argument) && number is > 1 and < 100 =>
            SyntaxFactory.ParseExpression(FormattableString.Invariant($"{(decimal)number.Value / 100}")),

        // The largest power of two with which the tape fits.
        DiagnosticIds.BatchTooLarge when place.Integer(1) is long lanes and > 0 && place.Integer(3) is long bytes and > 0 && place.Integer(4) is long limit =>
            PowerOfTwo(limit / (bytes / lanes)) is long fitting and > 0 ? AttributeArguments.Number(fitting) : null,
        _ => null,
    };

    /// <summary>The message says so, except for the only argument of <c>[Dropout]</c>.</summary>
    private static bool IsProbability(Place place, AttributeArgumentSyntax argument) =>
        argument.NameEquals is null || place.Argument(4).StartsWith("a probability", StringComparison.Ordinal);

    /// <summary>The largest one that is not larger; 0 if there is none.</summary>
    private static long PowerOfTwo(long number)
    {
        long power = number > 0 ? 1 : 0;
        while (power > 0 && 2 * power <= number)
        {
            power *= 2;
        }

        return power;
    }
}
