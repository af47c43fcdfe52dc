namespace RnnGen.Comparing;

/// <summary>The differences of numbers, as they are found.</summary>
internal sealed class ErrorSum
{
    private double _largest;
    private double _squares;
    private double _signal;
    private long _count;

    /// <summary>The error of what was added; NaN without numbers.</summary>
    public SignalError Error => new(
        _largest, Math.Sqrt(_squares / _count), _squares == 0 ? double.PositiveInfinity : 10 * Math.Log10(_signal / _squares));

    /// <summary>The error of what was added; null without numbers.</summary>
    public SignalError? ErrorOrNone => _count > 0 ? Error : null;

    /// <summary>Adds numbers.</summary>
    /// <param name="expected">What is expected.</param>
    /// <param name="actual">What was found, of the same length.</param>
    /// <returns>The place of the largest difference of all that was added so far, if it is one of these; else -1.</returns>
    public int Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        int place = -1;
        for (int k = 0; k < expected.Length; k++)
        {
            // Two infinities or two NaN are equal, and no signal.
            bool isSame = expected[k].Equals(actual[k]);
            double difference = isSame ? 0 : Math.Abs((double)expected[k] - actual[k]);
            _squares += difference * difference;
            _signal += float.IsFinite(expected[k]) ? (double)expected[k] * expected[k] : 0;
            if (difference > _largest || (double.IsNaN(difference) && !double.IsNaN(_largest)))
            {
                _largest = difference;
                place = k;
            }
        }

        _count += expected.Length;
        return place;
    }
}
