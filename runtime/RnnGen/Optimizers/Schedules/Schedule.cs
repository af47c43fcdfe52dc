namespace RnnGen;

/// <summary>
/// How the learning rate changes from update to update: part of an optimizer's settings, such as
/// <c>new Adam(1e-3f) { Schedule = new CosineSchedule(10_000) }</c>. To write your own, derive a record from this.
/// </summary>
public abstract record Schedule
{
    /// <summary>The rate is constant.</summary>
    public static Schedule Constant { get; } = new Unchanged();

    /// <summary>
    /// Whether the rate depends on validations. Then <c>Fit</c> needs data to validate on, and validates once per epoch unless <see cref="FitOptions.ValidateEvery"/>
    /// says otherwise. <see langword="false"/> unless overridden.
    /// </summary>
    public virtual bool NeedsValidation => false;

    /// <summary>The learning rate of one update.</summary>
    /// <param name="initial">The rate that the schedule starts from.</param>
    /// <param name="updates">Number of updates before this one.</param>
    /// <returns>The rate, at least 0.</returns>
    public abstract double Rate(double initial, long updates);

    /// <summary>
    /// Reports a validation loss. Override it only if the rate depends on it; keep what must be remembered in <paramref name="progress"/>, not in fields.
    /// </summary>
    /// <param name="progress">The memory of the schedule, to be read and written.</param>
    /// <param name="loss">The validation loss, which may be NaN.</param>
    public virtual void Report(ScheduleProgress progress, float loss)
    {
    }

    private protected static float Factor(float value, string name) =>
        value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be greater than 0 and at most 1.");

    private protected static long AtLeastOne(long value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 1.");

    internal static long AtLeastZero(long value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0.");

    private sealed record Unchanged : Schedule
    {
        public override double Rate(double initial, long updates) => initial;
    }
}
