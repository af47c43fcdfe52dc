namespace RnnGen;

/// <summary>
/// The rows of a series as a model reads them, except for what depends on the window: scaled by the training rows, gaps filled. Memory: one row of inputs and one
/// of targets per row of the series.
/// </summary>
internal sealed class ScaledRows
{
    private readonly SeriesPreparation _preparation;
    private readonly SeriesOptions _options;
    private readonly int _values;
    private readonly int _inputSize;

    // What the model reads, [rows x InputSize]. Before the first value of a column that is relative to the window: NaN.
    private readonly float[] _inputs;

    // [rows x target columns], NaN where missing.
    private readonly float[] _targets;

    // With interpolation: the last measured row up to each row, or -1, [rows x columns that are read].
    private readonly int[]? _lastMeasured;

    /// <summary>Scales and fills rows.</summary>
    /// <param name="preparation">The scaling.</param>
    /// <param name="series">The rows.</param>
    /// <param name="count">Number of rows that a model can read; columns known in advance are there for Horizon rows more.</param>
    public ScaledRows(SeriesPreparation preparation, Series series, int count)
    {
        (_preparation, _options, _inputSize) = (preparation, preparation.Options, preparation.InputSize);
        ReadOnlySpan<int> inputs = preparation.InputColumns;
        ReadOnlySpan<int> known = preparation.KnownColumns;
        _values = inputs.Length + known.Length;
        _inputs = new float[count * _inputSize];
        _targets = new float[series.Rows * preparation.TargetColumns.Length];
        _lastMeasured = _options.Missing == MissingValues.Interpolate ? new int[count * _values] : null;
        for (int k = 0; k < inputs.Length; k++)
        {
            AddInput(series, count, inputs[k], place: k, shift: 0, isRelative: _options.Relative != RelativeTo.Training);
        }

        for (int k = 0; k < known.Length; k++)
        {
            AddInput(series, count, known[k], place: inputs.Length + k, shift: _options.Horizon, isRelative: false);
        }

        for (int row = 0; row < count; row++)
        {
            Span<float> rest = _inputs.AsSpan(row * _inputSize, _inputSize)[_values..];
            for (int k = 0; _options.Mask && k < inputs.Length; k++)
            {
                rest[k] = float.IsNaN(series[row, inputs[k]]) ? 0 : 1;
            }

            if (_options.Calendar != CalendarFeatures.None)
            {
                CalendarRow.Write(_options.Calendar, series.Times[row], rest[^CalendarRow.Size(_options.Calendar)..]);
            }
        }

        AddTargets(series);
    }

    /// <summary>Whether windows are slices of the rows.</summary>
    private bool IsView => _options.Relative == RelativeTo.Training && _lastMeasured is null;

    /// <summary>The inputs of a window.</summary>
    /// <param name="start">Its first row.</param>
    /// <param name="steps">Number of rows.</param>
    /// <param name="memory">Receives them if they depend on the window.</param>
    /// <returns>[steps x InputSize].</returns>
    public ReadOnlySpan<float> Inputs(int start, int steps, Span<float> memory)
    {
        ReadOnlySpan<float> rows = _inputs.AsSpan(start * _inputSize, steps * _inputSize);
        if (IsView)
        {
            return rows;
        }

        rows.CopyTo(memory);
        for (int place = 0; place < _values; place++)
        {
            float center = Center(start, steps, place);
            int end = start + steps - 1;
            for (int row = 0; row < steps; row++)
            {
                float value = Value(start + row, end, place) - center;
                memory[(row * _inputSize) + place] = float.IsNaN(value) ? 0 : value;
            }
        }

        return memory[..rows.Length];
    }

