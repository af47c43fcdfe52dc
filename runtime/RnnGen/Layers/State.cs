using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// The state of one stream: the states of all recurrent layers. N streams need N states and share one model. A state must not be
/// used by two threads at the same time. <see cref="StateExtensions.Fork"/> creates a second stream that continues from the same point.
/// </summary>
public abstract partial class State
{
    private readonly StateLayout _layout;

    // They have what it starts from; null where it starts at zero.
    private readonly ModelWeights? _weights;

    // Two halves that alternate, then scratch memory: a step reads one half and writes the other. Aligned, because a small cell waits for its own
    // stores: if they straddle cache lines, a step of an RNN with 20 units takes half as long again.
    private AlignedBuffer _memory;

    // The addresses of both halves: that of the current states, and that of the states after a step.
    private nint _now;
    private nint _next;

    // A copy, so that a step does not read the layout.
    private readonly int _half;

    // Memory for those steps of a window that are taken at a time. A stream that shares its piece of memory with others has it from its first window on.
    private AlignedBuffer? _ahead;

    // Whether it starts from the learned initial states. Its memory is then not valid yet: the weights may change before the first step.
    private bool _isAtStart;

    // Whether it is one of several that take a step together, for the time of that step.
    private bool _isTaken;

    /// <summary>For generated code.</summary>
    /// <param name="layout">What all states of the model's class have in common.</param>
    /// <param name="weights">The weights of the model; null for gradients of states.</param>
    /// <param name="memory">Where many streams are side by side; null for one with memory of its own.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected State(StateLayout layout, ModelWeights? weights, StateMemory? memory = null)
    {
        _layout = layout;
        _half = layout.Half;
        _weights = layout.IsLearned ? weights : null;
        _isAtStart = _weights is not null;
        _ahead = weights is not null && memory is null && layout.HasAhead ? layout.CreateAhead() : null;
        Settle(memory ?? new StateMemory(1));
    }

    /// <summary>
    /// One state of one layer, to be read or written. The span is valid until the next step. Access counts as setting the state:
    /// a window that starts from it does not train learned initial states.
    /// </summary>
    /// <param name="name">Layer and state, such as <c>Hidden.h</c> or <c>Lstm.c</c>.</param>
    /// <exception cref="ArgumentException">The model has no such state.</exception>
    public Span<float> this[string name]
    {
        get
        {
            StateSlot slot = StateSlot.Find(_layout.Slots, name);
            ReadStart();
            _isAtStart = false;
            return Now(slot);
        }
    }

    /// <summary>Names of the states, such as <c>Hidden.h</c>, in the order of the layers.</summary>
    public IEnumerable<string> Names => _layout.Slots.Select(slot => slot.Name);

    /// <summary>Number of elements of all states together.</summary>
    public int Count => StateSlot.Count(_layout.Slots);

    /// <summary>
    /// Whether all elements of all states are finite. A NaN can stay in a stream forever, and every output after it is NaN, which is
    /// neither above nor below any threshold: check from time to time, and <see cref="Reset"/>, or declare the model with <see cref="NonFinite.Hold"/>. Allocates
    /// nothing.
    /// </summary>
    public bool IsFinite
    {
        get
        {
            ReadStart();
            return StateSlot.AreFinite(_layout.Slots, Values);
        }
    }

    internal ref float NowOrigin => ref AlignedBuffer.At(_now);

    internal ref float NextOrigin => ref AlignedBuffer.At(_next);

    internal ref float WorkOrigin => ref Unsafe.Add(ref AlignedBuffer.At(Math.Max(_now, _next)), _half);

    internal ref float AheadOrigin => ref (_ahead ??= _layout.CreateAhead()).Origin;

    internal Span<float> WorkSpan => Block[(2 * _half)..];

    /// <summary>
    /// Starts a new sequence: sets all states to zero or, where the layers learn them, to the initial states
    /// (<see cref="RecurrentAttribute.LearnInitialState"/>).
    /// </summary>
    public void Reset()
    {
        Block[..(2 * _half)].Clear();
        _isAtStart = _weights is not null;
    }

    /// <summary>Copies the states of another stream of the same model class.</summary>
    /// <param name="other">The other stream.</param>
    /// <exception cref="ArgumentException"><paramref name="other"/> belongs to another model.</exception>
    public void CopyFrom(State other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.GetType() != GetType())
        {
            throw new ArgumentException($"The state belongs to another model: expected {GetType()}, found {other.GetType()}.", nameof(other));
        }

