using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>What the arguments of attributes must be.</content>
internal static partial class Descriptors
{
    /// <summary>A size is zero or negative.</summary>
    public static readonly DiagnosticDescriptor SizeNotPositive = new(
        id: DiagnosticIds.SizeNotPositive,
        title: "Size must be at least 1",
        messageFormat: "The {0} of [{1}] on '{2}' is {3}, but must be at least 1",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.SizeNotPositive),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An argument is no constant of the right type.</summary>
    public static readonly DiagnosticDescriptor ArgumentNotConstant = new(
        id: DiagnosticIds.ArgumentNotConstant,
        title: "Argument must be a constant",
        messageFormat: "The {0} of [{1}] on '{2}' is no usable constant; the generated code is written for this very value, so it must be known at compile time",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ArgumentNotConstant),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The weights do not fit.</summary>
    public static readonly DiagnosticDescriptor TooManyParameters = new(
        id: DiagnosticIds.TooManyParameters,
        title: "Model has too many parameters",
        messageFormat: "The weights of '{0}' take up to {1} bytes, most of them in layer '{2}'; at most {3} bytes are possible",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TooManyParameters),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The memory of one training window does not fit.</summary>
    public static readonly DiagnosticDescriptor TapeTooLarge = new(
        id: DiagnosticIds.TapeTooLarge,
        title: "Training window is too large",
        messageFormat: "Training '{0}' on a window of {1} steps takes up to {2} bytes; at most {3} bytes are possible, so make the window or the layers smaller",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TapeTooLarge),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The memory of the training windows of a batch does not fit.</summary>
    public static readonly DiagnosticDescriptor BatchTooLarge = new(
        id: DiagnosticIds.BatchTooLarge,
        title: "Batch is too large",
        messageFormat: "Training '{0}' on a batch of {1} windows of {2} steps takes up to {3} bytes; at most {4} bytes are possible, so make the batch, the window or the layers smaller",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.BatchTooLarge),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An enum argument has a value without a name.</summary>
    public static readonly DiagnosticDescriptor UnknownActivation = new(
        id: DiagnosticIds.UnknownActivation,
        title: "Activation is unknown",
        messageFormat: "{0} is no activation; [{1}] on '{2}' needs one of the named ones, such as Activation.Tanh",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnknownActivation),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The compiler could not bind an attribute, or RnnGen does not know it.</summary>
    public static readonly DiagnosticDescriptor UnreadableAttribute = new(
        id: DiagnosticIds.UnreadableAttribute,
        title: "Attribute cannot be read",
        messageFormat: "[{0}] on '{1}' cannot be read; use one of the attributes of RnnGen with the arguments that its constructor asks for",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnreadableAttribute),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A number that is set by name is not in its range.</summary>
    public static readonly DiagnosticDescriptor NumberOutOfRange = new(
        id: DiagnosticIds.NumberOutOfRange,
        title: "Number is out of range",
        messageFormat: "{0} of [{1}] on '{2}' is {3}, but must be {4}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NumberOutOfRange),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An option is set that does nothing beside the others.</summary>
    public static readonly DiagnosticDescriptor OptionWithoutEffect = new(
        id: DiagnosticIds.OptionWithoutEffect,
        title: "Option has no effect",
        messageFormat: "{0} of [{1}] on '{2}' has no effect because {3}; leave it out",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.OptionWithoutEffect),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A head has not as many weights as outputs.</summary>
    public static readonly DiagnosticDescriptor WeightCount = new(
        id: DiagnosticIds.WeightCount,
        title: "Head needs one weight per output",
        messageFormat: "{0} of [{1}] on '{2}' has {3}; give one number for each output, in their order",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.WeightCount),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The model becomes a megabyte of text and more.</summary>
    public static readonly DiagnosticDescriptor MuchText = new(
        id: DiagnosticIds.MuchText,
        title: "Model becomes much text",
        messageFormat: "'{0}' becomes {1} MB of generated text, the largest part for '{2}' ({3}), which takes the compiler seconds at every build",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.MuchText));

    /// <summary>The model becomes more text than a compiler should be given.</summary>
    public static readonly DiagnosticDescriptor TooMuchText = new(
        id: DiagnosticIds.TooMuchText,
        title: "Model becomes too much text",
        messageFormat: "'{0}' becomes {1} MB of generated text, the largest part for '{2}' ({3}); give it fewer layers, levels or options",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TooMuchText),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
