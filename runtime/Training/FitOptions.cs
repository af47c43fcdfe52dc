namespace RnnGen;

/// <summary>How <c>Fit</c> trains. Only the number of updates must be given.</summary>
public sealed record FitOptions
{
    private readonly int _batchSize = 1;
    private readonly long _updates;
    private readonly long _reportEvery = 50;
    private readonly long _validateEvery;
    private readonly long _saveEvery;
    private readonly int? _patience;

    /// <summary>
    /// Updates after which training is complete, counted from the trainer's first <c>Fit</c>, whether it was resumed in between or not. At
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

    /// <summary>In which order windows are taken. Shuffled by default.</summary>
    public DataOrder Order { get; init; } = DataOrder.Shuffled;

    /// <summary>
    /// Truncated back-propagation through time: every place in the batch has a state of its own, which is carried from one update to the next
    /// and set to zero at the start of an epoch. For data in lanes (<see cref="TokenWindows.Lanes"/>), in sequential order, with as many
    /// lanes as the batch has places.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>Seed of the order. The same seed gives the same training on one machine.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Updates between two validations; 0, the default, for a single one at the end. A call that is complete ends with a validation in any case. If it is not
    /// the time for one, schedule and <see cref="Patience"/> do not count it: training in several calls is the same as in one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long ValidateEvery
    {
        get => _validateEvery;
        init => _validateEvery = AtLeast(0, value, nameof(ValidateEvery));
    }

    /// <summary>
    /// Early stopping: training ends when this many validations in a row, at least 1, have not been better than the best one. Null, the
    /// default, for never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Patience
    {
        get => _patience;
        init => _patience = value is null ? null : (int)AtLeast(1, value.Value, nameof(Patience));
    }

    /// <summary>
    /// Whether the model gets the weights of the best validation when training is over, from which another call then goes on. A checkpoint keeps both, and a
    /// training that is resumed from it goes on from the last ones.
    /// </summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>The checkpoint that <c>Fit</c> writes when it ends, be it by cancellation. None by default.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Updates between two checkpoints; 0, the default, for a single one at the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long SaveEvery
    {
        get => _saveEvery;
        init => _saveEvery = AtLeast(0, value, nameof(SaveEvery));
    }

    /// <summary>Updates between two reports of progress, at least 1. 50 by default. Validations are reported, too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long ReportEvery
    {
        get => _reportEvery;
        init => _reportEvery = AtLeast(1, value, nameof(ReportEvery));
    }

    private static long AtLeast(long least, long value, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"Must be at least {least}.");
}
