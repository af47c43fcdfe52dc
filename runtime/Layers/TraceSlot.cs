using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>Where a tape keeps a value of the equations.</summary>
/// <param name="Name">Layer and value, such as <c>Hidden.h</c>.</param>
/// <param name="Start">Where the first row starts, in floats.</param>
/// <param name="Stride">Distance to the next.</param>
/// <param name="Size">Numbers per row.</param>
/// <param name="IsOnce">Whether there is one row per window and not one per step.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TraceSlot(string Name, int Start, int Stride, int Size, bool IsOnce);
