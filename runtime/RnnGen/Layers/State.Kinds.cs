using RnnGen.CompilerServices;

namespace RnnGen;

// The states of all levels and directions at once.
public abstract partial class State
{
    /// <summary>
    /// Copies the states of one kind of all levels and directions, as PyTorch's <c>h_n</c> and <c>c_n</c> have them: first those of the lowest level, forward
    /// before reverse.
    /// </summary>
    /// <param name="name">The kind, such as <c>h</c> or <c>c</c>, of all recurrent layers in their order; or that of one layer, such as <c>Memory.h</c>.</param>
    /// <param name="values">Receives [levels x directions, size]; if sizes differ, one state after the other.</param>
    /// <exception cref="ArgumentException">The model has no such state, or the length is wrong.</exception>
    public void CopyTo(string name, Span<float> values)
    {
        Check.Length(values.Length, StateSlot.Count(_layout.Slots, name), nameof(values));
        ReadStart();
        foreach (StateSlot slot in _layout.Slots)
        {
            if (slot.Is(name))
            {
                Now(slot).CopyTo(values);
                values = values[slot.Size..];
            }
        }
    }

    /// <summary>Sets the states of one kind of all levels and directions, as PyTorch's <c>h_0</c> and <c>c_0</c> have them. Other states are unchanged.</summary>
    /// <param name="name">The kind, such as <c>h</c> or <c>c</c>, of all recurrent layers in their order; or that of one layer, such as <c>Memory.h</c>.</param>
    /// <param name="values">[levels x directions, size], in the order of <see cref="CopyTo(string, Span{float})"/>.</param>
    /// <exception cref="ArgumentException">The model has no such state, or the length is wrong; nothing was changed.</exception>
    public void StartFrom(string name, ReadOnlySpan<float> values)
    {
        Check.Length(values.Length, StateSlot.Count(_layout.Slots, name), nameof(values));
        ReadStart();
        BeginAnew();
        foreach (StateSlot slot in _layout.Slots)
        {
            if (slot.Is(name))
            {
                values[..slot.Size].CopyTo(Now(slot));
                values = values[slot.Size..];
            }
        }
    }
}
