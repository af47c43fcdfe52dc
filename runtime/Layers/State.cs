using System.ComponentModel;
using System.Runtime.CompilerServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// The memory of one stream: the states of all recurrent layers. N streams need N states and nothing more; one state must not be
/// used by two threads at a time.
/// </summary>
public abstract class State
{
    private readonly StateSlot[] _slots;
    private readonly int _half;

    // Two halves that take turns, then scratch memory: a step reads one half while it writes the other. Aligned, because a small cell
    // waits for its own stores: where they straddle cache lines, a step of an RNN with 20 units takes half as long again.
    private readonly AlignedBuffer _memory;
    private int _now;

    /// <summary>For generated code.</summary>
    /// <param name="slots">The states.</param>
    /// <param name="half">Floats that they take.</param>
    /// <param name="work">Floats of scratch memory.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected State(StateSlot[] slots, int half, int work)
    {
        _slots = slots;
        _half = half;
        _memory = new AlignedBuffer((2 * half) + work);
    }

    /// <summary>The numbers of one state of one layer, to be read or written. The span is good until the next step; then ask again.</summary>
    /// <param name="name">Layer and state, such as <c>Hidden.h</c> or <c>Lstm.c</c>.</param>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public Span<float> this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            foreach (StateSlot slot in _slots)
            {
                if (slot.Name == name)
                {
                    return _memory.Span.Slice(_now + slot.Offset, slot.Size);
                }
            }

            string known = _slots.Length == 0 ? "it has none" : $"it has {string.Join(", ", _slots.Select(s => $"'{s.Name}'"))}";
            throw new ArgumentException($"The model has no state '{name}'; {known}.", nameof(name));
        }
    }

    /// <summary>Names of the states, such as <c>Hidden.h</c>, in the order of the layers.</summary>
    public IEnumerable<string> Names => _slots.Select(slot => slot.Name);

    /// <summary>The first float of the states before a step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float NowOrigin => ref Unsafe.Add(ref _memory.Origin, _now);

    /// <summary>The states before a step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Span<float> NowSpan => _memory.Span.Slice(_now, _half);

    /// <summary>The first float of the states after a step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float NextOrigin => ref Unsafe.Add(ref _memory.Origin, _half - _now);

    /// <summary>The first float of the scratch memory.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float WorkOrigin => ref Unsafe.Add(ref _memory.Origin, 2 * _half);

    /// <summary>The scratch memory.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Span<float> WorkSpan => _memory.Span[(2 * _half)..];

    /// <summary>Starts a new sequence: all states become zero.</summary>
    public void Reset() => _memory.Span[..(2 * _half)].Clear();

    /// <summary>Takes over the states of another stream of the same model.</summary>
    /// <param name="other">The other stream.</param>
    /// <exception cref="ArgumentException"><paramref name="other"/> belongs to another model.</exception>
    public void CopyFrom(State other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.GetType() != GetType())
        {
            throw new ArgumentException($"The state belongs to another model: expected {GetType()}, found {other.GetType()}.", nameof(other));
        }

        other._memory.Span.Slice(other._now, _half).CopyTo(_memory.Span.Slice(_now, _half));
    }

    /// <summary>Makes the states after the step the current ones.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Advance() => _now = _half - _now;
}
