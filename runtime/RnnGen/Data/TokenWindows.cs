namespace RnnGen;

/// <summary>Windows of one long sequence of tokens, such as a text. The targets are the tokens one step later.</summary>
public sealed class TokenWindows : Dataset<int, int>
{
    private readonly ReadOnlyMemory<int> _tokens;
    private readonly int _steps;
    private readonly int _stride;
    private readonly int _lanes;
    private readonly int _laneLength;

    private TokenWindows(ReadOnlyMemory<int> tokens, int steps, int stride, int lanes, int laneLength, int count)
    {
        _tokens = tokens;
        _steps = steps;
        _stride = stride;
        _lanes = lanes;
        _laneLength = laneLength;
        Count = count;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <summary>Overlapping windows, one at every position of the sequence, for training on random windows.</summary>
    /// <param name="tokens">The sequence; it is not copied.</param>
    /// <param name="steps">Steps per window, at least 1.</param>
    /// <returns>tokens - steps windows.</returns>
    /// <exception cref="ArgumentException">There are fewer than <paramref name="steps"/> + 1 tokens.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    public static TokenWindows Sliding(ReadOnlyMemory<int> tokens, int steps)
    {
        CheckLength(tokens, steps, steps + 1L);
        return new(tokens, steps, stride: 1, lanes: 1, tokens.Length - 1, tokens.Length - steps);
    }

    /// <summary>Adjacent windows, for validation: every token but the first is a target once. The last window may be shorter.</summary>
    /// <param name="tokens">The sequence; it is not copied.</param>
    /// <param name="steps">Steps per window, at least 1.</param>
    /// <returns>(tokens - 1) / steps windows, rounded up.</returns>
    /// <exception cref="ArgumentException">There are fewer than two tokens.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    public static TokenWindows Tiled(ReadOnlyMemory<int> tokens, int steps) => Lanes(tokens, steps, lanes: 1);

    /// <summary>
    /// Splits the sequence into lanes of equal length, and each lane into adjacent windows. The first windows of all lanes come first, then
    /// their second ones. With <see cref="FitOptions.CarryState"/> and as many windows per batch as there are lanes, each state
    /// runs through one lane: truncated back-propagation through time. Tokens that do not fill the lanes are left out.
    /// </summary>
    /// <param name="tokens">The sequence; it is not copied.</param>
    /// <param name="steps">Steps per window, at least 1; the last window of a lane may be shorter.</param>
    /// <param name="lanes">Number of lanes, at least 1.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentException">There are not more tokens than lanes.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> or <paramref name="lanes"/> is less than 1.</exception>
    public static TokenWindows Lanes(ReadOnlyMemory<int> tokens, int steps, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lanes, 1);
        CheckLength(tokens, steps, lanes + 1L);
        int laneLength = (tokens.Length - 1) / lanes;
        int windows = ((laneLength - 1) / steps) + 1;
        return new(tokens, steps, steps, lanes, laneLength, checked(windows * lanes));
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Inputs(int index) => Window(index, shift: 0);

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Targets(int index) => Window(index, shift: 1);

    private static void CheckLength(ReadOnlyMemory<int> tokens, int steps, long needed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (tokens.Length < needed)
        {
            throw new ArgumentException($"Expected at least {needed} tokens, found {tokens.Length}.", nameof(tokens));
        }
    }

    private ReadOnlySpan<int> Window(int index, int shift)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        int inLane = index / _lanes * _stride;
        int start = (index % _lanes * _laneLength) + inLane;
        return _tokens.Span.Slice(start + shift, Math.Min(_steps, _laneLength - inLane));
    }
}
