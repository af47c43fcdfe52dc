namespace RnnGen;

/// <summary>What a file of a model has besides weights and metadata.</summary>
public sealed record SaveOptions
{
    /// <summary>A window and the outputs that the model gives for it, for <see cref="LoadOptions.CheckAnswers"/>; null for none.</summary>
    public KnownAnswers? Answers { get; init; }
}
