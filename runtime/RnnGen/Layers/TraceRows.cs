using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>One value of a layer's equations at every step of a recorded window; see <see cref="RnnModelAttribute.Trace"/>.</summary>
public readonly ref struct TraceRows
{
    private readonly ReadOnlySpan<float> _memory;
    private readonly int _stride;

    internal TraceRows(ReadOnlySpan<float> memory, int steps, int stride, int size)
    {
        _memory = memory;
        _stride = stride;
        Steps = steps;
        Size = size;
    }

    /// <summary>Number of steps of the recorded window; 1 for a layer that runs once per window, 0 before the first recording.</summary>
    public int Steps { get; }

    /// <summary>Number of elements per step.</summary>
    public int Size { get; }

    /// <summary>The value at one step of the window: [<see cref="Size"/>].</summary>
    /// <param name="step">The step, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public ReadOnlySpan<float> this[int step]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(step);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps);
            return _memory.Slice(step * _stride, Size);
        }
    }

    /// <summary>Copies the value at all steps.</summary>
    /// <param name="rows">Receives [<see cref="Steps"/> x <see cref="Size"/>].</param>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public void CopyTo(Span<float> rows)
    {
        Check.Length(rows.Length, Steps * Size, nameof(rows));
        for (int step = 0; step < Steps; step++)
        {
            this[step].CopyTo(rows[(step * Size)..]);
        }
    }
}
