using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// The training memory of one worker: what a recorded <c>Forward</c> saved for the backward pass, and the sums of gradients and losses
/// since the last update.
/// </summary>
public abstract class Tape
{
    private readonly AlignedBuffer _memory;
    private readonly AlignedBuffer _gradients;
    private readonly float[] _inputGradients;
    private readonly int _inputs;
    private RandomStream _random = new(seed: 0, number: 2);
    private Score _sum;
    private bool _hasTiedGradients;

    /// <summary>For generated code.</summary>
    /// <param name="weights">The weights of the model.</param>
    /// <param name="size">Size of the recording, in floats.</param>
    /// <param name="steps">The longest window.</param>
    /// <param name="inputs">Inputs per step; 0 for tokens, which have no gradient and are stored instead.</param>
    /// <param name="lanes">The largest number of lanes of a batch; 0 if only single windows are recorded.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Tape(ModelWeights weights, int size, int steps, int inputs, int lanes = 0)
    {
        weights.PrepareTraining();
        Weights = weights;
        _memory = new AlignedBuffer(size);
        _gradients = new AlignedBuffer(weights.Values.Length);
        int rows = steps * Math.Max(1, lanes);
        _inputs = inputs;
        _inputGradients = new float[rows * inputs];
        Tokens = inputs == 0 ? new int[rows] : [];
        Rows = new BatchRows(lanes);
    }

    /// <summary>Number of steps of the recorded window; 0 before the first recording.</summary>
    public int Steps { get; private set; }

    /// <summary>
    /// The gradients of the inputs of the recorded window, from the last Backward: [steps x InputSize], lane by lane for a batch. Backward with targets gives
    /// those of the sum of the losses, not of the mean. Empty for tokens, which have no gradient.
    /// </summary>
    public ReadOnlySpan<float> InputGradients => _inputGradients.AsSpan(0, TotalSteps * _inputs);

    /// <summary>
    /// The gradients of the initial states of the recorded window, from the last Backward. Backward with targets gives those of the sum of the losses, not of
    /// the mean.
    /// </summary>
    public abstract State InitialStateGradients { get; }

    /// <summary>
    /// The gradients of the initial states of the lanes of the recorded batch, from the last Backward; null on a tape for single windows.
    /// </summary>
    public virtual Batch? InitialBatchGradients => null;

    /// <summary>Sum of the losses since the last update.</summary>
    public double LossSum => _sum.LossSum;

    /// <summary>Number of targets since the last update, without ignored ones.</summary>
    public long TargetCount => _sum.Count;

    /// <summary>
    /// Sum of the weights of the targets since the last update, by which <see cref="LossSum"/> and gradients are divided for the mean: equal to
    /// <see cref="TargetCount"/>, unless a softmax has <see cref="SoftmaxAttribute.ClassWeights"/>.
    /// </summary>
    public double TargetWeight => _sum.TargetWeight;

    /// <summary>The mean loss since the last update; NaN without targets.</summary>
    public float Loss => (float)_sum.Loss;

    /// <summary>
    /// The sums of the gradients of the weights since the last update, packed like the weights. <see cref="CopyGradient"/> has them
    /// tensor by tensor.
    /// </summary>
    public ReadOnlySpan<float> Gradients => MutableGradients;

    internal ModelWeights Weights { get; }

    /// <summary>The state of the random numbers.</summary>
    internal ulong RandomState
    {
        get => _random.State;
        set => _random = new RandomStream(value);
    }

    internal Span<float> MutableGradients
    {
        get
        {
            // Backward adds to the gradients of both uses of a tied matrix; readers see their sum.
            if (_hasTiedGradients)
            {
                Weights.CollectTied(_gradients.Span);
                _hasTiedGradients = false;
            }

            return _gradients.Span;
        }
    }

    /// <summary>The gradients as Backward adds them: with those of both uses of a tied matrix.</summary>
    internal Span<float> OwnGradients => _gradients.Span;

    /// <summary>Losses and targets since the last update.</summary>
    internal Score Sum => _sum;

    /// <summary>Whether anything has been added since the last update, even zeros.</summary>
    internal bool HasGradients { get; private set; }

    /// <summary>The weights as they were when the window was recorded.</summary>
    internal long Version { get; private set; }

    /// <summary>Where the windows of a batch are.</summary>
    internal BatchRows Rows { get; }

    internal bool HoldsBatch { get; private set; }

    internal int TotalSteps => HoldsBatch ? Rows.Total : Steps;

    internal bool StartsAsLearned { get; set; }

    internal int[] Tokens { get; }

    internal Span<float> MutableInputGradients => _inputGradients;

    internal Span<float> Window => _memory.Span;

    internal ref float GradientOrigin
    {
        get
        {
            HasGradients = true;
            _hasTiedGradients = true;
            return ref _gradients.Origin;
        }
    }

    /// <summary>Copies the sum of the gradients of one parameter since the last update.</summary>
    /// <param name="parameter">A parameter of the tape's model.</param>
    /// <param name="rowMajor">Receives <see cref="Parameter.Count"/> values, row by row.</param>
    /// <exception cref="ArgumentException">The parameter belongs to another model, or the length is wrong.</exception>
    public void CopyGradient(Parameter parameter, Span<float> rowMajor)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (!parameter.BelongsTo(Weights))
        {
            throw new ArgumentException($"'{parameter.FullName}' is not a parameter of the model that the tape belongs to.", nameof(parameter));
        }

