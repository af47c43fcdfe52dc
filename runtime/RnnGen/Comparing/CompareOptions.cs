namespace RnnGen;

/// <summary>The settings of <c>Compare</c>.</summary>
public sealed record CompareOptions
{
    /// <summary>
    /// Whether all windows are one stream, each going on from the last state of the one before it. <see langword="false"/>, the default: every window starts from
    /// the initial state, as in <c>Evaluate</c>.
    /// </summary>
    public bool CarryState { get; init; }

    /// <summary>
    /// The output from which on the answer is yes. Null, the default: one half for the outputs of a <see cref="SigmoidAttribute"/>, and no decisions in heads without
    /// probabilities. The decision of a <see cref="SoftmaxAttribute"/> or <see cref="CtcAttribute"/> is its most probable class, whatever the threshold.
    /// </summary>
    public float? Threshold { get; init; }

    /// <summary>
    /// Whether each layer is rounded alone, too. <see langword="true"/> by default. It runs the data two times more for every layer with narrow weights.
    /// </summary>
    public bool Sensitivity { get; init; } = true;

    /// <summary>
    /// By how much the mean loss may grow at most; <see cref="CompareResult.KeepWide"/> then has the layers whose weights stay floats. Needs targets. At least 0; null,
    /// the default, for any loss.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not a number.</exception>
    public double? LossIncrease
    {
        get;
        init => field = AtLeastZero(value, nameof(LossIncrease));
    }

    /// <summary>How far an output may be from that of the first model at most, likewise. At least 0; null, the default, for any distance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not a number.</exception>
    public double? OutputError
    {
        get;
        init => field = AtLeastZero(value, nameof(OutputError));
    }

    private static double? AtLeastZero(double? value, string name) =>
        value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0.");
}
