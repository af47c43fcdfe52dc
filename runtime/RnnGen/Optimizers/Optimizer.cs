using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// An optimizer of one model, with its moments. To write your own, derive from <see cref="Optimizer{TRule}"/>.
/// </summary>
public abstract class Optimizer
{
    private readonly Layer[] _layers;
    private readonly (int Start, int End)[] _ranges;
    private readonly (int Start, int End)[] _trained;
    private int _trainedCount;

    private protected Optimizer(OptimizerSettings settings, IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(model);
        Weights = model.Weights;
        Settings = settings;
        _layers = [.. Weights.Layers];
        _ranges = [.. _layers.Select(layer => layer.Range)];
        _trained = new (int, int)[_layers.Length + 1];
        ScheduleProgress = new ScheduleProgress(settings.LearningRate);
    }

    /// <summary>The settings that it was created from.</summary>
    public OptimizerSettings Settings { get; }

    /// <summary>
    /// The learning rate of the next update, computed by the schedule from the rate that it starts from. Setting it replaces the latter.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LearningRate
    {
        get => OptimizerSettings.Rate((float)Settings.Schedule.Rate(ScheduleProgress.LearningRate, Updates), nameof(LearningRate));
        set => ScheduleProgress.LearningRate = value;
    }

    /// <summary>Number of updates so far, without skipped ones.</summary>
    public long Updates { get; internal set; }

    /// <summary>
    /// The norm of the mean gradient in the last update, after its elements were limited by ClipValue and before it was scaled down to ClipNorm; NaN if
    /// the update was skipped.
    /// </summary>
    public float GradientNorm { get; private set; }

    /// <summary>The moments: as long as the weights and packed like them, with PyTorch's names.</summary>
    internal abstract IReadOnlyList<MomentBuffer> Moments { get; }

    /// <summary>Must be called after moments were written from outside.</summary>
    internal abstract void MomentsChanged();

    /// <summary>What the schedule remembers.</summary>
    internal ScheduleProgress ScheduleProgress { get; }

    private protected ModelWeights Weights { get; }

    /// <summary>The ranges of the packed weights that the current update changes: one range, or those between frozen layers.</summary>
    private protected ReadOnlySpan<(int Start, int End)> Trained => _trained.AsSpan(0, _trainedCount);

    /// <summary>
    /// Divides the tape's gradients by the weight of its targets (by 1 if there is none, as after a Backward from gradients),
    /// clips them, updates the weights, and clears the tape.
    /// </summary>
    /// <param name="tape">The gradients.</param>
    /// <returns>
    /// Whether the weights were updated. If the loss or the norm of the gradient is not finite, or if a weight or moment would not be finite after the update,
    /// weights and moments are unchanged, and the tape is cleared.
    /// </returns>
    /// <exception cref="ArgumentException">The tape belongs to another model.</exception>
    public bool Update(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return Update(tape, tape.TargetWeight > 0 ? tape.TargetWeight : 1);
    }

    /// <summary>
    /// As <see cref="Update(Tape)"/>, but divides by a given number: for a model without targets, whose gradients come from
    /// a model that has them. An encoder is updated by <c>Update(encoderTape, targets)</c> with the decoder's
    /// <see cref="Tape.TargetWeight"/>, read before the decoder's update sets it to zero.
    /// </summary>
    /// <param name="tape">The gradients.</param>
    /// <param name="targetWeight">The number by which gradients are divided: finite and greater than 0.</param>
    /// <returns>
    /// Whether the weights were updated. If the loss or the norm of the gradient is not finite, or if a weight or moment would not be finite after the update,
    /// weights and moments are unchanged, and the tape is cleared.
    /// </returns>
    /// <exception cref="ArgumentException">The tape belongs to another model.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="targetWeight"/> is not finite or not greater than 0.</exception>
    public bool Update(Tape tape, double targetWeight)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (!(targetWeight > 0 && double.IsFinite(targetWeight)))
        {
            throw new ArgumentOutOfRangeException(nameof(targetWeight), targetWeight, "Must be finite and greater than 0.");
        }

        if (tape.Weights != Weights)
        {
            throw new ArgumentException("The tape and the optimizer belong to different models.", nameof(tape));
        }

        // Before anything is changed: a user's schedule may throw.
        float rate = LearningRate;
        Span<float> gradients = tape.MutableGradients;
        SetFrozenApart(gradients);
        float scale = 1 / (float)targetWeight;
        double length = Math.Sqrt(SumOfSquares(gradients));
        double norm = length * scale;
        GradientNorm = (float)norm;
        if (!double.IsFinite(norm) || !double.IsFinite(tape.LossSum))
        {
            return LeaveOut(tape);
        }

