namespace RnnGen.Checkpoints;

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Reason">The kind of error.</param>
/// <param name="Tensor">The tensor that it concerns; null if it is none.</param>
/// <param name="Offset">Where it is in the file; null if that is not known.</param>
/// <param name="Text">What was expected and what was found.</param>
internal sealed record LoadProblem(CheckpointReason Reason, string? Tensor, long? Offset, FormattableString Text);
