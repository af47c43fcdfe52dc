using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>How layers are declared, and in which order.</content>
internal static partial class Descriptors
{
    /// <summary>The model has no layer.</summary>
    public static readonly DiagnosticDescriptor NoLayer = new(
        id: DiagnosticIds.NoLayer,
        title: "Model needs a layer",
        messageFormat: "'{0}' has no layer; add a layer attribute to the class, such as [Lstm(20)], or members such as '[Lstm(20)] public partial Layer Hidden {{ get; }}'",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NoLayer),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The layers on the class do not have one clear order.</summary>
    public static readonly DiagnosticDescriptor LayerNotForClass = new(
        id: DiagnosticIds.LayerNotForClass,
        title: "Layers on the class must be one recurrent layer and at most one head",
        messageFormat: "The layers of '{0}' cannot be declared on the class: {1}; a class can have one recurrent layer, at most one head and at most one embedding, so declare the layers as members",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.LayerNotForClass),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Some layers are declared on the class and some as members.</summary>
    public static readonly DiagnosticDescriptor MixedLayers = new(
        id: DiagnosticIds.MixedLayers,
        title: "Layers must be declared either on the class or as members",
        messageFormat: "'{0}' has [{1}] on the class and other layers as members; declare all layers as members",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.MixedLayers),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Layers are declared in several files.</summary>
    public static readonly DiagnosticDescriptor LayersInTwoFiles = new(
        id: DiagnosticIds.LayersInTwoFiles,
        title: "Layers must be declared in one file",
        messageFormat: "Layers '{1}' and '{2}' of '{0}' are declared in two files, so their order is unclear; move them into one file",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.LayersInTwoFiles),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A member has several layer attributes.</summary>
    public static readonly DiagnosticDescriptor SeveralLayerAttributes = new(
        id: DiagnosticIds.SeveralLayerAttributes,
        title: "Member must declare one layer",
        messageFormat: "'{0}' has both [{1}] and [{2}]; declare one member per layer",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.SeveralLayerAttributes),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A layer attribute is on a member that cannot be implemented by generated code.</summary>
    public static readonly DiagnosticDescriptor NotALayerMember = new(
        id: DiagnosticIds.NotALayerMember,
        title: "Layer must be a get-only partial property of type Layer",
        messageFormat: "'{0}' cannot be a layer because {1}; write 'public partial Layer {0} {{ get; }}'",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NotALayerMember),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A partial property of type Layer has no layer attribute.</summary>
    public static readonly DiagnosticDescriptor LayerWithoutAttribute = new(
        id: DiagnosticIds.LayerWithoutAttribute,
        title: "Layer member needs a layer attribute",
        messageFormat: "'{0}' is a partial property of type Layer, but has no layer attribute; add one, such as [Lstm(20)]",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.LayerWithoutAttribute),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A member has a name that the generated code needs.</summary>
    public static readonly DiagnosticDescriptor ReservedName = new(
        id: DiagnosticIds.ReservedName,
        title: "Name is taken by generated code",
        messageFormat: "'{0}' cannot {2} '{1}' because the generated code uses this name; choose another",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ReservedName),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A name derived from the name of a head is taken.</summary>
    public static readonly DiagnosticDescriptor HeadNameTaken = new(
        id: DiagnosticIds.HeadNameTaken,
        title: "Name derived from a head is taken",
        messageFormat: "A name derived from the head '{0}' would be {1}; rename the head",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.HeadNameTaken),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A layer follows a head.</summary>
    public static readonly DiagnosticDescriptor HeadNotLast = new(
        id: DiagnosticIds.HeadNotLast,
        title: "Head must be the last layer",
        messageFormat: "'{0}' is a head, but '{1}' follows it; heads must come last",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.HeadNotLast),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>An embedding follows another layer.</summary>
    public static readonly DiagnosticDescriptor EmbeddingNotFirst = new(
        id: DiagnosticIds.EmbeddingNotFirst,
        title: "Embedding must be the first layer",
        messageFormat: "'{0}' is an embedding, but comes after '{1}'; an embedding reads tokens, so it must be the first layer",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.EmbeddingNotFirst),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The first layer of a model that reads tokens has no weight matrix.</summary>
    public static readonly DiagnosticDescriptor TokensWithoutWeights = new(
        id: DiagnosticIds.TokensWithoutWeights,
        title: "Layer that reads tokens must have a weight matrix",
        messageFormat: "'{0}' has no weight matrix and cannot read tokens; start with a layer that has one, such as [Embedding(8)] or [Rnn(10)]",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TokensWithoutWeights),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A recurrent layer reads a layer that outputs only its last step.</summary>
    public static readonly DiagnosticDescriptor NothingToRecurOver = new(
        id: DiagnosticIds.NothingToRecurOver,
        title: "Recurrent layer needs a sequence",
        messageFormat: "'{0}' is recurrent, but '{1}' before it has ReturnSequences = false and outputs only its last step; set it on the last recurrent layer only",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NothingToRecurOver),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A head aligns labels with the steps of a window, of which it gets only the last one.</summary>
    public static readonly DiagnosticDescriptor NothingToAlign = new(
        id: DiagnosticIds.NothingToAlign,
        title: "Labels need a sequence to be aligned with",
        messageFormat: "'{0}' aligns labels with the steps of a window, but '{1}' before it has ReturnSequences = false and outputs only its last step; remove that option",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.NothingToAlign),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A softmax has one class.</summary>
    public static readonly DiagnosticDescriptor SoftmaxOfOne = new(
        id: DiagnosticIds.SoftmaxOfOne,
        title: "Softmax needs two classes",
        messageFormat: "[Softmax] on '{0}' has one class, whose probability is always 1; write [Softmax(2)] for two classes, or [Sigmoid(1)] for the probability of yes or no",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.SoftmaxOfOne),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A layer is declared on a type, or on a member of a type, that is not a model.</summary>
    public static readonly DiagnosticDescriptor LayerWithoutModel = new(
        id: DiagnosticIds.LayerWithoutModel,
        title: "Layer needs a model",
        messageFormat: "[{0}] declares a layer, but '{1}' has no [RnnModel]; add [RnnModel(inputSize: ..., sequenceLength: ...)] or remove the layer",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.LayerWithoutModel),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
