using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>The graph of layers.</content>
internal static partial class Descriptors
{
    /// <summary>A layer reads a layer that it cannot read.</summary>
    public static readonly DiagnosticDescriptor UnknownSource = new(
        id: DiagnosticIds.UnknownSource,
        title: "Layer must read layers that are declared before it",
        messageFormat: "'{0}' takes its input from '{1}', {2}; name layers that are declared before it, or Layer.Input",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnknownSource),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A layer combines a sequence with a single value per window.</summary>
    public static readonly DiagnosticDescriptor SourcesDiffer = new(
        id: DiagnosticIds.SourcesDiffer,
        title: "Combined inputs must have the same number of steps",
        messageFormat: "'{0}' combines values for every step with the output of '{1}', which has one value per window; use the same ReturnSequences for both",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.SourcesDiffer),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Input and output of a residual connection differ in size.</summary>
    public static readonly DiagnosticDescriptor ResidualSizes = new(
        id: DiagnosticIds.ResidualSizes,
        title: "Residual connection needs equal sizes",
        messageFormat: "'{0}' adds its input to its output, but its input has size {1} and its output size {2}; make them equal",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ResidualSizes),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Nothing reads the output of a layer.</summary>
    public static readonly DiagnosticDescriptor UnusedLayer = new(
        id: DiagnosticIds.UnusedLayer,
        title: "Layer must be read by another layer",
        messageFormat: "Nothing reads the output of '{0}'; name it in the From of a later layer, or remove it",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnusedLayer),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Tokens are used as numbers.</summary>
    public static readonly DiagnosticDescriptor TokensNotNumbers = new(
        id: DiagnosticIds.TokensNotNumbers,
        title: "Tokens are not numbers",
        messageFormat: "'{0}' reads tokens, which cannot be {1}; put an [Embedding] in front",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TokensNotNumbers),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A call of Step on a model that needs whole windows; the compiler reports it.</summary>
    public static readonly DiagnosticDescriptor NoStep = new(
        id: DiagnosticIds.NoStep,
        title: "Model needs whole windows",
        messageFormat: "'{0}' runs from the end of a window to its start, so the model has no single step; call Forward with the whole window",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NoStep),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An option has a value that it cannot have.</summary>
    public static readonly DiagnosticDescriptor OptionOutOfRange = new(
        id: DiagnosticIds.OptionOutOfRange,
        title: "Option is out of range",
        messageFormat: "'{0}' of [{1}] on '{2}' is {3}, but must be {4}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.OptionOutOfRange),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A head is tied to weights that it cannot share.</summary>
    public static readonly DiagnosticDescriptor TiedSizes = new(
        id: DiagnosticIds.TiedSizes,
        title: "Tied head must fit the embedding",
        messageFormat: "'{0}' shares the weights of '{1}', {2}; name an embedding with one token per class and vectors of the head's input size",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TiedSizes),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A normalization reads something other than the input.</summary>
    public static readonly DiagnosticDescriptor NormalizationOfLayer = new(
        id: DiagnosticIds.NormalizationOfLayer,
        title: "Normalization must read the input",
        messageFormat: "'{0}' must read the model's input and nothing else, because its mean and variance come from the data; put it first or set From = [Layer.Input]",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NormalizationOfLayer),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
