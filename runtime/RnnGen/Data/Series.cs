using System.Globalization;

namespace RnnGen;

/// <summary>A table of numbers over time, such as the rows of a CSV file: the source of <see cref="SeriesWindows"/>.</summary>
public sealed class Series
{
    private readonly ReadOnlyMemory<float> _values;
    private readonly ReadOnlyMemory<DateTime> _times;

    /// <summary>Uses the values and times without copying them.</summary>
    /// <param name="values">[rows x columns], the oldest row first; NaN for a missing value.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="times">When each row was measured, ascending; empty if there are no times.</param>
    /// <exception cref="ArgumentException">
    /// The values are not whole rows, one is infinite, or the times are not as many as the rows, out of order or repeated.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is less than 1.</exception>
    public Series(ReadOnlyMemory<float> values, int columns, ReadOnlyMemory<DateTime> times = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        (_values, _times, Columns, Rows) = (values, times, columns, values.Length / columns);
        CheckValues();
        CheckTimes();
    }

    /// <inheritdoc cref="Series(ReadOnlyMemory{float}, int, ReadOnlyMemory{DateTime})"/>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    public Series(float[] values, int columns, ReadOnlyMemory<DateTime> times = default)
        : this(new ReadOnlyMemory<float>(values ?? throw new ArgumentNullException(nameof(values))), columns, times)
    {
    }

    private Series(Series whole, int start, int rows)
    {
        (Columns, Rows) = (whole.Columns, rows);
        _values = whole._values.Slice(start * Columns, rows * Columns);
        _times = whole.HasTimes ? whole._times.Slice(start, rows) : default;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Whether the time of each row is known.</summary>
    public bool HasTimes => !_times.IsEmpty;

    /// <summary>The values, [rows x columns].</summary>
    public ReadOnlySpan<float> Values => _values.Span;

    /// <summary>The time of each row; empty if there are no times.</summary>
    public ReadOnlySpan<DateTime> Times => _times.Span;

    /// <summary>A value.</summary>
    /// <param name="row">The row, in 0 .. Rows - 1.</param>
    /// <param name="column">The column, in 0 .. Columns - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public float this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
            return Values[(row * Columns) + column];
        }
    }

    /// <summary>Adjacent rows, without copying them.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <returns>The rows as a series.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such rows.</exception>
    public Series Slice(int start, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Rows, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)rows, (uint)(Rows - start), nameof(rows));
        return new Series(this, start, rows);
    }

    private void CheckValues()
    {
        if (Values.Length != Rows * Columns)
        {
            throw new ArgumentException($"Expected rows of {Columns} values, found {Values.Length} values.", "values");
        }

        for (int k = 0; k < Values.Length; k++)
        {
            if (float.IsInfinity(Values[k]))
            {
                throw new ArgumentException($"Row {k / Columns}, column {k % Columns}: expected a finite value, or NaN where it is missing, found infinity.", "values");
            }
        }
    }

    private void CheckTimes()
    {
        if (HasTimes && Times.Length != Rows)
        {
            throw new ArgumentException($"Expected the times of {Rows} rows, found {Times.Length}.", "times");
        }

        for (int row = 1; row < Times.Length; row++)
        {
            if (Times[row] <= Times[row - 1])
            {
                string found = Times[row] == Times[row - 1] ? "repeated" : "out of order";
                throw new ArgumentException($"Expected times in ascending order; row {row} is {found}: {Text(Times[row])} comes after {Text(Times[row - 1])} of row {row - 1}.", "times");
            }
        }

        static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
    }
}
