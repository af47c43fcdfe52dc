namespace RnnGen.Generator.Diagnostics;

/// <summary>The ids of all diagnostics. An id is never reused.</summary>
internal static class DiagnosticIds
{
    public const string ModelNotPartial = "RNN0001";
    public const string ContainerNotPartial = "RNN0002";
    public const string ModelIsGeneric = "RNN0003";
    public const string ModelIsStatic = "RNN0004";
    public const string ModelIsAbstract = "RNN0005";
    public const string ModelIsFileLocal = "RNN0006";
    public const string ModelIsRecord = "RNN0007";
    public const string UserConstructor = "RNN0008";
    public const string LanguageVersionTooOld = "RNN0009";
    public const string SizeNotPositive = "RNN0010";
    public const string ArgumentNotConstant = "RNN0011";
    public const string TooManyParameters = "RNN0012";
    public const string TapeTooLarge = "RNN0013";
    public const string UnknownActivation = "RNN0014";
    public const string UnreadableAttribute = "RNN0015";
    public const string NoLayer = "RNN0016";
    public const string LayerNotForClass = "RNN0017";
    public const string MixedLayers = "RNN0018";
    public const string LayersInTwoFiles = "RNN0019";
    public const string SeveralLayerAttributes = "RNN0020";
    public const string NotALayerMember = "RNN0021";
    public const string LayerWithoutAttribute = "RNN0022";
    public const string ReservedName = "RNN0023";
    public const string HeadNotLast = "RNN0024";
    public const string EmbeddingNotFirst = "RNN0025";
    public const string TokensWithoutWeights = "RNN0026";
    public const string NothingToRecurOver = "RNN0027";
    public const string InternalError = "RNN0028";
    public const string UnknownSource = "RNN0029";
    public const string SourcesDiffer = "RNN0030";
    public const string ResidualSizes = "RNN0031";
    public const string UnusedLayer = "RNN0032";
    public const string TokensNotNumbers = "RNN0033";
    public const string NoStep = "RNN0034";
    public const string OptionOutOfRange = "RNN0035";
    public const string NumberOutOfRange = "RNN0036";
    public const string OptionWithoutEffect = "RNN0037";
    public const string WeightCount = "RNN0038";
    public const string TiedSizes = "RNN0039";
    public const string NormalizationOfLayer = "RNN0040";
    public const string BatchTooLarge = "RNN0041";
    public const string LayerWithoutModel = "RNN0043";
    public const string HeadNameTaken = "RNN0044";
    public const string UnusableBase = "RNN0045";
    public const string MuchText = "RNN0046";
    public const string TooMuchText = "RNN0047";
    public const string SystemHidden = "RNN0048";
    public const string NothingToAlign = "RNN0049";
}
