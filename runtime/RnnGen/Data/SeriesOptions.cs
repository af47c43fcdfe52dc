namespace RnnGen;

/// <summary>How a <see cref="Series"/> becomes windows: <see cref="SeriesWindows"/>. Only <see cref="Steps"/> is required.</summary>
public sealed record SeriesOptions
{
    private readonly int _steps;
    private readonly int _horizon = 1;
    private readonly int _stride = 1;

    /// <summary>Rows that the model reads per window, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public required int Steps
    {
        get => _steps;
        init => _steps = AtLeastOne(value, nameof(Steps));
    }

    /// <summary>Rows that the model forecasts, at least 1: those after the last step or, with <see cref="EveryStep"/>, after each step. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Horizon
    {
        get => _horizon;
        init => _horizon = AtLeastOne(value, nameof(Horizon));
    }

    /// <summary>Rows from the start of one window to that of the next, at least 1, the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Stride
    {
        get => _stride;
        init => _stride = AtLeastOne(value, nameof(Stride));
    }

    /// <summary>The columns that the model reads, from 0 on. Null, the default, for all but <see cref="Known"/>.</summary>
    public IReadOnlyList<int>? Inputs { get; init; }

    /// <summary>The columns that the model forecasts, from 0 on. Null, the default, for those of <see cref="Inputs"/>.</summary>
    public IReadOnlyList<int>? Targets { get; init; }

    /// <summary>
    /// Columns that are known in advance, such as holidays or a weather forecast. A step reads the value <see cref="Horizon"/> rows later, so that the last
    /// Horizon steps of a window have those of the rows to be forecast. None by default.
    /// </summary>
    public IReadOnlyList<int> Known { get; init; } = [];

    /// <summary>
    /// Whether every step has targets, the <see cref="Horizon"/> rows after it: for models with outputs at every step and for streams. By default only the last
    /// step has, for models with <c>ReturnSequences = false</c>.
    /// </summary>
    public bool EveryStep { get; init; }

    /// <summary>What a model reads where a value is missing (NaN). Refused by default. A target that is missing stays NaN, which heads ignore.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>Whether the model also reads, for every column of <see cref="Inputs"/>, whether its value was measured (1) or is missing (0).</summary>
    public bool Mask { get; init; }

    /// <summary>What values are relative to. Levels that drift make relative windows better, often by much.</summary>
    public RelativeTo Relative { get; init; }

    /// <summary>What the model also reads of the time of a row. Nothing by default.</summary>
    public CalendarFeatures Calendar { get; init; }

    private static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 1.");
}

/// <summary>What a model reads where a value is missing (NaN).</summary>
public enum MissingValues
{
    /// <summary>Missing inputs are an exception with row and column.</summary>
    Refuse,

    /// <summary>The last value that was measured. Before the first one it is the value that everything is relative to.</summary>
    Hold,

    /// <summary>A line between the values around the gap. At the end of a window it holds the last one, so that a window has nothing of later rows.</summary>
    Interpolate,
}

/// <summary>What the values of a window are relative to, column by column.</summary>
public enum RelativeTo
{
    /// <summary>The mean of the training rows.</summary>
    Training,

    /// <summary>The last value of the window.</summary>
    Last,

    /// <summary>The mean of the window.</summary>
    WindowMean,
}

/// <summary>What a model reads of the time of a row: each as sine and cosine of an angle that grows evenly through the period.</summary>
[Flags]
public enum CalendarFeatures
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The time of the day; the angle is 0 at midnight.</summary>
    HourOfDay = 1,

    /// <summary>The time in the week; the angle is 0 when Monday begins.</summary>
    DayOfWeek = 2,

    /// <summary>The time in the year; the angle is 0 when January begins.</summary>
    DayOfYear = 4,
}
