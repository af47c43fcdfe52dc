using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>The file with the weights.</content>
internal static partial class Descriptors
{
    /// <summary>The weights file is not an item of the project.</summary>
    public static readonly DiagnosticDescriptor WeightsFileUnknown = new(
        id: DiagnosticIds.WeightsFileUnknown,
        title: "Weights file is not in the project",
        messageFormat: "'{0}' names the weights file '{1}', which the project does not have; add {2} to the project file",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.WeightsFileUnknown),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The weights file is not there, or is not a safetensors file.</summary>
    public static readonly DiagnosticDescriptor WeightsFileUnreadable = new(
        id: DiagnosticIds.WeightsFileUnreadable,
        title: "Weights file cannot be read",
        messageFormat: "The weights file '{1}' of '{0}' cannot be read: {2}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.WeightsFileUnreadable),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A model is to be loaded from a resource that the assembly will not have, or the assembly has a resource that no model is loaded from.</summary>
    public static readonly DiagnosticDescriptor WeightsFileNotEmbedded = new(
        id: DiagnosticIds.WeightsFileNotEmbedded,
        title: "Only one of model and project embeds the weights file",
        messageFormat: "{0}; write {1}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.WeightsFileNotEmbedded),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The weights file does not have tensors of a layer.</summary>
    public static readonly DiagnosticDescriptor TensorMissing = new(
        id: DiagnosticIds.TensorMissing,
        title: "Weights file lacks tensors",
        messageFormat: "Layer '{0}' needs tensors that '{1}' does not have: {2}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TensorMissing),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>Tensors of a layer have another shape or element type in the weights file.</summary>
    public static readonly DiagnosticDescriptor TensorMismatch = new(
        id: DiagnosticIds.TensorMismatch,
        title: "Tensor does not fit",
        messageFormat: "Layer '{0}' does not fit '{1}': {2}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TensorMismatch),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The weights file has tensors that no layer has.</summary>
    public static readonly DiagnosticDescriptor TensorSurplus = new(
        id: DiagnosticIds.TensorSurplus,
        title: "Weights file has other tensors",
        messageFormat: "The weights file '{1}' has tensors that no layer of '{0}' has: {2}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.TensorSurplus),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
