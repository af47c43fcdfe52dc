namespace RnnGen;

/// <summary>
/// Dropout between layers (Srivastava et al. 2014), PyTorch's <c>nn.Dropout</c>: a recorded <c>Forward</c>, as in training, sets each value to 0 with
/// probability <c>rate</c> and divides the others by <c>1 - rate</c>. <c>Step</c>, <c>Forward</c> without a tape and <c>Evaluate</c> skip it, at no cost.
/// The masks are drawn from the tape's random numbers: <see cref="Tape.Seed"/>.
/// </summary>
/// <param name="rate">The probability, at least 0 and less than 1.</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute(0)
{
    /// <summary>The probability that a value is set to 0, at least 0 and less than 1.</summary>
    public double Rate { get; } = rate;

    /// <summary>
    /// Whether one mask is used for all steps of a window (Gal and Ghahramani 2016) instead of one per step.
    /// <see langword="false"/> by default.
    /// </summary>
    public bool Variational { get; set; }
}
