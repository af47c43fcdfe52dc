using System.Globalization;
using System.Text;

namespace RnnGen;

/// <summary>Whether a model gives known outputs, and if not, which convention would be right.</summary>
public sealed class VerifyResult
{
    internal VerifyResult(float tolerance) => Tolerance = tolerance;

    /// <summary>Whether no difference is larger than the tolerance.</summary>
    public bool Passed => LargestDifference <= Tolerance;

    /// <summary>The largest allowed difference.</summary>
    public float Tolerance { get; }

    /// <summary>The largest difference; NaN if an output is not a number where another one is expected.</summary>
    public float LargestDifference { get; internal init; }

    /// <summary>The sequence with the largest difference, from 0.</summary>
    public int Sequence { get; internal init; }

    /// <summary>Its step, from 0; the last one where only the last step has outputs.</summary>
    public int Step { get; internal init; }

    /// <summary>Its output within the step, from 0; with several heads, the outputs of the first head come first.</summary>
    public int Output { get; internal init; }

    /// <summary>The output that was expected there.</summary>
    public float Expected { get; internal init; }

    /// <summary>The output of the model there.</summary>
    public float Actual { get; internal init; }

    /// <summary>The conventions with which the outputs would be right, together. Empty if they are right, or if no convention was found.</summary>
    public IReadOnlyList<ConventionFinding> Findings { get; internal init; } = [];

    /// <summary>The number of variants of the model that were tried.</summary>
    public int Tries { get; internal init; }

    /// <summary>The result in words, the same in every culture.</summary>
    /// <returns>The text, one line or more.</returns>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string place = string.Create(culture, $"sequence {Sequence}, step {Step}, output {Output}: expected {Expected:R}, found {Actual:R}");
        if (Passed)
        {
            return string.Create(culture, $"Right within {Tolerance:R}: the largest difference is {LargestDifference:0.###E+0} ({place}).");
        }

        var text = new StringBuilder();
        text.Append(culture, $"Wrong: the largest difference is {LargestDifference:0.###E+0}, the tolerance {Tolerance:R} ({place}).");
        if (Findings.Count == 0)
        {
            text.Append(culture, $" None of {Tries} variants of conventions gives the expected outputs.");
        }
        else
        {
            text.Append(" The outputs are right if:");
            foreach (ConventionFinding finding in Findings)
            {
                text.Append("\n  ").Append(finding);
            }
        }

        return text.ToString();
    }
}

/// <summary>A convention that is not that of the model.</summary>
/// <param name="Convention">What it is about.</param>
/// <param name="Layer">The layer, or its level and direction; null for all layers.</param>
/// <param name="Text">What would be right, and the option or property that says so.</param>
public sealed record ConventionFinding(Convention Convention, string? Layer, string Text)
{
    /// <summary>The finding in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Layer ?? "all layers"}: {Text}";
}
