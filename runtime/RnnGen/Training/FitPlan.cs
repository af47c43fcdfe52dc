namespace RnnGen.Training;

/// <summary>What the options of <c>Fit</c> mean for its model and data. It depends on the number of updates only, so several calls are the same as one.</summary>
internal sealed class FitPlan
{
    private readonly int _windows;
    private readonly bool _validates;
    private readonly long _validateEvery;

    /// <summary>Checks that the options fit each other, the model and the data.</summary>
    /// <param name="options">The options.</param>
    /// <param name="batchSize">The batch size of the model; 1 if it has none.</param>
    /// <param name="schedule">The schedule of the optimizer.</param>
    /// <param name="windows">Number of windows to train on.</param>
    /// <param name="validationWindows">Number of windows to validate on; null without validation data.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public FitPlan(FitOptions options, int batchSize, Schedule schedule, int windows, int? validationWindows)
    {
        BatchSize = options.BatchSize ?? batchSize;
        _windows = windows;
        if (windows == 0 || validationWindows == 0)
        {
            throw new ArgumentException("There are no windows.", windows == 0 ? "data" : "validation");
        }

        if (options.Updates is null == options.Epochs is null)
        {
            throw new ArgumentException($"Expected either Updates or Epochs, found {(options.Updates is null ? "neither" : "both")}.", nameof(options));
        }

        Updates = options.Updates ?? ((((options.Epochs!.Value * (long)windows) - 1) / BatchSize) + 1);
        string? validating = NeedOfValidation(options, schedule);
        if (validationWindows is null && (validating ?? (options.ValidateEvery > 0 ? nameof(options.ValidateEvery) : null)) is string need)
        {
            throw new ArgumentException($"{need} needs data to validate on, found none.", nameof(options));
        }

        _validates = validationWindows is not null && (validating is not null || options.ValidateEvery > 0);
        _validateEvery = options.ValidateEvery;
        if (options.CheckpointPath is null && options.SaveEvery > 0)
        {
            throw new ArgumentException("SaveEvery needs a CheckpointPath, found none.", nameof(options));
        }

        if (options.CarryState && options.Order != DataOrder.Sequential)
        {
            throw new ArgumentException(
                $"CarryState needs sequential order, because a state continues where the previous window ended; found {options.Order}.", nameof(options));
        }

        if (options.CarryState && windows % BatchSize != 0)
        {
            throw new ArgumentException($"CarryState needs a number of windows that is a multiple of the batch size {BatchSize}, found {windows}.", "data");
        }
    }

    /// <summary>Number of updates, from the trainer's first <c>Fit</c> on.</summary>
    public long Updates { get; }

    /// <summary>Windows per update.</summary>
    public int BatchSize { get; }

    /// <summary>Number of updates that see as many windows as there are, rounded up.</summary>
    public long UpdatesPerEpoch => ((_windows - 1L) / BatchSize) + 1;

    /// <summary>Number of epochs after an update.</summary>
    public double EpochsAt(long update) => update * (double)BatchSize / _windows;

    /// <summary>Whether an update takes the last window of an epoch.</summary>
    public bool EndsEpoch(long update) => FullEpochsAt(update) > FullEpochsAt(update - 1);

    /// <summary>Number of complete epochs after an update.</summary>
    public long FullEpochsAt(long update) => update * BatchSize / _windows;

    /// <summary>Whether a regular validation follows an update.</summary>
    public bool Validates(long update) => _validates && (_validateEvery > 0 ? update % _validateEvery == 0 : EndsEpoch(update));

    private static string? NeedOfValidation(FitOptions options, Schedule schedule) =>
        options.Patience is not null ? nameof(options.Patience)
        : options.RestoreBestWeights ? nameof(options.RestoreBestWeights)
        : schedule.NeedsValidation ? schedule.GetType().Name
        : null;
}
