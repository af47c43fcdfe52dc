namespace RnnGen;
#pragma warning disable CS1591
public sealed class CheckpointException : Exception;