        other.ReadStart();
        other.Values.CopyTo(Values);
        _isAtStart = other._isAtStart && _weights is not null;
    }

    /// <summary>
    /// Copies the states of a stream of another model, such as from an encoder to a decoder. Both models must have the same recurrent layers in
    /// the same order: with the same states, of the same sizes; names of layers may differ. It also copies gradients in the other direction, from the decoder's
    /// <c>InitialStateGradients</c> to a state of the encoder.
    /// </summary>
    /// <param name="other">The other stream. It is unchanged.</param>
    /// <exception cref="ArgumentException">The states differ in number, kind or size; the message has both. Nothing was changed.</exception>
    public void StartFrom(State other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Fits(other))
        {
            throw new ArgumentException(
                $"The states do not fit: expected {StateSlot.Describe(_layout.Slots)}, found {StateSlot.Describe(other._layout.Slots)}.", nameof(other));
        }

        other.ReadStart();
        BeginAnew();
        for (int k = 0; k < _layout.Slots.Length; k++)
        {
            other.Now(other._layout.Slots[k]).CopyTo(Now(_layout.Slots[k]));
        }
    }

    /// <summary>Sets all states, for example to the outputs of a dense layer.</summary>
    /// <param name="values">[<see cref="Count"/>], state by state in the order of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="Count"/>; nothing was changed.</exception>
    public void StartFrom(ReadOnlySpan<float> values)
    {
        Check.Length(values.Length, Count, nameof(values));
        BeginAnew();
        foreach (StateSlot slot in _layout.Slots)
        {
            values[..slot.Size].CopyTo(Now(slot));
            values = values[slot.Size..];
        }
    }

    /// <summary>Copies all states.</summary>
    /// <param name="values">Receives [<see cref="Count"/>], state by state in the order of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="Count"/>.</exception>
    public void CopyTo(Span<float> values)
    {
        Check.Length(values.Length, Count, nameof(values));
        ReadStart();
        foreach (StateSlot slot in _layout.Slots)
        {
            Now(slot).CopyTo(values);
            values = values[slot.Size..];
        }
    }

    /// <summary>Whether the states are those of a model.</summary>
    internal bool HasSlots(StateSlot[] slots) => _layout.Slots == slots;

    /// <summary>Number of elements of one of the states.</summary>
    internal int SizeOf(string name) => StateSlot.Find(_layout.Slots, name).Size;

    /// <summary>The current states, including padding.</summary>
    internal Span<float> Values => MemoryMarshal.CreateSpan(ref NowOrigin, _half);

    /// <summary>Whether it starts from the learned initial states.</summary>
    internal bool IsAtStart
    {
        get => _isAtStart;
        set => _isAtStart = value && _weights is not null;
    }

    /// <summary>
    /// Keeps a stream that is trained on finite: if a window left values that are not finite, the states from before the window are restored, so that one bad
    /// window does not spoil all later ones. If these were not finite either, the stream is reset.
    /// </summary>
    /// <param name="before">The stream as it was before the window.</param>
    internal void StayFinite(State before)
    {
        if (IsFinite)
        {
            return;
        }

        if (before.IsFinite)
        {
            CopyFrom(before);
        }
        else
        {
            Reset();
        }
    }

    internal State Copy()
    {
        var copy = (State)MemberwiseClone();
        copy._ahead = _ahead is null ? null : _layout.CreateAhead();
        copy.Settle(new StateMemory(1));
        Block.CopyTo(copy.Block);
        if (_now > _next)
        {
            copy.Advance();
        }

        return copy;
    }

    internal void Advance() => (_now, _next) = (_next, _now);

    /// <summary>Keeps the states in the other half, from where <see cref="Advance"/> brings them back.</summary>
    internal void Remember()
    {
        Span<float> before = Values;
        Advance();
        before.CopyTo(Values);
    }

    /// <summary>Takes the last step back, unless its inputs and what came of them are finite. The states from before it are in the other half.</summary>
    /// <param name="inputs">The inputs of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Hold(ReadOnlySpan<float> inputs)
    {
        if (!FloatBits.AreFinite(inputs) || !StateSlot.AreFinite(_layout.Kept, Values))
        {
            Advance();
        }
    }

    internal void ReadStates(int start, Span<float> row) => StateSlot.Copy(_layout.Slots, Values, start, row);

    /// <summary>Writes the learned initial states if this is the first step of a sequence.</summary>
    /// <param name="weights">The weights of the model that takes the step.</param>
    /// <returns>Whether it is the first step.</returns>
    internal bool LeaveStart(ModelWeights weights)
    {
        bool wasAtStart = _isAtStart;
        if (wasAtStart)
        {
            ReadStart(weights);
            _isAtStart = false;
        }

        return wasAtStart;
    }

    private Span<float> Block => MemoryMarshal.CreateSpan(ref AlignedBuffer.At(Origin), _layout.Size);

    /// <summary>The address of its memory.</summary>
    private nint Origin => Math.Min(_now, _next);

    [MemberNotNull(nameof(_memory))]
    private void Settle(StateMemory memory)
    {
        (_memory, int start) = memory.Take(_layout.Size);
        _now = _memory.Address + (start * sizeof(float));
        _next = _now + (_half * sizeof(float));
    }

    private void ReadStart()
    {
        if (_isAtStart)
        {
            ReadStart(_weights!);
        }
    }

    private void ReadStart(ModelWeights weights) => StateSlot.ReadStart(_layout.Slots, weights, Values);

    /// <summary>No step has been taken from the states that it gets.</summary>
    private void BeginAnew()
    {
        _isAtStart = false;
        foreach (StateSlot slot in _layout.Kept.AsSpan(_layout.Slots.Length))
        {
            Now(slot).Clear();
        }
    }

    private Span<float> Now(StateSlot slot) => Values.Slice(slot.Offset, slot.Size);

    private bool Fits(State other)
    {
        if (other._layout.Slots.Length != _layout.Slots.Length)
        {
            return false;
        }

        for (int k = 0; k < _layout.Slots.Length; k++)
        {
            if (other._layout.Slots[k].Size != _layout.Slots[k].Size || !other._layout.Slots[k].Kind.SequenceEqual(_layout.Slots[k].Kind))
            {
                return false;
            }
        }

        return true;
    }
}
