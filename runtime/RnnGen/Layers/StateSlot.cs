using System.ComponentModel;
using System.Runtime.CompilerServices;
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

    /// <summary>The name without level and direction, such as <c>Hidden.h</c> for <c>Hidden.h_l1_reverse</c>.</summary>
    private ReadOnlySpan<char> Stem
    {
        get
        {
            int end = Kind.IndexOf('_');
            return end < 0 ? Name : Name.AsSpan(0, Name.Length - Kind.Length + end);
        }
    }

    /// <summary>Whether it is one of those that have a kind, such as <c>h</c>, or a kind of a layer, such as <c>Hidden.h</c>, on any level and in any direction.</summary>
    /// <param name="kind">The kind.</param>
    internal bool Is(ReadOnlySpan<char> kind) => Stem.SequenceEqual(kind) || Stem[(Stem.LastIndexOf('.') + 1)..].SequenceEqual(kind);

    /// <summary>Number of elements of all slots of a kind.</summary>
    /// <param name="slots">All slots of a model.</param>
    /// <param name="name">The kind, as in <see cref="Is"/>.</param>
    /// <returns>The number, at least 1.</returns>
    /// <exception cref="ArgumentException">The model has no such state.</exception>
    internal static int Count(StateSlot[] slots, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int count = 0;
        foreach (StateSlot slot in slots)
        {
            count += slot.Is(name) ? slot.Size : 0;
        }

        return count > 0 ? count : throw Unknown(name, slots.Select(slot => slot.Stem.ToString()).Distinct());
    }

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

        throw Unknown(name, slots.Select(slot => slot.Name));
    }

    private static ArgumentException Unknown(string name, IEnumerable<string> names)
    {
        string known = string.Join(", ", names.Select(known => $"'{known}'"));
        return new ArgumentException($"The model has no state '{name}'; it has {(known.Length == 0 ? "none" : known)}.", nameof(name));
    }
}
