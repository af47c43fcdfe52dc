using System.Globalization;

namespace RnnGen;

/// <summary>The result of <c>FindLearningRate</c>: how the loss changes while the learning rate grows.</summary>
/// <param name="Rates">The learning rates, one per update, from the lowest on.</param>
/// <param name="Losses">
/// The loss before each of these updates, smoothed: a moving average with a decay of 0.9, divided by the sum of its weights.
/// </param>
/// <param name="Suggestion">
/// A tenth of the rate at which the smoothed loss is lowest; NaN if it is never below the first one. Training still works there, and the average, which lags
/// behind by most of a tenfold rate, is compensated. The steepest descent, which is also in use, depends on differences of losses and so on the noise of single windows.
/// </param>
public sealed record LearningRateCurve(IReadOnlyList<float> Rates, IReadOnlyList<double> Losses, float Suggestion)
{
    /// <summary>The result in one line, the same in every culture.</summary>
    /// <returns>Such as <c>learning rate 0.012: rates from 1E-06 to 1.3, 84 updates</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"learning rate {Suggestion:G3}: rates from {Rates[0]:G3} to {Rates[^1]:G3}, {Rates.Count} updates");
}
