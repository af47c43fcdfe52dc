namespace RnnGen;

/// <summary>What a file of a model has besides weights and metadata.</summary>
public sealed record SaveOptions
{
    /// <summary>A window and the outputs that the model gives for it, for <see cref="LoadOptions.CheckAnswers"/>; null for none.</summary>
    public KnownAnswers? Answers { get; init; }

    /// <summary>
    /// Whether the weights are written in the formats that the steps of the model read (<see cref="WeightFormat"/>), which makes the file as small as they are: some
    /// quarter with <see cref="WeightFormat.Int8"/>. <c>Load</c> gives the rounded weights: those with which the steps of this model compute, so that they are the same,
    /// bit for bit; what has been rounded away is lost for training. Other classes with the same layers read the file, too, and other programs that multiply by its scales.
    /// <see langword="false"/> by default: floats.
    /// </summary>
    public bool Narrow { get; init; }
}
