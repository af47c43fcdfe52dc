namespace RnnGen.Checkpoints;

/// <summary>The header's description of one tensor.</summary>
/// <param name="Name">The name.</param>
/// <param name="Dtype">The element type.</param>
/// <param name="Shape">The shape, not negative.</param>
/// <param name="Begin">Where the data begin, in bytes from the end of the header.</param>
/// <param name="End">Where the data end.</param>
/// <param name="Offset">The position of this entry in the file.</param>
internal sealed record SafetensorsEntry(string Name, string Dtype, long[] Shape, long Begin, long End, long Offset);
