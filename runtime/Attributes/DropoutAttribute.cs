namespace RnnGen;

/// <summary>
/// Dropout between layers (Srivastava et al. 2014): in a recorded <c>Forward</c>, that is in training, each number is set to 0 with a
/// probability, and the others are divided by what is left of 1; PyTorch's <c>nn.Dropout</c>. <c>Step</c>, <c>Forward</c> without a tape and
/// <c>Evaluate</c> leave it out, at no cost. The random numbers are the tape's: <see cref="Tape.Seed"/>.
/// </summary>
/// <param name="rate">The probability, at least 0 and less than 1.</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute(0)
{
    /// <summary>The probability that a number is set to 0.</summary>
    public double Rate { get; } = rate;

    /// <summary>
    /// Whether the same numbers are dropped at every step of a window (Gal and Ghahramani 2016), and not others at every step.
    /// <see langword="false"/> by default.
    /// </summary>
    public bool Variational { get; set; }
}
