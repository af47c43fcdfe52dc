using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

// What is wrong with how data flows through the layers.
internal static partial class Descriptors
{
    /// <summary>A layer reads one that it cannot read.</summary>
    public static readonly DiagnosticDescriptor UnknownSource = new(
        id: DiagnosticIds.UnknownSource,
        title: "Layer must read layers that stand before it",
        messageFormat: "'{0}' takes its input from '{1}', {2}; name layers that are declared before it, or Layer.Input",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnknownSource),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Sequences and single values meet.</summary>
    public static readonly DiagnosticDescriptor SourcesDiffer = new(
        id: DiagnosticIds.SourcesDiffer,
        title: "Layers that meet must have the same steps",
        messageFormat: "'{0}' brings together what has one value per step and what '{1}' hands on once per window; give both the same ReturnSequences",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.SourcesDiffer),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Input and output of a residual connection differ in size.</summary>
    public static readonly DiagnosticDescriptor ResidualSizes = new(
        id: DiagnosticIds.ResidualSizes,
        title: "Residual connection needs equal sizes",
        messageFormat: "'{0}' adds its input to its output, but reads {1} numbers and puts out {2}; make them equal",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ResidualSizes),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A layer is computed in vain.</summary>
    public static readonly DiagnosticDescriptor UnusedLayer = new(
        id: DiagnosticIds.UnusedLayer,
        title: "Layer must be read by another one",
        messageFormat: "Nothing reads the output of '{0}'; name it in the From of a later layer, or remove it",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnusedLayer),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Tokens are used like numbers.</summary>
    public static readonly DiagnosticDescriptor TokensNotNumbers = new(
        id: DiagnosticIds.TokensNotNumbers,
        title: "Tokens are no numbers",
        messageFormat: "'{0}' reads tokens, which cannot be {1}; let an embedding read them first",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TokensNotNumbers),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Step of a model that goes backwards; the compiler reports it.</summary>
    public static readonly DiagnosticDescriptor NoStep = new(
        id: DiagnosticIds.NoStep,
        title: "Model needs whole windows",
        messageFormat: "'{0}' goes from the end of a window to its start, so the model has no single step; call Forward with the whole window",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NoStep),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An option has a value that it cannot have.</summary>
    public static readonly DiagnosticDescriptor OptionOutOfRange = new(
        id: DiagnosticIds.OptionOutOfRange,
        title: "Option is out of range",
        messageFormat: "'{0}' of [{1}] on '{2}' cannot be {3}; see the option's documentation for its values",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.OptionOutOfRange),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A head cannot share the weights that it names.</summary>
    public static readonly DiagnosticDescriptor TiedSizes = new(
        id: DiagnosticIds.TiedSizes,
        title: "Tied head must fit the embedding",
        messageFormat: "'{0}' shares the weights of '{1}', {2}; name an embedding, with as many classes as tokens and as many inputs as numbers per vector",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TiedSizes),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Normalization does not read the input.</summary>
    public static readonly DiagnosticDescriptor NormalizationOfLayer = new(
        id: DiagnosticIds.NormalizationOfLayer,
        title: "Normalization must read the input",
        messageFormat: "'{0}' must read the model's input, and nothing else: its mean and variance come from the data; put it first, or give it From = [Layer.Input]",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NormalizationOfLayer),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
