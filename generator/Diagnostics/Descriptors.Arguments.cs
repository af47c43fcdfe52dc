using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>Arguments of attributes.</content>
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

    /// <summary>An argument is not a constant of the right type.</summary>
    public static readonly DiagnosticDescriptor ArgumentNotConstant = new(
        id: DiagnosticIds.ArgumentNotConstant,
        title: "Argument must be a constant",
        messageFormat: "The {0} of [{1}] on '{2}' must be a compile-time constant of the right type that is not in generated code, such as a const of your own; the generated code depends on its value",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ArgumentNotConstant),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The weights do not fit.</summary>
    public static readonly DiagnosticDescriptor TooManyParameters = new(
        id: DiagnosticIds.TooManyParameters,
        title: "Model has too many parameters",
        messageFormat: "The weights of '{0}' take up to {1} bytes, most of them in layer '{2}'; the limit is {3} bytes",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TooManyParameters),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The memory of one training window does not fit.</summary>
    public static readonly DiagnosticDescriptor TapeTooLarge = new(
        id: DiagnosticIds.TapeTooLarge,
        title: "Training window is too large",
        messageFormat: "Training '{0}' on a window of {1} steps takes up to {2} bytes; the limit is {3} bytes, so make the window or the layers smaller",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TapeTooLarge),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The memory of the training windows of a batch does not fit.</summary>
    public static readonly DiagnosticDescriptor BatchTooLarge = new(
        id: DiagnosticIds.BatchTooLarge,
        title: "Batch is too large",
        messageFormat: "Training '{0}' on a batch of {1} windows of {2} steps takes up to {3} bytes; the limit is {4} bytes, so make the batch, the window or the layers smaller",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.BatchTooLarge),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An enum argument has a value without a name.</summary>
    public static readonly DiagnosticDescriptor UnknownActivation = new(
        id: DiagnosticIds.UnknownActivation,
        title: "Activation is unknown",
        messageFormat: "{0} is not a member of Activation; [{1}] on '{2}' needs one, such as Activation.Tanh",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnknownActivation),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The compiler could not bind an attribute, or RnnGen does not know it.</summary>
    public static readonly DiagnosticDescriptor UnreadableAttribute = new(
        id: DiagnosticIds.UnreadableAttribute,
        title: "Attribute cannot be read",
        messageFormat: "[{0}] on '{1}' cannot be read; use an attribute of RnnGen with the arguments that its constructor requires",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnreadableAttribute),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The value of a numeric option is out of range.</summary>
    public static readonly DiagnosticDescriptor NumberOutOfRange = new(
        id: DiagnosticIds.NumberOutOfRange,
        title: "Number is out of range",
        messageFormat: "{0} of [{1}] on '{2}' is {3}, but must be {4}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NumberOutOfRange),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An option is set that the other options leave without effect.</summary>
    public static readonly DiagnosticDescriptor OptionWithoutEffect = new(
        id: DiagnosticIds.OptionWithoutEffect,
        title: "Option has no effect",
        messageFormat: "{0} of [{1}] on '{2}' has no effect because {3}; remove it",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.OptionWithoutEffect),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The number of weights of a head differs from its number of outputs.</summary>
    public static readonly DiagnosticDescriptor WeightCount = new(
        id: DiagnosticIds.WeightCount,
        title: "Head needs one weight per output",
        messageFormat: "{0} of [{1}] on '{2}' has {3}; give one number per output, in the order of the outputs",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.WeightCount),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The generated code exceeds one megabyte.</summary>
    public static readonly DiagnosticDescriptor MuchText = new(
        id: DiagnosticIds.MuchText,
        title: "Generated code is large",
        messageFormat: "'{0}' generates {1} MB of code, the largest part for '{2}' ({3}); compiling it takes seconds in every build",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.MuchText));

    /// <summary>The generated code is too large to compile in reasonable time.</summary>
    public static readonly DiagnosticDescriptor TooMuchText = new(
        id: DiagnosticIds.TooMuchText,
        title: "Generated code is too large",
        messageFormat: "'{0}' generates {1} MB of code, the largest part for '{2}' ({3}); use fewer layers, levels or options",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TooMuchText),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