    /// <summary>The targets of a window.</summary>
    /// <param name="start">Its first row.</param>
    /// <param name="steps">Number of rows.</param>
    /// <param name="memory">Receives them if they depend on the window, or overlap.</param>
    /// <returns>[Horizon x target columns], or as many for every step.</returns>
    public ReadOnlySpan<float> Targets(int start, int steps, Span<float> memory)
    {
        int columns = _preparation.TargetColumns.Length;
        int length = _options.Horizon * columns;
        int first = _options.EveryStep ? start + 1 : start + steps;
        if (_options.EveryStep && _options.Horizon > 1)
        {
            for (int step = 0; step < steps; step++)
            {
                _targets.AsSpan((first + step) * columns, length).CopyTo(memory[(step * length)..]);
            }

            return memory[..(steps * length)];
        }

        ReadOnlySpan<float> rows = _targets.AsSpan(first * columns, _options.EveryStep ? steps * length : length);
        if (_options.Relative == RelativeTo.Training)
        {
            return rows;
        }

        for (int column = 0; column < columns; column++)
        {
            float center = TargetCenter(start, steps, column);
            for (int k = column; k < length; k += columns)
            {
                memory[k] = rows[k] - center;
            }
        }

        return memory[..length];
    }

    /// <summary>What a target column of a window is relative to, as scaled by the training rows.</summary>
    public float TargetCenter(int start, int steps, int column) => _options.Relative == RelativeTo.Training ? 0
        : Center(start, steps, _preparation.InputColumns.IndexOf(_preparation.TargetColumns[column]));

    /// <summary>What a column of a window is relative to; 0, the mean of the training rows, if nothing was measured.</summary>
    private float Center(int start, int steps, int place)
    {
        int end = start + steps - 1;
        if (_options.Relative == RelativeTo.Training || place >= _preparation.InputColumns.Length)
        {
            return 0;
        }

        if (_options.Relative == RelativeTo.Last)
        {
            float last = Value(end, end, place);
            return float.IsNaN(last) ? 0 : last;
        }

        (double sum, int count) = (0, 0);
        for (int row = start; row <= end; row++)
        {
            float value = Value(row, end, place);
            if (!float.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? 0 : (float)(sum / count);
    }

    /// <summary>A value as it is known at the end of the window: nothing is interpolated towards a later row.</summary>
    private float Value(int row, int end, int place)
    {
        int last = _lastMeasured is null ? -1 : _lastMeasured[(end * _values) + place];
        return _inputs[((last >= 0 && row > last ? last : row) * _inputSize) + place];
    }

    private void AddInput(Series series, int count, int column, int place, int shift, bool isRelative)
    {
        float held = isRelative ? float.NaN : 0;
        int last = -1;
        // The rows before the first step that reads this column can also fill gaps.
        for (int row = 0; row < Math.Min(shift, series.Rows); row++)
        {
            float value = series[row, column];
            held = float.IsNaN(value) ? held : _preparation.Scale(column, value);
        }

        for (int row = 0; row < count; row++)
        {
            float value = series[row + shift, column];
            if (!float.IsNaN(value))
            {
                float scaled = _preparation.Scale(column, value);
                if (_lastMeasured is not null && last >= 0)
                {
                    Interpolate(last, row, place, scaled);
                }

                (held, last) = (scaled, row);
            }
            else if (_options.Missing == MissingValues.Refuse)
            {
                throw new ArgumentException($"Row {row + shift}, column {column} is missing (NaN); SeriesOptions.Missing says what a model reads instead.", nameof(series));
            }

            _inputs[(row * _inputSize) + place] = held;
            if (_lastMeasured is not null)
            {
                _lastMeasured[(row * _values) + place] = last;
            }
        }
    }

    private void Interpolate(int from, int to, int place, float value)
    {
        float start = _inputs[(from * _inputSize) + place];
        for (int row = from + 1; row < to; row++)
        {
            _inputs[(row * _inputSize) + place] = start + ((value - start) * (row - from) / (to - from));
        }
    }

    private void AddTargets(Series series)
    {
        ReadOnlySpan<int> targets = _preparation.TargetColumns;
        for (int row = 0; row < series.Rows; row++)
        {
            for (int k = 0; k < targets.Length; k++)
            {
                _targets[(row * targets.Length) + k] = _preparation.Scale(targets[k], series[row, targets[k]]);
            }
        }
    }
}
