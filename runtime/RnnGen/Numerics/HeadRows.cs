using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.CompilerServices;

/// <summary>
/// The outputs of a head before its activation, or their gradients, in the memory of a window: one row per step, or a single row.
/// In the spans of the caller, the same rows follow each other without gaps.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct HeadRows
{
    private readonly ref float _first;
    private readonly int _stride;
    private readonly int _size;
    private readonly int _count;

    /// <summary>The rows of a window.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="start">Where the first row is.</param>
    /// <param name="stride">Distance to the next.</param>
    /// <param name="size">Numbers per row.</param>
    /// <param name="count">Number of rows.</param>
    public HeadRows(Span<float> memory, int start, int stride, int size, int count)
    {
        _first = ref memory[start];
        _stride = stride;
        _size = size;
        _count = count;
    }

    /// <summary>The rows of one window of a batch, which has those of all lanes side by side.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="start">Where the first row of the first lane is.</param>
    /// <param name="stride">Distance to the next lane.</param>
    /// <param name="size">Numbers per row.</param>
    /// <param name="rows">The windows.</param>
    /// <param name="lane">The place of the window.</param>
    public HeadRows(Span<float> memory, int start, int stride, int size, BatchRows rows, int lane)
        : this(memory, start + (lane * stride), rows.Lanes * stride, size, rows.Length(lane))
    {
    }

    /// <summary>Number of rows.</summary>
    internal int Count => _count;

    /// <summary>Applies the head's activation.</summary>
    /// <typeparam name="THead">Its type.</typeparam>
    /// <param name="head">The head.</param>
    /// <param name="outputs">Receives the outputs of all rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Activate<THead>(THead head, Span<float> outputs)
        where THead : struct, IHead, allows ref struct
    {
        for (int row = 0; row < _count; row++)
        {
            head.Activate(Row(row), outputs.Slice(row * _size, _size));
        }
    }

    /// <summary>The loss of all rows, and its gradients.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <typeparam name="TTarget">A class, or a number.</typeparam>
    /// <param name="loss">The loss.</param>
    /// <param name="gradients">Receives the gradients; may be these rows.</param>
    /// <param name="targets">The targets of all rows; empty for none: no loss, zero gradients.</param>
    /// <returns>The score.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public Score Loss<TLoss, TTarget>(TLoss loss, HeadRows gradients, ReadOnlySpan<TTarget> targets)
        where TLoss : struct, IHeadLoss<TTarget>, allows ref struct
    {
        Score score = default;
        if (targets.IsEmpty)
        {
            gradients.Clear();
            return score;
        }

        int width = targets.Length / _count;
        for (int row = 0; row < _count; row++)
        {
            score += loss.Loss(Row(row), gradients.Row(row), targets.Slice(row * width, width));
        }

        return score;
    }

    /// <summary>The same for one of several heads: the gradients are those of its mean loss times its weight, so that they do not depend on its number of targets.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <typeparam name="TTarget">A class, or a number.</typeparam>
    /// <param name="loss">The loss.</param>
    /// <param name="gradients">Receives the gradients.</param>
    /// <param name="targets">The targets of all rows; empty for none: no loss, zero gradients.</param>
    /// <param name="weight">The weight of the head.</param>
    /// <returns>The score, without the weight.</returns>
    public Score MeanLoss<TLoss, TTarget>(TLoss loss, HeadRows gradients, ReadOnlySpan<TTarget> targets, double weight)
        where TLoss : struct, IHeadLoss<TTarget>, allows ref struct => gradients.Weighted(Loss(loss, gradients, targets), weight);

    /// <summary>The loss of the window as a whole, and its gradients.</summary>
    /// <param name="loss">The loss, with its memory.</param>
    /// <param name="gradients">Receives the gradients; may be these rows.</param>
    /// <param name="targets">The target.</param>
    /// <returns>The score.</returns>
    public Score Loss(CtcLoss loss, HeadRows gradients, ReadOnlySpan<int> targets) => loss.Run(this, gradients, targets);

    /// <summary>The same for one of several heads.</summary>
    /// <param name="loss">The loss, with its memory.</param>
    /// <param name="gradients">Receives the gradients; may be these rows.</param>
    /// <param name="targets">The target; empty for none: no loss, zero gradients.</param>
    /// <param name="weight">The weight of the head.</param>
    /// <returns>The score, without the weight.</returns>
    public Score MeanLoss(CtcLoss loss, HeadRows gradients, ReadOnlySpan<int> targets, double weight) =>
        gradients.Weighted(loss.Run(this, gradients, targets), weight);

    /// <summary>The score of the window as a whole.</summary>
    /// <param name="scorer">Computes it.</param>
    /// <param name="targets">The target.</param>
    /// <returns>The score.</returns>
    public Score Score(CtcScorer scorer, ReadOnlySpan<int> targets)
    {
        Score score = default;
        for (int row = 0; row < _count; row++)
        {
            score += scorer.Add(Row(row), targets, row, _count);
        }

        return score;
    }

    /// <summary>The score of all rows, which are overwritten.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <typeparam name="TTarget">A class, or a number.</typeparam>
    /// <param name="loss">The loss.</param>
    /// <param name="targets">The targets of all rows; empty for none.</param>
    /// <returns>The score.</returns>
    public Score Score<TLoss, TTarget>(TLoss loss, ReadOnlySpan<TTarget> targets)
        where TLoss : struct, IHeadLoss<TTarget>, allows ref struct => Loss(loss, this, targets);

    /// <summary>The score of a single row, which is overwritten.</summary>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <typeparam name="TTarget">A class, or a number.</typeparam>
    /// <param name="loss">The loss.</param>
    /// <param name="row">The row.</param>
    /// <param name="targets">Its targets; empty for none.</param>
    /// <returns>The score.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Score Score<TLoss, TTarget>(TLoss loss, Span<float> row, ReadOnlySpan<TTarget> targets)
        where TLoss : struct, IHeadLoss<TTarget>, allows ref struct => targets.IsEmpty ? default : loss.Loss(row, row, targets);

    /// <summary>Back-propagates the gradients of all rows through the head's activation.</summary>
    /// <typeparam name="THead">Its type.</typeparam>
    /// <param name="head">The head.</param>
    /// <param name="outputGradients">The gradients of the outputs of all rows; empty for zeros.</param>
    /// <param name="gradients">Receives the gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Backward<THead>(THead head, ReadOnlySpan<float> outputGradients, HeadRows gradients)
        where THead : struct, IHead, allows ref struct
    {
        if (outputGradients.IsEmpty)
        {
            gradients.Clear();
            return;
        }

        for (int row = 0; row < _count; row++)
        {
            head.Backward(Row(row), outputGradients.Slice(row * _size, _size), gradients.Row(row));
        }
    }

    /// <summary>Some rows of a span of the caller.</summary>
    /// <typeparam name="T">A class, or a number.</typeparam>
    /// <param name="values">All rows; empty if the caller leaves them out.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Values per row.</param>
    /// <returns>The rows; empty if <paramref name="values"/> is.</returns>
    public static ReadOnlySpan<T> Slice<T>(ReadOnlySpan<T> values, int start, int count, int width) =>
        values.IsEmpty ? values : values.Slice(start * width, count * width);

    internal void Clear()
    {
        for (int row = 0; row < _count; row++)
        {
            Row(row).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<float> Row(int row) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _first, row * _stride), _size);

    /// <summary>Multiplies these gradients so that they are those of the mean loss times a weight.</summary>
    private Score Weighted(Score score, double weight)
    {
        float share = (float)score.Share(weight);
        for (int row = 0; row < _count; row++)
        {
            JoinRows.Scale(Row(row), share);
        }

        return score;
    }
}
