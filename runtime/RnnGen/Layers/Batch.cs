using System.ComponentModel;
using System.Runtime.CompilerServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// The states of several streams of one model, the lanes, that advance together: kernels load each weight once for eight lanes. A batch must not be used
/// by two threads at the same time.
/// </summary>
public abstract partial class Batch
{
    private readonly StateSlot[] _slots;

    // As in a state.
    private readonly StateSlot[] _kept;
    private readonly int _stride;
    private readonly int _half;
    private readonly int _scratch;
    private readonly int _workStride;

    // They have what the lanes start from; null where these start at zero.
    private readonly ModelWeights? _weights;

    // Whether lanes start from the learned initial states, as in a state.
    private readonly bool[] _isAtStart;

    // Two halves that alternate, then scratch memory, as in a state. A half holds the lanes side by side; so does the scratch memory, after the sums of a
    // group of lanes.
    private readonly AlignedBuffer _memory;
    private int _now;

    /// <summary>For generated code.</summary>
    /// <param name="slots">The states of a lane.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="most">The largest number of lanes.</param>
    /// <param name="weights">The weights of the model; null for gradients of states, which have no memory for steps.</param>
    /// <param name="stride">Distance between the states of two lanes, in floats.</param>
    /// <param name="work">Size of the scratch memory, in floats.</param>
    /// <param name="scratch">Floats at its start that hold the sums of a group of lanes.</param>
    /// <param name="workStride">Distance between the scratch memory of two lanes.</param>
    /// <param name="inputs">Inputs of a lane that are kept.</param>
    /// <param name="tokens">Tokens of a lane that are kept.</param>
    /// <param name="scores">Scores of a lane.</param>
    /// <param name="kept">What a step must leave finite; null for the states alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one lane, or more than the largest number.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Batch(
        StateSlot[] slots, int lanes, int most, ModelWeights? weights, int stride, int work, int scratch = 0, int workStride = 0, int inputs = 0, int tokens = 0, int scores = 0,
        StateSlot[]? kept = null)
    {
        if (lanes < 1 || lanes > most)
        {
            throw new ArgumentOutOfRangeException(nameof(lanes), lanes, $"A batch has 1 to {most} lanes.");
        }

        _slots = slots;
        _kept = kept ?? slots;
        Lanes = lanes;
        _stride = stride;
        _half = lanes * stride;
        _scratch = scratch;
        _workStride = workStride;
        _weights = StateSlot.AreLearned(slots) ? weights : null;
        _isAtStart = new bool[lanes];
        Array.Fill(_isAtStart, _weights is not null);
        _memory = new AlignedBuffer((2 * _half) + (weights is null ? 0 : work));
        if (weights is not null)
        {
            Rows = new BatchRows(lanes);
            Inputs = new float[lanes * inputs];
            Tokens = new int[lanes * tokens];
            Scores = new Score[lanes * scores];
        }
    }

    /// <summary>Number of lanes.</summary>
    public int Lanes { get; private set; }

    /// <summary>Names of the states, such as <c>Hidden.h</c>, in the order of the layers.</summary>
    public IEnumerable<string> Names => _slots.Select(slot => slot.Name);

    internal ref float NowOrigin => ref Unsafe.Add(ref _memory.Origin, _now);

    internal ref float NextOrigin => ref Unsafe.Add(ref _memory.Origin, _half - _now);

    internal ref float ScratchOrigin => ref Unsafe.Add(ref _memory.Origin, 2 * _half);

    internal ref float WorkOrigin => ref Unsafe.Add(ref ScratchOrigin, _scratch);

    internal Span<float> WorkSpan => _memory.Span[(2 * _half)..];

    /// <summary>Where the windows are of which the lanes take the steps; null for gradients.</summary>
    internal BatchRows? Rows { get; }

    internal float[] Inputs { get; } = [];

    internal int[] Tokens { get; } = [];

    internal Score[] Scores { get; } = [];

    /// <summary>One state of one lane, to be read or written. The span is valid until the next step.</summary>
    /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
    /// <param name="name">Layer and state, such as <c>Hidden.h</c> or <c>Lstm.c</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    /// <exception cref="ArgumentException">The model has no such state.</exception>
    public Span<float> this[int lane, string name]
    {
        get
        {
            StateSlot slot = StateSlot.Find(_slots, name);
            Span<float> states = Lane(lane);
            ReadStart(lane);
            _isAtStart[lane] = false;
            return states.Slice(slot.Offset, slot.Size);
        }
    }

    /// <summary>
    /// Starts new sequences in all lanes: sets all states to zero or, where the layers learn them, to the initial states
    /// (<see cref="RecurrentAttribute.LearnInitialState"/>).
    /// </summary>
    public void Reset()
    {
        _memory.Span[..(2 * _half)].Clear();
        Array.Fill(_isAtStart, _weights is not null);
    }

    /// <summary>Starts a new sequence in one lane, as <see cref="Reset()"/> does in all.</summary>
    /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public void Reset(int lane)
    {
        Lane(lane).Clear();
        _isAtStart[lane] = _weights is not null;
    }

    /// <summary>Copies a stream to a lane, which continues from there. The stream is unchanged.</summary>
    /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
    /// <param name="state">The stream, of the same model class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    /// <exception cref="ArgumentException">The stream belongs to another model.</exception>
    public void CopyIn(int lane, State state)
    {
        CheckModel(state);
        ReadRow(lane, state.Values, state.IsAtStart && _weights is not null);
    }

    /// <summary>Copies a lane to a stream, which continues from there. The lane is unchanged.</summary>
    /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
    /// <param name="state">The stream, of the same model class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    /// <exception cref="ArgumentException">The stream belongs to another model.</exception>
    public void CopyOut(int lane, State state)
    {
        CheckModel(state);
        WriteRow(lane, state.Values);
        state.IsAtStart = _isAtStart[lane];
    }

    /// <summary>Whether all elements of the states of a lane are finite; see <see cref="State.IsFinite"/>. Allocates nothing.</summary>
    /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
    /// <returns>Whether they are finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    public bool IsFinite(int lane)
    {
        Span<float> states = Lane(lane);
        ReadStart(lane);
        return StateSlot.AreFinite(_slots, states);
    }

    /// <summary>The states of one lane, padding included.</summary>
    /// <param name="lane">The lane.</param>
    /// <returns>The floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such lane.</exception>
    internal Span<float> Lane(int lane)
    {
        if ((uint)lane >= (uint)Lanes)
        {
            ThrowLane(lane);
        }

        return _memory.Span.Slice(_now + (lane * _stride), _stride);
    }

    internal Span<float> LaneWork(int lane) => WorkSpan.Slice(_scratch + (lane * _workStride), _workStride);

    internal void ReadStates(int lane, int start, Span<float> row) => StateSlot.Copy(_slots, Lane(lane), start, row);

    // A separate method, so that the check in every step is small enough to be inlined.
    private void ThrowLane(int lane) =>
        throw new ArgumentOutOfRangeException(nameof(lane), lane, $"Expected a lane in 0 .. {Lanes - 1}.");

    /// <summary>Whether another batch is of the same model class.</summary>
    internal bool IsLike(Batch other) => _slots == other._slots;

    /// <summary>Copies a lane of another batch of the same model class to the same lane of this one.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="other">The other batch.</param>
    internal void CopyLane(int lane, Batch other)
    {
        other.Lane(lane).CopyTo(Lane(lane));
        _isAtStart[lane] = other._isAtStart[lane] && _weights is not null;
    }

    /// <summary><see cref="State.StayFinite"/> for a lane, which still has the states from before its window.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="after">The states after the window.</param>
    internal void MoveOn(int lane, Batch after)
    {
        if (after.IsFinite(lane))
        {
            CopyLane(lane, after);
        }
        else if (!IsFinite(lane))
        {
            Reset(lane);
        }
    }

    internal void LayOut(BatchRows rows)
    {
        if (IsLaidOut(rows))
        {
            return;
        }

        for (int place = 0; place < Lanes; place++)
        {
            Lane(place < rows.Lanes ? rows.Lane(place) : place).CopyTo(Next(place));
        }

        Advance();
    }

    internal void EndSteps(BatchRows rows)
    {
        for (int place = 0; place < rows.Lanes && !rows.AreEqual; place++)
        {
            if (((rows.Steps - rows.Length(place)) & 1) != 0)
            {
                Next(place).CopyTo(Lane(place));
            }
        }
    }

    internal void PutBack(BatchRows rows)
    {
        if (IsLaidOut(rows))
        {
            return;
        }

        for (int place = 0; place < Lanes; place++)
        {
            Lane(place).CopyTo(Next(place < rows.Lanes ? rows.Lane(place) : place));
        }

        Advance();
    }

    internal void LeaveStart(ModelWeights weights)
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            LeaveStart(lane, weights);
        }
    }

    internal void LeaveStart(ModelWeights weights, BatchRows rows)
    {
        for (int place = 0; place < rows.Lanes; place++)
        {
            rows.Begin(place, asLearned: LeaveStart(rows.Lane(place), weights));
        }
    }

    internal void Advance() => _now = _half - _now;

    /// <summary>Takes the last step of those of the first lanes back whose inputs, or what came of them, are not finite.</summary>
    /// <param name="inputs">The inputs of the step, lane by lane.</param>
    /// <param name="width">Inputs per lane.</param>
    /// <param name="lanes">Number of lanes that have taken it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Hold(ReadOnlySpan<float> inputs, int width, int lanes)
    {
        bool areFinite = FloatBits.AreFinite(inputs[..(lanes * width)]);
        for (int lane = 0; lane < lanes; lane++)
        {
            Span<float> states = Lane(lane);
            if (!(areFinite || FloatBits.AreFinite(inputs.Slice(lane * width, width))) || !StateSlot.AreFinite(_kept, states))
            {
                Next(lane).CopyTo(states);
            }
        }
    }

    private bool LeaveStart(int lane, ModelWeights weights)
    {
        bool wasAtStart = _isAtStart[lane];
        if (wasAtStart)
        {
            ReadStart(lane, weights);
            _isAtStart[lane] = false;
        }

        return wasAtStart;
    }

    private void ReadStart(int lane)
    {
        if (_isAtStart[lane])
        {
            ReadStart(lane, _weights!);
        }
    }

    private void ReadStart(int lane, ModelWeights weights) => StateSlot.ReadStart(_slots, weights, Lane(lane));

    // Lanes without a window must have the same values in both halves.
    private bool IsLaidOut(BatchRows rows) => rows.InOrder && rows.Lanes == Lanes;

    // All states and batches of a model class share one table of slots.
    private void CheckModel(State state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.HasSlots(_slots))
        {
            throw new ArgumentException($"The state and the batch belong to different models: {state.GetType()} and {GetType()}.", nameof(state));
        }
    }

    private Span<float> Next(int lane) => _memory.Span.Slice(_half - _now + (lane * _stride), _stride);
}
