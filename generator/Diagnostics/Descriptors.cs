using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <summary>All diagnostics of RnnGen. Each has a page under <c>docs</c>; all but one are errors.</summary>
internal static partial class Descriptors
{
    private const string Category = "RnnGen";

    /// <summary>All descriptors in the order of their ids. A property, because static fields in several files have no defined order of initialization.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All =>
    [
        ModelNotPartial,
        ContainerNotPartial,
        ModelIsGeneric,
        ModelIsStatic,
        ModelIsAbstract,
        ModelIsFileLocal,
        ModelIsRecord,
        UserConstructor,
        LanguageVersionTooOld,
        SizeNotPositive,
        ArgumentNotConstant,
        TooManyParameters,
        TapeTooLarge,
        UnknownActivation,
        UnreadableAttribute,
        NoLayer,
        LayerNotForClass,
        MixedLayers,
        LayersInTwoFiles,
        SeveralLayerAttributes,
        NotALayerMember,
        LayerWithoutAttribute,
        ReservedName,
        HeadNotLast,
        EmbeddingNotFirst,
        TokensWithoutWeights,
        NothingToRecurOver,
        InternalError,
        UnknownSource,
        SourcesDiffer,
        ResidualSizes,
        UnusedLayer,
        TokensNotNumbers,
        NoStep,
        OptionOutOfRange,
        NumberOutOfRange,
        OptionWithoutEffect,
        WeightCount,
        TiedSizes,
        NormalizationOfLayer,
        BatchTooLarge,
        LayerWithoutModel,
        HeadNameTaken,
        UnusableBase,
        MuchText,
        TooMuchText,
        SystemHidden,
        WeightsFileUnknown,
        WeightsFileUnreadable,
        WeightsFileNotEmbedded,
        TensorMissing,
        TensorMismatch,
        TensorSurplus,
        NothingToAlign,
        SoftmaxOfOne,
    ];
}
