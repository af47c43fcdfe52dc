namespace RnnGen;

/// <summary>The settings of <c>Fit</c>. Only <see cref="Updates"/> is required.</summary>
public sealed record FitOptions
{
    private readonly int _batchSize = 1;
    private readonly long _updates;
    private readonly long _reportEvery = 50;
    private readonly long _validateEvery;
    private readonly long _saveEvery;
    private readonly int? _patience;

    /// <summary>
    /// Number of updates after which training is complete, counted from the trainer's first <c>Fit</c>, including those before <c>Resume</c>. At
    /// least 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public required long Updates
    {
        get => _updates;
        init => _updates = AtLeast(1, value, nameof(Updates));
    }

    /// <summary>Windows per update, at least 1. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int BatchSize
    {
        get => _batchSize;
        init => _batchSize = (int)AtLeast(1, value, nameof(BatchSize));
    }

    /// <summary>The order of the windows. Shuffled by default.</summary>
    public DataOrder Order { get; init; } = DataOrder.Shuffled;

    /// <summary>
    /// Whether states are carried from one update to the next (truncated back-propagation through time): each place of the batch has its own state, which is
    /// reset at the start of an epoch. Needs sequential order, and data in as many lanes as the batch has places (<see cref="TokenWindows.Lanes"/>).
    /// <see langword="false"/> by default.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>The seed of the order. On one machine, the same seed gives the same training. 0 by default.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Number of updates between validations, at least 0; 0, the default, for only one at the end. A complete call always ends with a validation. If no regular
    /// validation is due then, it does not count for the schedule and <see cref="Patience"/>, so that training in several calls is the same as in one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long ValidateEvery
    {
        get => _validateEvery;
        init => _validateEvery = AtLeast(0, value, nameof(ValidateEvery));
    }

    /// <summary>
    /// Early stopping: training ends after this many validations in a row, at least 1, that were not better than the best one. Null, the
    /// default, for no early stopping.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Patience
    {
        get => _patience;
        init => _patience = value is null ? null : (int)AtLeast(1, value.Value, nameof(Patience));
    }

    /// <summary>
    /// Whether the model has the weights of the best validation after training; another call then continues from these. A checkpoint stores both the best and
    /// the last weights, and a training that is resumed from it continues from the last ones. <see langword="false"/> by default.
    /// </summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>The checkpoint that <c>Fit</c> writes when it ends, also by cancellation. Null, the default, for none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Number of updates between checkpoints, at least 0; 0, the default, for only one at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long SaveEvery
    {
        get => _saveEvery;
        init => _saveEvery = AtLeast(0, value, nameof(SaveEvery));
    }

    /// <summary>Number of updates between progress reports, at least 1. 50 by default. Every validation is reported, too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long ReportEvery
    {
        get => _reportEvery;
        init => _reportEvery = AtLeast(1, value, nameof(ReportEvery));
    }

    private static long AtLeast(long least, long value, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"Must be at least {least}.");
}
