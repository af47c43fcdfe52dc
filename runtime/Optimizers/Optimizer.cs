using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// The working part of an optimizer: it belongs to one model and holds its moments. To write your own, derive from <see cref="Optimizer{TRule}"/>.
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
    /// The learning rate of the next update: what the schedule makes of the rate that it starts from. Setting it replaces the latter.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LearningRate
    {
        get => OptimizerSettings.Rate((float)Settings.Schedule.Rate(ScheduleProgress.LearningRate, Updates), nameof(LearningRate));
        set => ScheduleProgress.LearningRate = value;
    }

    /// <summary>Number of updates so far, those left out not counted.</summary>
    public long Updates { get; internal set; }

    /// <summary>
    /// Norm of the mean gradient in the last update, after its values were cut and before it was scaled down; not finite where the update
    /// was left out.
    /// </summary>
    public float GradientNorm { get; private set; }

    /// <summary>What the updates so far have left behind, beside the weights: as long as these and packed like them, under PyTorch's names.</summary>
    internal abstract IReadOnlyList<MomentBuffer> Moments { get; }

    /// <summary>Who writes moments from outside says so.</summary>
    internal abstract void MomentsChanged();

    /// <summary>What the schedule has seen so far.</summary>
    internal ScheduleProgress ScheduleProgress { get; }

    private protected ModelWeights Weights { get; }

    /// <summary>The parts of the packed weights that the update at hand changes: all in one go, or what lies between frozen layers.</summary>
    private protected ReadOnlySpan<(int Start, int End)> Trained => _trained.AsSpan(0, _trainedCount);

    /// <summary>
    /// Divides the tape's gradients by the weight of its targets (by 1 if there is none, as after a Backward with gradients of one's own),
    /// clips them, updates the weights, and clears the tape.
    /// </summary>
    /// <param name="tape">The gradients.</param>
    /// <returns>
    /// Whether the weights were updated. They and the optimizer's moments are left as they are, and the tape is cleared, if the loss or the norm
    /// of the gradient is not finite, or if one of them would not be finite after the update.
    /// </returns>
    /// <exception cref="ArgumentException">The tape belongs to another model.</exception>
    public bool Update(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return Update(tape, tape.TargetWeight > 0 ? tape.TargetWeight : 1);
    }

    /// <summary>
    /// As <see cref="Update(Tape)"/>, but divides by a number of one's own: for a model without targets, whose gradients come from
    /// another one that has them. An encoder is updated by <c>Update(encoderTape, targets)</c> with the decoder's
    /// <see cref="Tape.TargetWeight"/>, read before the decoder's update sets it to zero.
    /// </summary>
    /// <param name="tape">The gradients.</param>
    /// <param name="targetWeight">What the gradients are divided by: more than 0 and finite.</param>
    /// <returns>
    /// Whether the weights were updated. They and the optimizer's moments are left as they are, and the tape is cleared, if the loss or the norm
    /// of the gradient is not finite, or if one of them would not be finite after the update.
    /// </returns>
    /// <exception cref="ArgumentException">The tape belongs to another model.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="targetWeight"/> is not more than 0, or not finite.</exception>
    public bool Update(Tape tape, double targetWeight)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (!(targetWeight > 0 && double.IsFinite(targetWeight)))
        {
            throw new ArgumentOutOfRangeException(nameof(targetWeight), targetWeight, "Must be more than 0 and finite.");
        }

        if (tape.Weights != Weights)
        {
            throw new ArgumentException("The tape belongs to another model than the optimizer.", nameof(tape));
        }

        // Before anything is changed: a schedule of the user's may throw.
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

    /// <summary>Clears the gradients of frozen layers, and notes what lies between these. Layers lie in the order of the model.</summary>
    private void SetFrozenApart(Span<float> gradients)
    {
        int start = 0;
        _trainedCount = 0;
        for (int k = 0; k < _layers.Length; k++)
        {
            // A layer without parameters has no place among the others.
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
        // Ranges are whole numbers of the widest vectors there are.
        if (start < end)
        {
            _trained[_trainedCount++] = (start, end);
        }
    }

    /// <summary>
    /// No gradient is larger than the norm of all, but for what this lacks: its sums are rounded, and the squares of small numbers vanish.
    /// </summary>
    private static Bound LargestGradient(double length, float scale) => Bound.UpTo(((length * 1.001) + 1e-18) * scale);

    /// <summary>Reports a validation loss to the schedule: once per validation, as <c>Fit</c> does.</summary>
    /// <param name="loss">The validation loss.</param>
    public void Report(float loss) => Settings.Schedule.Report(ScheduleProgress, loss);

    /// <summary>Updates weights and moments, or leaves them if one would not be finite.</summary>
    /// <param name="gradients">The gradients, cleared by an update.</param>
    /// <param name="scale">What they are multiplied by.</param>
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
        // Blocks in single precision, their sums in double: exact enough for any size. Blocks are whole numbers of vectors, as is the
        // packed layout; the last one may be odd.
        const int Block = 1024;
        double total = 0;
        for (int start = 0; start < values.Length; start += Block)
        {
            Span<float> block = values.Slice(start, Math.Min(Block, values.Length - start));
            TLanes even = default;
            TLanes odd = default;
            ref float value = ref MemoryMarshal.GetReference(block);
            nuint place = 0;
            for (; place + TLanes.Count < (nuint)block.Length; place += 2 * TLanes.Count)
            {
                TLanes a = TLanes.Load(ref value, place);
                TLanes b = TLanes.Load(ref value, place + TLanes.Count);
                even += a * a;
                odd += b * b;
            }

            if (place < (nuint)block.Length)
            {
                TLanes a = TLanes.Load(ref value, place);
                even += a * a;
            }

            double sum = TLanes.Sum(even + odd);
            total += double.IsFinite(sum) ? sum : SumOfLargeSquares(block);
        }

        return total;
    }

    /// <summary>For gradients so large that their squares overflow single precision.</summary>
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
