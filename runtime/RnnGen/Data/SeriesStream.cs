namespace RnnGen;

/// <summary>
/// Prepares the rows of one stream, one at a time, as <see cref="SeriesPreparation"/> prepares a table: scaled by the training rows, gaps filled by the last value
/// that was measured. Allocates nothing per row. Each stream has one of its own, which belongs to one thread at a time.
/// </summary>
public sealed class SeriesStream
{
    private readonly SeriesPreparation _preparation;

    // The last value of each input column, scaled; 0, the mean of the training rows, before the first one.
    private readonly float[] _held;

    internal SeriesStream(SeriesPreparation preparation)
    {
        SeriesOptions options = preparation.Options;
        string? problem =
            options.Relative != RelativeTo.Training ? $"Relative = {options.Relative} needs a whole window: expected Training."
            : options.Missing == MissingValues.Interpolate ? "Missing = Interpolate needs a whole window: expected Hold or Refuse."
            : preparation.KnownColumns.Length > 0 ? "Known needs rows of the future: expected none."
            : null;
        if (problem is not null)
        {
            throw new InvalidOperationException($"Rows cannot be prepared one at a time. SeriesOptions: {problem} Prepare takes the latest rows.");
        }

        (_preparation, _held) = (preparation, new float[preparation.InputColumns.Length]);
    }

    /// <summary>The inputs of the next row.</summary>
    /// <param name="reading">The row, [columns of the series], in its units; NaN for a missing value.</param>
    /// <param name="inputs">Receives [InputSize].</param>
    /// <param name="time">When the row was measured; needed by <see cref="SeriesOptions.Calendar"/> only.</param>
    /// <exception cref="ArgumentException">
    /// A length is wrong, the spans overlap, an input is infinite, or missing and refused, or the calendar has no time; nothing was changed.
    /// </exception>
    public void Next(ReadOnlySpan<float> reading, Span<float> inputs, DateTime? time = null)
    {
        Check(reading, inputs, time);
        SeriesOptions options = _preparation.Options;
        ReadOnlySpan<int> columns = _preparation.InputColumns;
        for (int k = 0; k < columns.Length; k++)
        {
            float value = reading[columns[k]];
            _held[k] = float.IsNaN(value) ? _held[k] : _preparation.Scale(columns[k], value);
            if (options.Mask)
            {
                inputs[columns.Length + k] = float.IsNaN(value) ? 0 : 1;
            }
        }

        _held.CopyTo(inputs);
        if (options.Calendar != CalendarFeatures.None)
        {
            CalendarRow.Write(options.Calendar, time.GetValueOrDefault(), inputs[^CalendarRow.Size(options.Calendar)..]);
        }
    }

    /// <summary>Converts outputs of a model into the units of the series.</summary>
    /// <param name="outputs">The outputs, [forecast rows x target columns x <paramref name="perValue"/>], which are overwritten.</param>
    /// <param name="perValue">Outputs per value, such as its quantiles, one after the other. 1 by default.</param>
    /// <exception cref="ArgumentException">The length is not that of whole forecasts.</exception>
    public void ToUnits(Span<float> outputs, int perValue = 1) => _preparation.Unscale(null, 0, outputs, perValue);

    private void Check(ReadOnlySpan<float> reading, Span<float> inputs, DateTime? time)
    {
        CompilerServices.Check.Length(reading.Length, _preparation.Columns, nameof(reading));
        CompilerServices.Check.Length(inputs.Length, _preparation.InputSize, nameof(inputs));
        CompilerServices.Check.Apart(reading, inputs);
        foreach (int column in _preparation.InputColumns)
        {
            if (float.IsInfinity(reading[column]))
            {
                throw new ArgumentException($"Column {column}: expected a finite value, or NaN where it is missing, found infinity.", nameof(reading));
            }

            if (float.IsNaN(reading[column]) && _preparation.Options.Missing == MissingValues.Refuse)
            {
                throw new ArgumentException($"Column {column} is missing (NaN); SeriesOptions.Missing says what a model reads instead.", nameof(reading));
            }
        }

        if (_preparation.Options.Calendar != CalendarFeatures.None && time is null)
        {
            throw new ArgumentException("Expected a time for the features of the calendar, found none.", nameof(time));
        }
    }
}
