using System.Text.Json;
using System.Text.Json.Serialization;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// How rows become the inputs of a model, and its outputs numbers in the units of the rows. A value is <c>(x - mean) / deviation</c>, by mean and standard
/// deviation of its column in the training rows, minus the same of what its window is relative to (<see cref="RelativeTo"/>); <see cref="ToUnits"/> is the
/// inverse. As text it can be stored with the model: <c>model.Metadata[SeriesPreparation.MetadataKey] = preparation.ToString()</c>.
/// </summary>
/// <remarks>
/// A step has, in this order: the columns of <see cref="SeriesOptions.Inputs"/>, those of <see cref="SeriesOptions.Known"/>, Horizon rows later, the
/// <see cref="SeriesOptions.Mask"/> of the former, and sine and cosine of each feature of <see cref="SeriesOptions.Calendar"/>.
/// </remarks>
public sealed class SeriesPreparation
{
    /// <summary>The key of the text in a model's <c>Metadata</c>, by convention.</summary>
    public const string MetadataKey = "series";

    private readonly int[] _inputs;
    private readonly int[] _known;
    private readonly int[] _targets;
    private readonly double[] _means;
    private readonly double[] _deviations;

    private SeriesPreparation(SeriesOptions options, double[] means, double[] deviations)
    {
        (Options, _means, _deviations) = (options, means, deviations);
        _known = [.. options.Known];
        _inputs = [.. options.Inputs ?? [.. Enumerable.Range(0, Columns).Except(_known)]];
        _targets = [.. options.Targets ?? _inputs];
        CheckColumns();
        CheckOptions();
        InputSize = _inputs.Length + _known.Length + (options.Mask ? _inputs.Length : 0) + CalendarRow.Size(options.Calendar);
        OutputSize = checked(options.Horizon * _targets.Length);
    }

    /// <summary>The options.</summary>
    public SeriesOptions Options { get; }

    /// <summary>Number of columns of the series.</summary>
    public int Columns => _means.Length;

    /// <summary>Numbers per step that a model reads: its <c>inputSize</c>.</summary>
    public int InputSize { get; }

    /// <summary>Numbers that a model forecasts: <see cref="SeriesOptions.Horizon"/> rows of the target columns, row by row.</summary>
    public int OutputSize { get; }

    /// <summary>The mean of each column over the training rows.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>The standard deviation of each column over the training rows; 1 for a column that is constant.</summary>
    public IReadOnlyList<double> Deviations => _deviations;

    internal ReadOnlySpan<int> InputColumns => _inputs;

    internal ReadOnlySpan<int> KnownColumns => _known;

    internal ReadOnlySpan<int> TargetColumns => _targets;

    /// <summary>Computes the statistics of training rows. Missing values are left out.</summary>
    /// <param name="training">The rows.</param>
    /// <param name="options">The options.</param>
    /// <returns>The preparation.</returns>
    /// <exception cref="ArgumentException">There is no such column, one that is used has no values, or the options contradict each other.</exception>
    public static SeriesPreparation Of(Series training, SeriesOptions options)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        (double[] means, double[] deviations) = (new double[training.Columns], new double[training.Columns]);
        for (int column = 0; column < training.Columns; column++)
        {
            (means[column], deviations[column]) = Statistics(training, column);
        }

