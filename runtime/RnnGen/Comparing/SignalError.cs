namespace RnnGen;

/// <summary>How far numbers are from those that were expected.</summary>
/// <param name="Largest">The largest absolute difference; NaN if a number is NaN where another one was expected, or the other way round.</param>
/// <param name="RootMeanSquare">The root of the mean square of the differences.</param>
/// <param name="SignalToNoise">
/// The signal-to-noise ratio in dB: ten times the logarithm to base 10 of the squares of the expected numbers over the squares of the differences, sum over sum.
/// Infinite without differences; every 6 dB halve the error.
/// </param>
public readonly record struct SignalError(double Largest, double RootMeanSquare, double SignalToNoise);
