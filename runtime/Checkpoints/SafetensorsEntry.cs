namespace RnnGen.Checkpoints;

/// <summary>What a header says about one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Type of its elements.</param>
/// <param name="Shape">Its shape, not negative.</param>
/// <param name="Begin">Where its data begins, in bytes from the end of the header.</param>
/// <param name="End">Where its data ends.</param>
/// <param name="Offset">Where in the file the header speaks of it.</param>
internal sealed record SafetensorsEntry(string Name, string Dtype, long[] Shape, long Begin, long End, long Offset);
