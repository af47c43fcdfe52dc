namespace RnnGen;

/// <summary>
/// Windows of a <see cref="Series"/> with the rows that follow as targets, scaled. Gaps are filled once, for all windows; a window is a slice of the rows, or is
/// copied to memory that the next window of the same thread overwrites.
/// </summary>
public sealed class SeriesWindows : Dataset<float, float>
{
    private readonly ScaledRows _rows;
    private readonly ThreadLocal<float[]> _inputs;
    private readonly ThreadLocal<float[]> _targets;

    /// <summary>Windows of training rows, whose statistics scale them.</summary>
    /// <param name="series">The rows; they are not changed.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">
    /// There are too few rows, there is no such column or it has no values, an input is missing and refused, or the options contradict each other.
    /// </exception>
    public SeriesWindows(Series series, SeriesOptions options)
        : this(series, SeriesPreparation.Of(series, options))
    {
    }

    /// <summary>Windows of other rows, prepared as those for training.</summary>
    /// <param name="series">The rows; they are not changed.</param>
    /// <param name="preparation">The preparation of the training rows.</param>
    /// <exception cref="ArgumentException">There are too few rows, other columns or no times, or an input is missing and refused.</exception>
    public SeriesWindows(Series series, SeriesPreparation preparation)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        preparation.Check(series);
        (Series, Preparation) = (series, preparation);
        SeriesOptions options = preparation.Options;
        long needed = (long)options.Steps + options.Horizon;
        if (series.Rows < needed)
        {
            throw new ArgumentException(
                $"Expected at least {needed} rows ({options.Steps} steps and a horizon of {options.Horizon}), found {series.Rows}.", nameof(series));
        }

        Count = (int)((series.Rows - needed) / options.Stride) + 1;
        _rows = new ScaledRows(preparation, series, series.Rows - options.Horizon);
        _inputs = new(() => new float[options.Steps * preparation.InputSize]);
        _targets = new(() => new float[preparation.OutputSize * (options.EveryStep ? options.Steps : 1)]);
    }

    /// <summary>The rows.</summary>
    public Series Series { get; }

    /// <summary>Scaling and its inverse, also for the latest rows when the model is in service.</summary>
    public SeriesPreparation Preparation { get; }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    internal override WindowShape? Shape => new(Preparation.InputSize, Preparation.OutputSize, Preparation.Options.EveryStep);

    /// <summary>
    /// Splits a series by time: the oldest rows are for training, the next ones for validation, the rest for the test. No row is in two parts, and only those
    /// for training decide the scaling.
    /// </summary>
    /// <param name="series">The rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="trainingRows">Number of rows for training.</param>
    /// <param name="validationRows">Number of rows for validation.</param>
    /// <returns>The windows of the three parts.</returns>
    /// <exception cref="ArgumentException">As for the constructor; a part has too few rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows than those for training and validation.</exception>
    public static (SeriesWindows Training, SeriesWindows Validation, SeriesWindows Test) Split(Series series, SeriesOptions options, int trainingRows, int validationRows)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfNegative(trainingRows);
        ArgumentOutOfRangeException.ThrowIfNegative(validationRows);
        if ((long)trainingRows + validationRows > series.Rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationRows), validationRows, $"Expected at most {series.Rows} rows for training and validation, found {trainingRows} + {validationRows}.");
        }

        int seen = trainingRows + validationRows;
        Series trained = series.Slice(0, trainingRows);
        var preparation = SeriesPreparation.Of(trained, options);
        return (
            Part("training", trained, preparation),
            Part("validation", series.Slice(trainingRows, validationRows), preparation),
            Part("test", series.Slice(seen, series.Rows - seen), preparation));
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Inputs(int index) => _rows.Inputs(FirstRow(index), Preparation.Options.Steps, _inputs.Value);

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Targets(int index) => _rows.Targets(FirstRow(index), Preparation.Options.Steps, _targets.Value);

    /// <summary>The row of <see cref="Series"/> at which a window begins. The last step reads Steps - 1 rows later, and the forecast begins Steps rows later.</summary>
    /// <param name="index">The window, in 0 .. Count - 1.</param>
    /// <returns>The row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such window.</exception>
    public int FirstRow(int index) => (uint)index < (uint)Count
        ? index * Preparation.Options.Stride
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"A window must be in 0 .. {Count - 1}.");

    /// <summary>Converts outputs of a model, or targets, of a window into the units of the series.</summary>
    /// <param name="index">The window, in 0 .. Count - 1.</param>
    /// <param name="outputs">The outputs, [forecast rows x target columns x <paramref name="perValue"/>], which are overwritten.</param>
    /// <param name="perValue">Outputs per value, such as its quantiles, one after the other. 1 by default.</param>
    /// <exception cref="ArgumentException">There is no such window, or the length is not that of whole forecasts.</exception>
    public void ToUnits(int index, Span<float> outputs, int perValue = 1) => Preparation.Unscale(_rows, FirstRow(index), outputs, perValue);

    private static SeriesWindows Part(string name, Series rows, SeriesPreparation preparation)
    {
        try
        {
            return new SeriesWindows(rows, preparation);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"The rows for {name}: {exception.Message}", exception);
        }
    }
}
