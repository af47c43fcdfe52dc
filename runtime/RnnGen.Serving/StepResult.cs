namespace RnnGen.Serving;

/// <summary>What came of a step.</summary>
/// <param name="Status"><see cref="StreamStatus.Done"/>, <see cref="StreamStatus.Unknown"/> or <see cref="StreamStatus.NotFinite"/>.</param>
/// <param name="Version">The version of the weights that computed it; 0 if it was not taken.</param>
public readonly record struct StepResult(StreamStatus Status, int Version);
