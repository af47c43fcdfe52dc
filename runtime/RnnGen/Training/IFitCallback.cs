namespace RnnGen;

/// <summary>
/// Follows a <c>Fit</c> and can stop it: <see cref="FitOptions.Callbacks"/>. Each method returns whether training goes on; by default it does. They are called
/// on the thread that called <c>Fit</c>, after a finished update, in the order validation, report, epoch. What they throw leaves <c>Fit</c>.
/// </summary>
public interface IFitCallback
{
    /// <summary>After a validation, also the one at the end.</summary>
    /// <param name="update">Number of updates done.</param>
    /// <param name="score">The score.</param>
    /// <returns>Whether training goes on.</returns>
    bool OnValidation(long update, Score score) => true;

    /// <summary>After every report: each <see cref="FitOptions.ReportEvery"/> updates, and after a validation.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Whether training goes on.</returns>
    bool OnReport(TrainingProgress report) => true;

    /// <summary>After an update that takes the last window of an epoch.</summary>
    /// <param name="epoch">Number of epochs done, at least 1.</param>
    /// <returns>Whether training goes on.</returns>
    bool OnEpochEnd(long epoch) => true;
}
