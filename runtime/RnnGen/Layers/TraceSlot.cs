using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>The place of a traced value in a tape's memory.</summary>
/// <param name="Name">Layer and value, such as <c>Hidden.h</c>.</param>
/// <param name="Start">Where the first row starts, in floats.</param>
/// <param name="Stride">Distance between rows, in floats.</param>
/// <param name="Size">Number of elements per row.</param>
/// <param name="IsOnce">Whether there is one row per window instead of one per step.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TraceSlot(string Name, int Start, int Stride, int Size, bool IsOnce);