        Check.Length(rowMajor.Length, parameter.Count, nameof(rowMajor));
        parameter.Read(Gradients, rowMajor);
    }

    /// <summary>
    /// Seeds the random numbers of dropout and zoneout: the same seed gives the same masks on every machine. A new tape has seed 0. A trainer's file
    /// stores the state of the random numbers.
    /// </summary>
    /// <param name="seed">The seed.</param>
    public void Seed(int seed) => _random = new RandomStream(seed, number: 2);

    /// <summary>Sets the sums of gradients and losses to zero, as an update does.</summary>
    public void Clear()
    {
        MutableGradients.Clear();
        ClearSums();
    }

    /// <summary>The rest of <see cref="Clear"/>, for when the gradients are zero already.</summary>
    internal void ClearSums()
    {
        _hasTiedGradients = false;
        _sum = default;
        HasGradients = false;
    }

    /// <summary>
    /// Adds another tape's sums of gradients and losses to these, and sets the other ones to zero: for a training loop of one's own on several
    /// threads, each of which has a tape. Afterwards, one update has the gradients of all. Neither tape may be in use meanwhile.
    /// </summary>
    /// <param name="other">Another tape of the same model.</param>
    /// <exception cref="ArgumentException">The other tape is this one, or belongs to another model.</exception>
    public void TakeOver(Tape other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other == this || other.Weights != Weights)
        {
            throw new ArgumentException(other == this ? "Must be another tape than this one." : "Must be a tape of the same model.", nameof(other));
        }

        AddSums(other);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSums(Tape other)
    {
        ref float sums = ref _gradients.Origin;
        ref float others = ref other._gradients.Origin;
        for (nuint place = 0; place < (nuint)_gradients.Length; place += (nuint)Vector<float>.Count)
        {
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref sums, place) + Vector.LoadUnsafe(ref others, place), ref sums, place);
            Vector.StoreUnsafe(Vector<float>.Zero, ref others, place);
        }

        _sum += other._sum;
        _hasTiedGradients |= other._hasTiedGradients;
        HasGradients |= other.HasGradients;
        other.ClearSums();
    }

    /// <summary>Losses and targets that belong to gradients which were written to <see cref="OwnGradients"/>.</summary>
    internal void SetSum(Score sum)
    {
        _sum = sum;
        _hasTiedGradients = true;
        HasGradients = true;
    }

    /// <summary>Draws the state of the random numbers of another worker, so that these alone determine all masks.</summary>
    internal ulong NextRandomState() => _random.NextState();

    internal void Begin(int steps, bool isBatch)
    {
        Steps = steps;
        Version = Weights.Version;

        // Batches and single windows have different layouts: what is padding in one must not hold values of the other.
        if (HoldsBatch != isBatch)
        {
            _memory.Span.Clear();
            HoldsBatch = isBatch;
        }
    }

    internal void DrawMasks(int start, int stride, int count, int rows, float rate, float kept)
    {
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float value in _memory.Span.Slice(start + (row * stride), count))
            {
                value = _random.NextDouble() < rate ? 0 : kept;
            }
        }
    }

    /// <summary>Finds a value that the recording of a window keeps under a name.</summary>
    /// <param name="slots">What it keeps.</param>
    /// <param name="name">The name.</param>
    /// <returns>Its rows.</returns>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    /// <exception cref="InvalidOperationException">The tape holds a batch.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TraceRows Find(TraceSlot[] slots, string name)
    {
        if (HoldsBatch)
        {
            throw new InvalidOperationException("The tape holds a batch: ask for one of its lanes.");
        }

        TraceSlot slot = Slot(slots, name);
        return new TraceRows(_memory.Span[slot.Start..], slot.IsOnce ? Math.Min(Steps, 1) : Steps, slot.Stride, slot.Size);
    }

    /// <summary>Finds a traced value of one lane of a batch.</summary>
    /// <param name="slots">The traced values.</param>
    /// <param name="name">The name.</param>
    /// <param name="lane">The lane.</param>
    /// <returns>Its rows.</returns>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lane has no recorded window.</exception>
    /// <exception cref="InvalidOperationException">The tape holds no batch.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected TraceRows Find(TraceSlot[] slots, string name, int lane)
    {
        Check.HoldsBatch(this);
        int place = Rows.PlaceOf(lane);
        if (place < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(lane), lane, "The tape has no recorded window for this lane.");
        }

        TraceSlot slot = Slot(slots, name);
        return new TraceRows(_memory.Span[(slot.Start + (place * slot.Stride))..], slot.IsOnce ? 1 : Rows.Length(place), slot.Stride * Rows.Lanes, slot.Size);
    }

    /// <summary>The names of the traced values.</summary>
    /// <param name="slots">The traced values.</param>
    /// <returns>The names.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static IEnumerable<string> NamesOf(TraceSlot[] slots) => slots.Select(slot => slot.Name);

    internal float Add(Score score)
    {
        _sum += score;
        return (float)score.Loss;
    }

    private static TraceSlot Slot(TraceSlot[] slots, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (TraceSlot slot in slots)
        {
            if (slot.Name == name)
            {
                return slot;
            }
        }

        throw new ArgumentException($"The tape has no trace '{name}'; it has {string.Join(", ", slots.Select(s => $"'{s.Name}'"))}.", nameof(name));
    }
}
