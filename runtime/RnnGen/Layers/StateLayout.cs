using System.ComponentModel;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>What all states of a model class have in common, so that each of many has no more than a reference to it.</summary>
/// <param name="slots">The states.</param>
/// <param name="half">Size of all states, in floats.</param>
/// <param name="work">Size of the scratch memory, in floats.</param>
/// <param name="ahead">Size of the memory for those steps of a window that are taken at a time, in floats; 0 where each step goes through all layers.</param>
/// <param name="kept">What a step must leave finite, and bytes store; null for the states alone.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateLayout(StateSlot[] slots, int half, int work, int ahead = 0, StateSlot[]? kept = null)
{
    internal StateSlot[] Slots { get; } = slots;

    /// <summary>The states and, of a model that holds bad steps, the outputs of the last step.</summary>
    internal StateSlot[] Kept { get; } = kept ?? slots;

    /// <summary>Floats of one half of the memory, of the states before a step or after it.</summary>
    internal int Half { get; } = half;

    /// <summary>Floats of a state's memory: two halves that take turns, then scratch memory.</summary>
    internal int Size { get; } = checked((2 * half) + work);

    internal bool IsLearned { get; } = StateSlot.AreLearned(slots);

    /// <summary>The name of the model, and the names and sizes of its states; created when it is first needed.</summary>
    internal byte[]? Signature { get; set; }

    internal AlignedBuffer CreateAhead() => new(ahead);

    internal bool HasAhead => ahead > 0;
}
