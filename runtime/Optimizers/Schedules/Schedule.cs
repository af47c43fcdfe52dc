namespace RnnGen;

/// <summary>
/// How the learning rate changes from update to update: part of an optimizer's settings, such as
/// <c>new Adam(1e-3f) { Schedule = new CosineSchedule(10_000) }</c>. To write your own, derive a record from this.
/// </summary>
public abstract record Schedule
{
    /// <summary>The rate stays as it is.</summary>
    public static Schedule Constant { get; } = new Unchanged();

    /// <summary>The learning rate of one update.</summary>
    /// <param name="initial">The rate that the schedule starts from.</param>
    /// <param name="updates">Number of updates before this one.</param>
    /// <returns>The rate; not negative.</returns>
    public abstract double Rate(double initial, long updates);

    /// <summary>Hears of a validation loss. Only a schedule that depends on it overrides this; it must not keep anything in fields of its own.</summary>
    /// <param name="progress">What it remembers, to be read and written.</param>
    /// <param name="loss">The validation loss, which may be NaN.</param>
    public virtual void Report(ScheduleProgress progress, float loss)
    {
    }

    private protected static float Factor(float value, string name) =>
        value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be more than 0 and at most 1.");

    private protected static long AtLeastOne(long value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 1.");

    internal static long AtLeastZero(long value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0.");

    private sealed record Unchanged : Schedule
    {
        public override double Rate(double initial, long updates) => initial;
    }
}
