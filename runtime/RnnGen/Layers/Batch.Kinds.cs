using RnnGen.CompilerServices;

namespace RnnGen;

// The states of all lanes, levels and directions at once.
public abstract partial class Batch
{
    /// <summary>
    /// Copies the states of one kind of all levels, directions and lanes, as PyTorch's <c>h_n</c> and <c>c_n</c> have them: first those of the lowest level,
    /// forward before reverse.
    /// </summary>
    /// <param name="name">The kind, such as <c>h</c> or <c>c</c>, of all recurrent layers in their order; or that of one layer, such as <c>Memory.h</c>.</param>
    /// <param name="values">Receives [levels x directions, <see cref="Lanes"/>, size]; if sizes differ, the lanes of one state after those of the other.</param>
    /// <exception cref="ArgumentException">The model has no such state, or the length is wrong.</exception>
    public void CopyTo(string name, Span<float> values)
    {
        Check.Length(values.Length, Lanes * StateSlot.Count(_slots, name), nameof(values));
        foreach (StateSlot slot in _slots)
        {
            for (int lane = 0; lane < Lanes && slot.Is(name); lane++)
            {
                ReadStart(lane);
                Lane(lane).Slice(slot.Offset, slot.Size).CopyTo(values);
                values = values[slot.Size..];
            }
        }
    }

    /// <summary>Sets the states of one kind of all levels, directions and lanes, as PyTorch's <c>h_0</c> and <c>c_0</c> have them. Other states are unchanged.</summary>
    /// <param name="name">The kind, such as <c>h</c> or <c>c</c>, of all recurrent layers in their order; or that of one layer, such as <c>Memory.h</c>.</param>
    /// <param name="values">[levels x directions, <see cref="Lanes"/>, size], in the order of <see cref="CopyTo"/>.</param>
    /// <exception cref="ArgumentException">The model has no such state, or the length is wrong; nothing was changed.</exception>
    public void StartFrom(string name, ReadOnlySpan<float> values)
    {
        Check.Length(values.Length, Lanes * StateSlot.Count(_slots, name), nameof(values));
        for (int lane = 0; lane < Lanes; lane++)
        {
            BeginAnew(lane);
        }

        foreach (StateSlot slot in _slots)
        {
            for (int lane = 0; lane < Lanes && slot.Is(name); lane++)
            {
                values[..slot.Size].CopyTo(Lane(lane).Slice(slot.Offset, slot.Size));
                values = values[slot.Size..];
            }
        }
    }

    /// <summary>No step has been taken from the states that a lane gets.</summary>
    private void BeginAnew(int lane)
    {
        ReadStart(lane);
        _isAtStart[lane] = false;
        foreach (StateSlot slot in _kept.AsSpan(_slots.Length))
        {
            Lane(lane).Slice(slot.Offset, slot.Size).Clear();
        }
    }
}