        if (!float.IsPositiveInfinity(Settings.ClipValue))
        {
            ScaleAndClip(gradients, scale, Settings.ClipValue);
            scale = 1;
            norm = length = Math.Sqrt(SumOfSquares(gradients));
        }

        if (norm > Settings.ClipNorm)
        {
            // PyTorch's constant; it keeps the scaled norm just below the limit.
            scale *= (float)(Settings.ClipNorm / (norm + 1e-6));
        }

        if (!TryApply(gradients, scale, rate, LargestGradient(length, scale)))
        {
            return LeaveOut(tape);
        }

        Updates++;
        tape.ClearSums();
        return true;
    }

    private bool LeaveOut(Tape tape)
    {
        GradientNorm = float.NaN;
        tape.Clear();
        return false;
    }

    /// <summary>Clears the gradients of frozen layers, and collects the ranges between these. Layers are in the order of the model.</summary>
    private void SetFrozenApart(Span<float> gradients)
    {
        int start = 0;
        _trainedCount = 0;
        for (int k = 0; k < _layers.Length; k++)
        {
            // A layer without parameters has no range.
            (int frozen, int end) = _ranges[k];
            if (_layers[k].Frozen && end > 0)
            {
                gradients[frozen..end].Clear();
                AddTrained(start, frozen);
                start = end;
            }
        }

        AddTrained(start, gradients.Length);
    }

    private void AddTrained(int start, int end)
    {
        // Ranges are multiples of the widest vectors.
        if (start < end)
        {
            _trained[_trainedCount++] = (start, end);
        }
    }

    /// <summary>
    /// No element of the gradient is larger than its norm, except by what the norm lacks: its sums are rounded, and the squares of small numbers underflow.
    /// </summary>
    private static Bound LargestGradient(double length, float scale) => Bound.UpTo(((length * 1.001) + 1e-18) * scale);

    /// <summary>Reports a validation loss to the schedule. <c>Fit</c> does so once per regular validation.</summary>
    /// <param name="loss">The validation loss.</param>
    public void Report(float loss) => Settings.Schedule.Report(ScheduleProgress, loss);

    /// <summary>Updates weights and moments, or leaves all of them unchanged if one would not be finite.</summary>
    /// <param name="gradients">The gradients, cleared by an update.</param>
    /// <param name="scale">The factor of the gradients.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="gradient">A bound on the scaled gradients.</param>
    /// <returns>Whether they were updated.</returns>
    private protected abstract bool TryApply(Span<float> gradients, float scale, float rate, Bound gradient);

    internal static double SumOfSquares(Span<float> values) =>
        VectorMath.IsWide ? SumOfSquares<WideLanes>(values) : SumOfSquares<NarrowLanes>(values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares<TLanes>(Span<float> values)
        where TLanes : struct, ILanes<TLanes>
    {
        // Blocks are added in single precision, their sums in double: exact enough for any size. Blocks are multiples of vectors, like the
        // packed layout; the last one may be shorter. The order is the same for vectors of every width: number k goes to sum k mod 32.
        const int Block = 1024;
        Span<float> sums = stackalloc float[SixteenSums.Block];
        double total = 0;
        for (int start = 0; start < values.Length; start += Block)
        {
            Span<float> block = values.Slice(start, Math.Min(Block, values.Length - start));
            ref float value = ref MemoryMarshal.GetReference(block);
            for (nuint first = 0; first < SixteenSums.Block; first += TLanes.Count)
            {
                TLanes even = default;
                TLanes odd = default;
                nuint place = first;
                for (; place + SixteenSums.Block < (nuint)block.Length; place += 2 * SixteenSums.Block)
                {
                    TLanes a = TLanes.Load(ref value, place);
                    TLanes b = TLanes.Load(ref value, place + SixteenSums.Block);
                    even += a * a;
                    odd += b * b;
                }

                if (place < (nuint)block.Length)
                {
                    TLanes a = TLanes.Load(ref value, place);
                    even += a * a;
                }

                TLanes.Store(even + odd, ref sums[0], first);
            }

            double sum = SixteenSums.Total(sums);
            total += double.IsFinite(sum) ? sum : SumOfLargeSquares(block);
        }

        return total;
    }

    /// <summary>For gradients that are so large that their squares overflow single precision.</summary>
    private static double SumOfLargeSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleAndClip(Span<float> gradients, float scale, float limit)
    {
        var largest = new Vector<float>(limit);
        ref float gradient = ref MemoryMarshal.GetReference(gradients);
        for (nuint k = 0; k < (nuint)gradients.Length; k += (nuint)Vector<float>.Count)
        {
            Vector<float> scaled = Vector.LoadUnsafe(ref gradient, k) * scale;
            Vector.StoreUnsafe(Vector.Min(Vector.Max(scaled, -largest), largest), ref gradient, k);
        }
    }
}
