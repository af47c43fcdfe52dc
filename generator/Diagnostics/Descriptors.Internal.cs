using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>Defects of the generator.</content>
internal static partial class Descriptors
{
    /// <summary>RnnGen itself failed.</summary>
    public static readonly DiagnosticDescriptor InternalError = new(
        id: DiagnosticIds.InternalError,
        title: "RnnGen failed",
        messageFormat: "RnnGen failed on '{0}', which is a bug in RnnGen; please report it: {1}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.InternalError),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
