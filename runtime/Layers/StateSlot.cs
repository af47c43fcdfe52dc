using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>The place of one state of one layer.</summary>
/// <param name="Name">Layer and state, such as <c>Hidden.h</c>.</param>
/// <param name="Offset">Where it starts, in floats.</param>
/// <param name="Size">Its numbers.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StateSlot(string Name, int Offset, int Size)
{
    /// <summary>The state without its layer, such as <c>h</c>.</summary>
    internal ReadOnlySpan<char> Kind => Name.AsSpan(Name.LastIndexOf('.') + 1);
}
