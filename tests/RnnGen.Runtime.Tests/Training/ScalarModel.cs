using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>The parameters of a model, number by number in double precision, for an optimizer that is written down plainly.</summary>
internal sealed class ScalarModel
{
    private readonly ModelUnderTest _subject;

    public ScalarModel(ModelUnderTest subject)
    {
        _subject = subject;
        Weights = [.. subject.Parameters.SelectMany(p => TestNumbers.Values(p.Parameter)).Select(w => (double)w)];
    }

    public double[] Weights { get; }

    /// <summary>The mean gradient of a tape in the order of <see cref="Weights"/>.</summary>
    public double[] MeanGradient(Tape tape) =>
        [.. _subject.Parameters.SelectMany(p => TestNumbers.Gradient(tape, p.Parameter)).Select(g => (double)g / Math.Max(1, tape.TargetCount))];

    public void AssertAbout(double tolerance) => Same.About(
        Weights, _subject.Parameters.SelectMany(p => TestNumbers.Values(p.Parameter)).ToArray(), tolerance, "weights");

    public static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
