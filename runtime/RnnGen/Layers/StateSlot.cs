using System.ComponentModel;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>The place of one state of one layer.</summary>
/// <param name="Name">Layer and state, such as <c>Hidden.h</c>.</param>
/// <param name="Offset">Where it starts, in floats.</param>
/// <param name="Size">Number of elements.</param>
/// <param name="Initial">Where its initial value is in the packed weights; -1 if it is zero.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StateSlot(string Name, int Offset, int Size, int Initial = -1)
{
    /// <summary>The name without that of the layer, such as <c>h</c>.</summary>
    internal ReadOnlySpan<char> Kind => Name.AsSpan(Name.LastIndexOf('.') + 1);

    /// <summary>Whether a sequence starts from what any of the layers have learned.</summary>
    /// <param name="slots">All slots of a model.</param>
    internal static bool AreLearned(StateSlot[] slots)
    {
        foreach (StateSlot slot in slots)
        {
            if (slot.Initial >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Number of elements of some slots together.</summary>
    /// <param name="slots">The slots.</param>
    internal static int Count(StateSlot[] slots)
    {
        int count = 0;
        foreach (StateSlot slot in slots)
        {
            count += slot.Size;
        }

        return count;
    }

    /// <summary>Whether all elements of some slots are finite.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="states">The states, laid out as the slots say.</param>
    internal static bool AreFinite(StateSlot[] slots, ReadOnlySpan<float> states)
    {
        foreach (StateSlot slot in slots)
        {
            if (!FloatBits.AreFinite(states.Slice(slot.Offset, slot.Size)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names and sizes, for messages.</summary>
    /// <param name="slots">The slots.</param>
    internal static string Describe(StateSlot[] slots) => slots.Length == 0 ? "none" : string.Join(", ", slots.Select(slot => $"{slot.Name}[{slot.Size}]"));

    /// <summary>Copies the states of one layer without the padding between them, which may hold anything after an infinite input.</summary>
    /// <param name="slots">All slots of a model.</param>
    /// <param name="states">The states, laid out as the slots say.</param>
    /// <param name="start">Where those of the layer start.</param>
    /// <param name="row">Takes them.</param>
    internal static void Copy(StateSlot[] slots, ReadOnlySpan<float> states, int start, Span<float> row)
    {
        foreach (StateSlot slot in slots)
        {
            int place = slot.Offset - start;
            if (place >= 0 && place < row.Length)
            {
                states.Slice(slot.Offset, slot.Size).CopyTo(row[place..]);
            }
        }
    }

    /// <summary>Writes the learned initial states.</summary>
    /// <param name="slots">All slots of a model.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="states">The states, laid out as the slots say.</param>
    internal static void ReadStart(StateSlot[] slots, ModelWeights weights, Span<float> states)
    {
        foreach (StateSlot slot in slots)
        {
            if (slot.Initial >= 0)
            {
                weights.Values.Slice(slot.Initial, slot.Size).CopyTo(states.Slice(slot.Offset, slot.Size));
            }
        }
    }

    /// <summary>Finds the slot with a name.</summary>
    /// <param name="slots">All slots of a model.</param>
    /// <param name="name">The name.</param>
    /// <returns>The slot.</returns>
    /// <exception cref="ArgumentException">The model has no such state.</exception>
    internal static StateSlot Find(StateSlot[] slots, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (StateSlot slot in slots)
        {
            if (slot.Name == name)
            {
                return slot;
            }
        }

        string known = slots.Length == 0 ? "it has none" : $"it has {string.Join(", ", slots.Select(s => $"'{s.Name}'"))}";
        throw new ArgumentException($"The model has no state '{name}'; {known}.", nameof(name));
    }
}
