using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>The place of one state of one layer.</summary>
/// <param name="Name">Layer and state, such as <c>Hidden.h</c>.</param>
/// <param name="Offset">Where it starts, in floats.</param>
/// <param name="Size">Its numbers.</param>
/// <param name="Initial">Where the packed weights have what it starts from; -1 where it starts at zero.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StateSlot(string Name, int Offset, int Size, int Initial = -1)
{
    /// <summary>The state without its layer, such as <c>h</c>.</summary>
    internal ReadOnlySpan<char> Kind => Name.AsSpan(Name.LastIndexOf('.') + 1);
}
