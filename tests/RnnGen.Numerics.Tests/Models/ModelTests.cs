namespace RnnGen.Numerics.Tests.Models;

/// <summary>Generated models against the double-precision reference.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> Sized => [.. SizedCases.All.Keys];

    public static TheoryData<string> Combined => [.. CombinedCases.All.Keys];

    [Theory]
    [MemberData(nameof(Sized))]
    public void Every_cell_and_size_agrees_with_the_reference(string name) => SizedCases.All[name]();

    [Theory]
    [MemberData(nameof(Combined))]
    public void Every_combination_agrees_with_the_reference(string name) => CombinedCases.All[name]();

    [Fact]
    public void Precise_functions_keep_their_digits_where_they_are_close_to_zero()
    {
        float[] x = [.. Enumerable.Range(1, PreciseSigmoid.InputSize).Select(k => -3f * k)];
        var precise = new float[x.Length];
        var usual = new float[x.Length];
        var model = new PreciseSigmoid(seed: 1);
        model.Forward(model.CreateState(), x, precise);
        var other = new UsualSigmoid(seed: 1);
        other.Forward(other.CreateState(), x, usual);

        double[] expected = [.. x.Select(v => 1 / (1 + Math.Exp(-(double)v)))];
        Assert.All(expected.Zip(precise), pair => Assert.InRange(pair.Second, pair.First * (1 - 3e-7), pair.First * (1 + 3e-7)));
        Assert.Contains(expected.Zip(usual), pair => Math.Abs((pair.Second / pair.First) - 1) > 0.01);
    }
}