        return new SeriesPreparation(options, means, deviations);
    }

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The preparation.</returns>
    /// <exception cref="ArgumentException">The text is not that of a preparation.</exception>
    public static SeriesPreparation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            StoredPreparation? stored = JsonSerializer.Deserialize(text, StoredPreparationContext.Default.StoredPreparation);
            return stored is { Options.Known: not null, Means: not null, Deviations: not null }
                && stored.Means.Length == stored.Deviations.Length && stored.Means.Zip(stored.Deviations).All(column => AreStatistics(column.First, column.Second))
                ? new SeriesPreparation(stored.Options, stored.Means, stored.Deviations)
                : throw new ArgumentException("Expected a preparation with options, means, and deviations greater than 0, as many as means.", nameof(text));
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The text is not that of a preparation: {exception.Message}", nameof(text), exception);
        }
    }

    /// <summary>Options and statistics as text (JSON).</summary>
    /// <returns>The text, for <see cref="Parse"/>.</returns>
    public override string ToString() =>
        JsonSerializer.Serialize(new StoredPreparation(Options, _means, _deviations), StoredPreparationContext.Default.StoredPreparation);

    /// <summary>Prepares the rows of a stream one at a time, with a memory of the last value of each column.</summary>
    /// <returns>The preparation of one stream.</returns>
    /// <exception cref="InvalidOperationException">
    /// The options need more than the rows so far: windows relative to their last value or mean, interpolation, or columns known in advance.
    /// </exception>
    public SeriesStream CreateStream() => new(this);

    /// <summary>The inputs of the latest rows, for a forecast of what follows. Rows that come one at a time are for <see cref="CreateStream"/>.</summary>
    /// <param name="latest">
    /// The rows, at least as many as steps; earlier ones fill gaps. With <see cref="SeriesOptions.Known"/>, <see cref="SeriesOptions.Horizon"/> rows of the future
    /// are the last ones; only their columns known in advance are read.
    /// </param>
    /// <param name="inputs">
    /// Receives [steps x InputSize]: 1 to <see cref="SeriesOptions.Steps"/>, such as the latest one of a stream; all of them if windows are relative.
    /// </param>
    /// <exception cref="ArgumentException">The series has other columns, too few rows, or no times for the calendar; an input is missing and refused; or the length is wrong.</exception>
    public void Prepare(Series latest, Span<float> inputs)
    {
        int rows = CheckLatest(latest);
        int steps = CompilerServices.Check.Steps(inputs.Length, InputSize, Options.Steps, nameof(inputs));
        if (Options.Relative != RelativeTo.Training)
        {
            CompilerServices.Check.Length(inputs.Length, Options.Steps * InputSize, nameof(inputs));
        }

        CheckRows(rows, steps);
        new ScaledRows(this, latest, rows).Inputs(rows - steps, steps, inputs).CopyTo(inputs);
    }

    /// <summary>Converts outputs of a model that has read the latest rows into the units of the series.</summary>
    /// <param name="latest">The rows, as for <see cref="Prepare"/>.</param>
    /// <param name="outputs">The outputs, [forecast rows x target columns x <paramref name="perValue"/>], which are overwritten.</param>
    /// <param name="perValue">Outputs per value, such as its quantiles, one after the other. 1 by default.</param>
    /// <exception cref="ArgumentException">The series has other columns or too few rows, or the length is not that of whole forecasts.</exception>
    public void ToUnits(Series latest, Span<float> outputs, int perValue = 1)
    {
        int rows = CheckLatest(latest);
        CheckRows(rows, Options.Relative == RelativeTo.Training ? 0 : Options.Steps);
        Unscale(Options.Relative == RelativeTo.Training ? null : new ScaledRows(this, latest, rows), rows - Options.Steps, outputs, perValue);
    }

    internal void Unscale(ScaledRows? rows, int start, Span<float> outputs, int perValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perValue, 1);
        if (outputs.Length % ((long)OutputSize * perValue) != 0 || outputs.IsEmpty)
        {
            throw new ArgumentException($"Expected a multiple of {(long)OutputSize * perValue} outputs, found {outputs.Length}.", nameof(outputs));
        }

        for (int column = 0; column < _targets.Length; column++)
        {
            double mean = _means[_targets[column]];
            double deviation = _deviations[_targets[column]];
            double center = rows?.TargetCenter(start, Options.Steps, column) ?? 0;
            for (int value = column * perValue; value < outputs.Length; value += _targets.Length * perValue)
            {
                foreach (ref float output in outputs.Slice(value, perValue))
                {
                    output = (float)(((output + center) * deviation) + mean);
                }
            }
        }
    }

    /// <summary>A value of a column, scaled by the training rows.</summary>
    internal float Scale(int column, float value) => (float)((value - _means[column]) / _deviations[column]);

    internal void Check(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Columns != Columns)
        {
            throw new ArgumentException($"Expected a series of {Columns} columns, found {series.Columns}.", nameof(series));
        }

        if (Options.Calendar != CalendarFeatures.None && !series.HasTimes)
        {
            throw new ArgumentException($"Expected a series with times, because of SeriesOptions.Calendar = {Options.Calendar}, found none.", nameof(series));
        }
    }

    /// <summary>NaN are those of a column without values, which only columns that are not used may be.</summary>
    private static bool AreStatistics(double mean, double deviation) => double.IsNaN(mean)
        ? double.IsNaN(deviation)
        : double.IsFinite(mean) && deviation is > 0 and < double.PositiveInfinity;

    private static (double Mean, double Deviation) Statistics(Series series, int column)
    {
        var values = new RunningVariance();
        for (int row = 0; row < series.Rows; row++)
        {
            float value = series[row, column];
            if (!float.IsNaN(value))
            {
                values.Add(value);
            }
        }

        return values.Count == 0 ? (double.NaN, double.NaN) : (values.Mean, values.Squares > 0 ? Math.Sqrt(values.Variance) : 1);
    }

    /// <summary>Number of rows that are not of the future.</summary>
    private int CheckLatest(Series latest)
    {
        Check(latest);
        return latest.Rows - (_known.Length > 0 ? Options.Horizon : 0);
    }

    private void CheckRows(int rows, int steps)
    {
        if (rows < steps)
        {
            string future = _known.Length > 0 ? $", and {Options.Horizon} of the future" : "";
            throw new ArgumentException($"Expected at least {steps} rows{future}, found {Math.Max(0, rows)}.", "latest");
        }
    }

    private void CheckColumns()
    {
        foreach ((int[] columns, string name) in new[] { (_inputs, nameof(Options.Inputs)), (_known, nameof(Options.Known)), (_targets, nameof(Options.Targets)) })
        {
            if (columns.Length == 0 && columns != _known)
            {
                throw new ArgumentException($"{name}: expected at least one column, found none.", "options");
            }

            foreach (int column in columns)
            {
                if ((uint)column >= (uint)Columns)
                {
                    throw new ArgumentException($"{name}: expected columns in 0 .. {Columns - 1}, found {column}.", "options");
                }

                if (double.IsNaN(_means[column]))
                {
                    throw new ArgumentException($"{name}: column {column} has no value in the training rows.", "options");
                }
            }
        }
    }

    private void CheckOptions()
    {
        int known = Array.FindIndex(_targets, _known.Contains);
        int unread = Array.FindIndex(_targets, column => !_inputs.Contains(column));
        string? problem =
            known >= 0 ? $"column {_targets[known]} is a target and cannot be known in advance."
            : Options.Relative != RelativeTo.Training && unread >= 0 ? $"column {_targets[unread]} is a target and must be among Inputs, because windows are relative to them."
            : Options.Relative != RelativeTo.Training && Options.EveryStep ? "with EveryStep, windows cannot be relative to later rows: expected Relative = Training."
            : Options.Missing == MissingValues.Interpolate && Options.EveryStep ? "with EveryStep, a step must not read what is interpolated towards later rows: expected Missing = Hold."
            : Options.Missing == MissingValues.Refuse && Options.Mask ? "Mask tells which values are missing: expected Missing = Hold or Interpolate."
            : null;
        if (problem is not null)
        {
            throw new ArgumentException($"SeriesOptions: {problem}", "options");
        }
    }
}

/// <summary>What the text of a preparation has.</summary>
internal sealed record StoredPreparation(SeriesOptions Options, double[] Means, double[] Deviations);

/// <summary>Reads and writes it without reflection.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredPreparation))]
internal sealed partial class StoredPreparationContext : JsonSerializerContext;
