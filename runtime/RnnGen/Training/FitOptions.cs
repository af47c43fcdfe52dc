namespace RnnGen;

/// <summary>
/// The settings of <c>Fit</c>. Either <see cref="Updates"/> or <see cref="Epochs"/> is required. An option that would have no effect is an
/// <see cref="ArgumentException"/> of <c>Fit</c>.
/// </summary>
public sealed record FitOptions
{
    private readonly int? _batchSize;
    private readonly long? _updates;
    private readonly int? _epochs;
    private readonly long _reportEvery = 50;
    private readonly long _validateEvery;
    private readonly long _saveEvery;
    private readonly int? _patience;
    private readonly IReadOnlyList<IFitCallback> _callbacks = [];

    /// <summary>
    /// Number of updates after which training is complete, counted from the trainer's first <c>Fit</c>, including those before <c>Resume</c>. At
    /// least 1; null, the default, if <see cref="Epochs"/> is given.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long? Updates
    {
        get => _updates;
        init => _updates = value is null ? null : AtLeast(1, value.Value, nameof(Updates));
    }

    /// <summary>
    /// Instead of <see cref="Updates"/>: after how many passes over the data training is complete, counted in the same way. These are
    /// epochs x windows / batch size updates, rounded up. At least 1; null by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int? Epochs
    {
        get => _epochs;
        init => _epochs = value is null ? null : (int)AtLeast(1, value.Value, nameof(Epochs));
    }

    /// <summary>Windows per update, at least 1. Null, the default, for the <c>BatchSize</c> of the model's declaration or, if it has none, 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int? BatchSize
    {
        get => _batchSize;
        init => _batchSize = value is null ? null : (int)AtLeast(1, value.Value, nameof(BatchSize));
    }

    /// <summary>The order of the windows. Shuffled by default.</summary>
    public DataOrder Order { get; init; } = DataOrder.Shuffled;

    /// <summary>
    /// Whether states are carried from one update to the next (truncated back-propagation through time): each place of the batch has its own state, which is
    /// reset at the start of an epoch. Needs sequential order, and data in as many lanes as the batch has places (<see cref="TokenWindows.Lanes"/>).
    /// <see langword="false"/> by default.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>
    /// The seed of the order, which matters to the trainer's first <c>Fit</c>; sequential order needs none. On one machine, the same seed gives the same
    /// training. 0 by default.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// Number of updates between validations, at least 0. 0, the default, is one per epoch if <see cref="Patience"/>, <see cref="RestoreBestWeights"/> or the
    /// schedule needs validations; else only one at the end. A complete call always ends with a validation. If no regular
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
    /// the last weights, and a training that is resumed from it continues from the last ones. After cancellation, the model has the last weights, too.
    /// <see langword="false"/> by default.
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

    /// <summary>What is checked of the data before the first update. <see cref="DataCheck.Finite"/> by default.</summary>
    public DataCheck CheckData { get; init; } = DataCheck.Finite;

    /// <summary>What follows the training and can stop it, called in this order. Empty by default.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public IReadOnlyList<IFitCallback> Callbacks
    {
        get => _callbacks;
        init => _callbacks = value ?? throw new ArgumentNullException(nameof(Callbacks));
    }

    /// <summary>
    /// Whether a <c>Fit</c> without a receiver of its reports writes nothing. <see langword="false"/>, the default: if the output of the program is a terminal, it
    /// writes to a <see cref="ConsoleProgress"/>; services and tests, whose output is redirected, always write nothing.
    /// </summary>
    public bool Quiet { get; init; }

    private static long AtLeast(long least, long value, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"Must be at least {least}.");
}
